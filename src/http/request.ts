import type * as t from "io-ts";
import type { Deadline } from "./deadline";
import type { RequestError } from "./errors";

/** One request to a platform's API, as its client asks for it. */
export interface ApiRequest<A> extends RequestFacts {
  /** Path below the base URL, its parts already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly decoder: t.Decoder<unknown, A>;
  /** True if sending it twice ends in the same state as sending it once. */
  readonly repeatable: boolean;
  /** Called before a change is sent another time; what it throws ends the attempts. */
  readonly beforeRepeat?: (() => Promise<void>) | undefined;
  /** Told of each failure after which it is sent another time. */
  readonly onRetry?: ((cause: RequestError) => void) | undefined;
  readonly deadline: Deadline;
}

/** What messages about a request need to know of it. */
export interface RequestFacts {
  /** What is tried, as a phrase for messages: `create the add-on`. */
  readonly operation: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Texts that must not appear in messages, wherever the platform may repeat them. */
  readonly secrets?: readonly string[];
  /** What the API asks of the token for this operation, named when it answers 403. */
  readonly permission?: string;
}

/** What messages about a request need to know of the account. */
export interface Account {
  /** For messages: `Miget`. */
  readonly platform: string;
  readonly token: string;
  readonly baseUrl: string;
  /** What to do where nothing can be reached at the base URL. */
  readonly addressAdvice: string;
  /** What to do about a refused token. */
  readonly tokenAdvice: string;
  /** What to do about other refusals, where the platform's words tell. */
  readonly advise: (refusal: Refusal) => string | undefined;
}

/** An answer that is no success, as far as advice may depend on it. */
export interface Refusal {
  readonly status: number;
  readonly method: RequestFacts["method"];
  /** The platform's own message. */
  readonly said?: string;
}
