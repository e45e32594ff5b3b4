import { RequestBudget } from "../../../src/http/budget";
import { HttpClient } from "../../../src/http/client";
import { deadlineIn } from "../../../src/http/deadline";
import type { RequestError } from "../../../src/http/errors";
import { isRequestError } from "../../../src/http/errors";
import type { ApiRequest } from "../../../src/http/request";
import type { FetchInit, FetchResponse } from "../../../src/http/transport";
import { VirtualClock } from "../../support/virtual-clock";
import * as t from "io-ts";

export const fakeToken = "FAKE-token-0123456789";
export const origin = "https://api.example.com";

/** What the platform answers to one request: a response, an error of the network, or nothing. */
export type Step =
  | {
      readonly status?: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** Milliseconds until the answer begins, and until its body is there. */
      readonly after?: number;
      readonly bodyAfter?: number;
      /** What reading the body fails with. */
      readonly bodyFails?: Error;
    }
  | { readonly fails: Error }
  | "hangs";

export const json = (
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): Step => ({
  status,
  body: JSON.stringify(value),
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
});

const calls: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connect",
  ENOTFOUND: "getaddrinfo",
};

/** As node-fetch reports it: the system call is in the message only. */
export const network = (
  code: string,
  message = `request to ${origin} failed, reason: ${calls[code] ?? "read"} ${code}`,
): Step => ({
  fails: Object.assign(new Error(message), { code }),
});

/** An HttpClient over a script of answers, in virtual time. The last step is repeated. */
export class Scripted {
  readonly clock = new VirtualClock();
  readonly sent: { readonly url: string; readonly init: FetchInit; readonly at: number }[] = [];
  readonly budget = new RequestBudget(this.clock, 24, () => 0.5);
  readonly client: HttpClient;
  /** The log of requests. */
  readonly debugged: string[] = [];
  /** Set when nobody would hear of an answer any more. */
  abandoned = false;

  constructor(
    private readonly steps: readonly Step[],
    baseUrl = `${origin}/api/v1`,
  ) {
    this.client = new HttpClient({
      platform: "Miget",
      baseUrl,
      token: fakeToken,
      addressAdvice: "Check miget:baseUrl.",
      tokenAdvice: "Check the token.",
      advise: () => undefined,
      notice: () => undefined,
      debug: (line) => this.debugged.push(line),
      userAgent: "pulumi-paas-addons/0.0.0-test",
      transport: (url, init) => this.answer(url, init),
      clock: this.clock,
      random: () => 0.5,
      budget: this.budget,
      isAbandoned: () => this.abandoned,
    });
  }

  request(more: Partial<ApiRequest<unknown>> = {}): ApiRequest<unknown> {
    return {
      operation: "read the add-on",
      method: "GET",
      path: "/apps/a/addons/b",
      repeatable: more.method === undefined || more.method !== "POST",
      decoder: t.unknown,
      deadline: deadlineIn(this.clock, 900_000),
      ...more,
    };
  }

  /** What the request comes to; gives up after a day of virtual time. */
  send(more: Partial<ApiRequest<unknown>> = {}): Promise<unknown> {
    const day = this.clock.sleep(86_400_000).then(() => {
      throw new Error("no answer in a whole day");
    });
    return this.clock.run(Promise.race([this.client.send(this.request(more)), day]));
  }

  async failure(more: Partial<ApiRequest<unknown>> = {}): Promise<RequestError> {
    const outcome: unknown = await this.send(more).catch((error: unknown) => error);
    if (isRequestError(outcome)) return outcome;
    throw new Error(`expected a RequestError, got ${String(outcome)}`);
  }

  private async answer(url: string, init: FetchInit): Promise<FetchResponse> {
    this.sent.push({ url, init, at: this.clock.elapsed() });
    const step = this.steps[Math.min(this.sent.length, this.steps.length) - 1];
    if (step === undefined || step === "hangs") {
      await this.pause(1e12, init);
      throw new Error("the platform never answers");
    }
    if ("fails" in step) throw step.fails;
    const { status = 200, body = "", headers = {}, after = 0, bodyAfter = 0, bodyFails } = step;
    if (after > 0) await this.pause(after, init);
    const lower = new Map(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    return {
      status,
      headers: { get: (name) => lower.get(name.toLowerCase()) ?? null },
      text: async () => {
        if (bodyAfter > 0) await this.pause(bodyAfter, init);
        if (bodyFails !== undefined) throw bodyFails;
        if (body.length > init.size)
          throw Object.assign(new Error("too large"), { type: "max-size" });
        return body;
      },
    };
  }

  /** Waits, unless the request is called off. */
  private async pause(ms: number, init: FetchInit): Promise<void> {
    await this.clock.sleep(ms, init.signal);
  }
}
