import type { Operation, Platform } from "../contract/contract";
import type { JsonObject, JsonValue } from "../contract/json";

/** A request that was matched to an operation of a contract. */
export interface Call {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The decoded body; undefined where none was sent or it was no JSON. */
  readonly body: JsonValue | undefined;
  /** Arrival, by the emulator's clock. */
  readonly now: number;
  /** How long ago the state is that lists show, in milliseconds. */
  readonly staleMs: number;
}

export interface Answer {
  readonly status: number;
  /** Absent: an empty body. */
  readonly body?: JsonObject | JsonValue[];
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * What to judge by the contract in place of the body, for options that leave the contract on
   * purpose (an older answer's shape, a missing uid).
   */
  readonly judged?: JsonObject;
}

/** Answers one operation at once: whatever it changes is changed when it returns. */
export type Handler = (call: Call) => Answer;

/** Thrown by handlers: the platform's own way to say no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details?: JsonObject,
  ) {
    super(message);
  }
}

export interface PlatformApi {
  readonly platform: Platform;
  /** Whether the operation is known here. */
  handles(operationId: string): boolean;
  /** Answers the call, refusals included. */
  answer(call: Call): Answer;
  /** The answer where no operation matches. */
  unknown(now: number): Answer;
}

/** One line of the request log. */
export interface LoggedRequest {
  readonly platform: Platform | undefined;
  readonly operationId: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonValue | undefined;
  /** Without the authorization header's value. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Arrival, by the emulator's clock. */
  readonly at: number;
  /** 0 until an answer is sent; stays 0 where none ever is. */
  status: number;
  /** The injected fault that spoilt it. */
  fault?: string;
}

/** The parameter of a path that the contract guarantees. */
export const param = (call: Call, name: string): string => call.params[name] ?? "";
