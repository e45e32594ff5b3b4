import { isLeft } from "fp-ts/Either";
import type * as t from "io-ts";
import { BudgetExhausted, type RequestBudget } from "./budget";
import type { Clock } from "./clock";
import { type Deadline, inWords } from "./deadline";
import { readErrorBody } from "./error-body";
import {
  AuthenticationError,
  ConflictError,
  ConnectionError,
  type Effect,
  messageOf,
  NotFoundError,
  PermissionError,
  RateLimitError,
  type RequestError,
  type RequestFailure,
  ServerError,
  TimeoutError,
  UndecodableError,
  ValidationError,
} from "./errors";
import { fieldsOf } from "./decode";
import { redact } from "./redact";
import { type Outcome, retry } from "./retry";
import type { FetchResponse, Transport } from "./transport";

export interface ApiRequest<A> {
  /** What is tried, as a phrase for messages: `create the add-on`. */
  readonly operation: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path below the base URL, its parts already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly decoder: t.Decoder<unknown, A>;
  /** True if sending it twice ends in the same state as sending it once. */
  readonly repeatable: boolean;
  readonly deadline: Deadline;
  /** Texts that must not appear in messages, wherever the platform may repeat them. */
  readonly secrets?: readonly string[];
  /** What the API asks of the token for this operation, named when it answers 403. */
  readonly permission?: string;
}

export interface ClientOptions {
  /** For messages: `Miget`. */
  readonly platform: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly token: string;
  /** What to do about a refused token. */
  readonly tokenAdvice: string;
  readonly userAgent: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly budget: RequestBudget;
}

const attemptLimit = 30_000;
const bodyLimit = 10 * 1024 * 1024;
const redirectLimit = 3;

/** Sends requests to one platform's API: timed, paced, retried where harmless, decoded by codec. */
export class HttpClient {
  constructor(private readonly options: ClientOptions) {}

  async send<A>(request: ApiRequest<A>): Promise<A> {
    const { clock, random } = this.options;
    for (let attempts = 1; ; attempts += 1) {
      const attempt = await this.attempt(request);
      if (attempt.ok) return attempt.value;
      const answer = retry({
        outcome: attempt.outcome,
        repeatable: request.repeatable,
        attempts,
        left: request.deadline.left(),
        now: clock.now(),
        random: random(),
      });
      if (!answer.again) throw attempt.error;
      await clock.sleep(answer.after);
    }
  }

  private async attempt<A>(request: ApiRequest<A>): Promise<Attempt<A>> {
    const { budget, clock } = this.options;
    let leave: () => void;
    try {
      leave = await budget.enter(request.method === "GET" ? "read" : "write", request.deadline);
    } catch (error) {
      if (error instanceof BudgetExhausted) throw this.budgetError(request, error.wait);
      throw error;
    }
    const abort = new AbortController();
    const stop = new AbortController();
    const limit = Math.min(attemptLimit, request.deadline.left());
    const timer = clock.sleep(limit, stop.signal).then(
      () => abort.abort(),
      () => undefined,
    );
    try {
      return await this.exchange(request, abort.signal, limit);
    } finally {
      stop.abort();
      leave();
      await timer;
    }
  }

  private async exchange<A>(
    request: ApiRequest<A>,
    signal: AbortSignal,
    limit: number,
  ): Promise<Attempt<A>> {
    let response: FetchResponse;
    let text: string;
    try {
      response = await this.fetchFollowing(request, signal);
      this.options.budget.learn((name) => response.headers.get(name));
      text = response.status === 204 ? "" : await response.text();
    } catch (error) {
      return this.unanswered(request, error, signal, limit);
    }
    const outcome: Outcome = {
      kind: "answered",
      status: response.status,
      headers: (name) => response.headers.get(name),
    };
    if (response.status < 200 || response.status > 299) {
      return { ok: false, outcome, error: this.refusal(request, response, text) };
    }
    const decoded = this.decode(request, response, text);
    // An answer that cannot be read is as good as lost: a repeatable request is sent again.
    return "error" in decoded
      ? { ok: false, outcome: { kind: "lost" }, error: decoded.error }
      : { ok: true, value: decoded.value };
  }

  /** Follows redirects of reads within the base URL's origin; the token never goes elsewhere. */
  private async fetchFollowing<A>(
    request: ApiRequest<A>,
    signal: AbortSignal,
  ): Promise<FetchResponse> {
    const { baseUrl, token, userAgent, transport } = this.options;
    const query = new URLSearchParams(request.query).toString();
    let url = `${baseUrl}${request.path}${query === "" ? "" : `?${query}`}`;
    const headers: Record<string, string> = {
      ...request.headers,
      accept: "application/json",
      authorization: `Bearer ${token}`,
      "user-agent": userAgent,
    };
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    if (body !== undefined) headers["content-type"] = "application/json";
    for (let hops = 0; ; hops += 1) {
      const response = await transport(url, {
        method: request.method,
        headers,
        redirect: "manual",
        signal,
        size: bodyLimit,
        ...(body === undefined ? {} : { body }),
      });
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || location === null) return response;
      const next = new URL(location, url);
      if (
        request.method !== "GET" ||
        next.origin !== new URL(baseUrl).origin ||
        hops >= redirectLimit
      ) {
        return response;
      }
      url = next.toString();
    }
  }

  private decode<A>(
    request: ApiRequest<A>,
    response: FetchResponse,
    text: string,
  ): { value: A } | { error: RequestError } {
    const fail = (happened: string) => ({
      error: new UndecodableError(
        `${this.options.platform} answered ${response.status}, but ${happened}`,
        this.failure(request, { status: response.status, effect: effectOf(request, "unknown") }),
      ),
    });
    let body: unknown;
    if (text.trim() !== "") {
      const type = response.headers.get("content-type") ?? "";
      if (type !== "" && !/\bjson\b/iu.test(type)) return fail(`not with JSON (${redact(type)})`);
      try {
        body = JSON.parse(text);
      } catch {
        return fail("its JSON is broken");
      }
    }
    const decoded = request.decoder.decode(body);
    return isLeft(decoded)
      ? fail(`not as documented: ${fieldsOf(decoded.left)}`)
      : { value: decoded.right };
  }

  private refusal<A>(request: ApiRequest<A>, response: FetchResponse, text: string): RequestError {
    const { platform, token, tokenAdvice } = this.options;
    const { status } = response;
    const body = readErrorBody(text, [token, ...(request.secrets ?? [])]);
    const reference = body.reference ?? response.headers.get("x-request-id") ?? undefined;
    const effect: Effect = status >= 500 || status === 408 ? effectOf(request, "unknown") : "none";
    const failure = (advice?: string) =>
      this.failure(request, {
        ...body,
        status,
        effect,
        ...(reference === undefined ? {} : { reference }),
        ...(advice === undefined ? {} : { advice }),
      });
    const answered = `${platform} answered ${status}`;
    if (status >= 300 && status < 400) {
      return new UndecodableError(
        `${answered}, a redirect that is not followed`,
        failure("Check the base URL."),
      );
    }
    switch (status) {
      case 401:
        return new AuthenticationError(answered, failure(tokenAdvice));
      case 403:
        return new PermissionError(answered, failure(permissionAdvice(request.permission)));
      case 404:
        return new NotFoundError(answered, failure());
      case 409:
        return new ConflictError(answered, failure());
      case 429:
        return new RateLimitError(answered, failure("Try again when the rate limit has reset."));
      default:
        return status >= 500
          ? new ServerError(
              answered,
              failure("Try again; if it lasts, ask the platform's support."),
            )
          : new ValidationError(answered, failure());
    }
  }

  private unanswered<A>(
    request: ApiRequest<A>,
    error: unknown,
    signal: AbortSignal,
    limit: number,
  ): Attempt<A> {
    const { platform } = this.options;
    if (signal.aborted) {
      const failure = this.failure(request, { effect: effectOf(request, "unknown") });
      return {
        ok: false,
        outcome: { kind: "lost" },
        error: new TimeoutError(`${platform} did not answer within ${inWords(limit)}`, failure),
      };
    }
    if (isTooLarge(error)) {
      const failure = this.failure(request, { effect: effectOf(request, "unknown") });
      return {
        ok: false,
        // A larger answer will not shrink: asking again is pointless.
        outcome: { kind: "answered", status: 413, headers: () => undefined },
        error: new UndecodableError(`${platform} answered with more than 10 MiB`, failure),
      };
    }
    const unsent = isUnsent(error);
    const failure = this.failure(request, {
      effect: unsent ? "none" : effectOf(request, "unknown"),
      advice: unsent ? `Check the network, the proxy variables and the base URL.` : "Try again.",
    });
    const reason = redact(messageOf(error), [this.options.token]);
    return {
      ok: false,
      outcome: { kind: unsent ? "unsent" : "lost" },
      error: new ConnectionError(`no answer from ${platform} (${reason})`, failure),
    };
  }

  private budgetError<A>(request: ApiRequest<A>, wait: number): RequestError {
    return new RateLimitError(
      `${this.options.platform}'s rate limit is used up and resets in ${inWords(wait)}, after this operation's time limit`,
      this.failure(request, {
        effect: "none",
        retryAfter: wait,
        advice: `Run it again in ${inWords(wait)}.`,
      }),
    );
  }

  private failure<A>(
    request: ApiRequest<A>,
    rest: Omit<RequestFailure, "operation" | "method">,
  ): RequestFailure {
    return { operation: request.operation, method: request.method, ...rest };
  }
}

type Attempt<A> =
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly outcome: Outcome; readonly error: RequestError };

function effectOf<A>(request: ApiRequest<A>, otherwise: Effect): Effect {
  return request.method === "GET" ? "none" : otherwise;
}

function permissionAdvice(permission: string | undefined): string {
  return permission === undefined
    ? "Give the token's role the permission for it."
    : `Give the token's role the permission "${permission}".`;
}

function codeOf(error: unknown): string | undefined {
  return typeof error === "object" &&
    error !== null &&
    "code" in error &&
    typeof error.code === "string"
    ? error.code
    : undefined;
}

/** True where the connection was never made, so that nothing can have reached the platform. */
function isUnsent(error: unknown): boolean {
  return ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"].includes(
    codeOf(error) ?? "",
  );
}

function isTooLarge(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && "type" in error && error.type === "max-size"
  );
}
