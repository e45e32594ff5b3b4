import { isLeft } from "fp-ts/Either";
import { BudgetExhausted, NoPlaceInTime, type RequestBudget } from "./budget";
import type { Clock } from "./clock";
import { inWords } from "./deadline";
import { fieldsOf } from "./decode";
import { messageOf, type RequestError } from "./errors";
import {
  abandoned,
  noTimeLeft,
  overBudget,
  errorFromResponse,
  unanswered,
  undecodable,
} from "./failures";
import { parseAnswer } from "./json";
import { sanitize } from "./redact";
import type { Account, ApiRequest } from "./request";
import { type Outcome, retry } from "./retry";
import type { FetchResponse, Transport } from "./transport";

export interface ClientOptions extends Account {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly userAgent: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly budget: RequestBudget;
  /** True once nobody would hear of what a request does. */
  readonly isAbandoned: () => boolean;
  /** Hears of requests that have to be repeated for so long that a user may wonder. */
  readonly notice: (line: string) => void;
}

/** Milliseconds that one attempt may take, its body included. */
const attemptLimit = 30_000;
/** Bytes. */
const bodyLimit = 10 * 1024 * 1024;
const redirectLimit = 3;
/** Milliseconds after which a user is told why it takes so long. */
const patience = 10_000;
/** How often an answer that is not what the API documents is asked for, in case a proxy made it. */
const misunderstandings = 3;

/** Sends requests to one platform's API: timed, paced, retried where harmless, decoded by codec. */
export class HttpClient {
  constructor(private readonly options: ClientOptions) {}

  /** Fails with one of the classes of `errors.ts`. */
  async send<A>(request: ApiRequest<A>): Promise<A> {
    const { clock, random, notice } = this.options;
    const began = clock.now();
    let cause: RequestError | undefined;
    for (let attempts = 1; ; attempts += 1) {
      const attempt = await this.attempt(request, cause);
      if (attempt.ok) return attempt.value;
      cause = attempt.error;
      const answer = retry({
        outcome: attempt.outcome,
        repeatable: request.repeatable,
        attempts,
        left: request.deadline.left(),
        now: clock.now(),
        random: random(),
      });
      const pointless = attempt.misunderstood === true && attempts >= misunderstandings;
      if (!answer.again || pointless) throw cause;
      request.onRetry?.(cause);
      if (clock.now() + answer.after - began >= patience) {
        const { operation } = request;
        notice(`${cause.happened} (to ${operation}); trying again in ${inWords(answer.after)}`);
      }
      await clock.sleep(answer.after);
      if (request.method !== "GET") await request.beforeRepeat?.();
    }
  }

  /** `cause`: why it has to be tried again, which says more than that there was no time left. */
  private async attempt<A>(
    request: ApiRequest<A>,
    cause: RequestError | undefined,
  ): Promise<Attempt<A>> {
    const { clock, isAbandoned } = this.options;
    const leave = await this.enter(request, cause);
    if (isAbandoned()) {
      leave();
      throw abandoned(request);
    }
    const abort = new AbortController();
    const done = new AbortController();
    const limit = Math.min(attemptLimit, request.deadline.left());
    const timer = clock.sleep(limit, done.signal).then(
      () => abort.abort(),
      () => undefined,
    );
    try {
      const answer = await this.exchange(request, abort.signal);
      if ("response" in answer) return this.judge(request, answer.response, answer.text);
      const late = abort.signal.aborted ? limit : undefined;
      return { ok: false, ...unanswered(this.options, request, answer.error, late) };
    } finally {
      done.abort();
      leave();
      await timer;
    }
  }

  private async enter<A>(
    request: ApiRequest<A>,
    cause: RequestError | undefined,
  ): Promise<() => void> {
    const { budget } = this.options;
    try {
      const leave = await budget.enter(
        request.method === "GET" ? "read" : "write",
        request.deadline,
      );
      if (request.deadline.left() > 0) return leave;
      leave();
    } catch (error) {
      if (error instanceof BudgetExhausted) {
        throw cause ?? overBudget(this.options, request, error.wait);
      }
      if (!(error instanceof NoPlaceInTime)) throw error;
    }
    throw cause ?? noTimeLeft(this.options, request);
  }

  private async exchange<A>(
    request: ApiRequest<A>,
    signal: AbortSignal,
  ): Promise<{ response: FetchResponse; text: string } | { error: unknown }> {
    try {
      const response = await this.fetchFollowing(request, signal);
      this.options.budget.learn((name) => response.headers.get(name));
      return { response, text: response.status === 204 ? "" : await response.text() };
    } catch (error) {
      return { error };
    }
  }

  /** Follows redirects of reads within the base URL's origin; the token never goes elsewhere. */
  private async fetchFollowing<A>(
    request: ApiRequest<A>,
    signal: AbortSignal,
  ): Promise<FetchResponse> {
    const { baseUrl, token, userAgent, transport } = this.options;
    const query = new URLSearchParams(request.query).toString();
    let url = `${baseUrl}${request.path}${query === "" ? "" : `?${query}`}`;
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const headers: Record<string, string> = {
      ...request.headers,
      accept: "application/json",
      authorization: `Bearer ${token}`,
      "user-agent": userAgent,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    const init = {
      method: request.method,
      headers,
      redirect: "manual" as const,
      signal,
      size: bodyLimit,
      ...(body === undefined ? {} : { body }),
    };
    for (let hops = 0; ; hops += 1) {
      const response = await transport(url, init);
      const location = response.headers.get("location");
      const redirected = response.status >= 300 && response.status < 400 && location !== null;
      if (!redirected || request.method !== "GET" || hops >= redirectLimit) return response;
      const next = urlIn(location, url);
      if (next?.origin !== new URL(baseUrl).origin) return response;
      // What is not read would keep its connection.
      await response.text();
      url = next.toString();
    }
  }

  private judge<A>(request: ApiRequest<A>, response: FetchResponse, text: string): Attempt<A> {
    const { status, headers } = response;
    if (status < 200 || status > 299) {
      const outcome: Outcome = { kind: "answered", status, headers: (name) => headers.get(name) };
      return {
        ok: false,
        outcome,
        error: errorFromResponse(this.options, request, response, text),
      };
    }
    const decoded = decode(request, headers.get("content-type") ?? "", text);
    if (!("wrong" in decoded)) return { ok: true, value: decoded.value };
    // An answer that cannot be read is as good as lost: a repeatable request is sent again.
    const error = undecodable(this.options, request, status, decoded.wrong);
    return { ok: false, outcome: { kind: "lost" }, error, misunderstood: true };
  }
}

function urlIn(location: string, base: string): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
}

type Attempt<A> =
  | { readonly ok: true; readonly value: A }
  | {
      readonly ok: false;
      readonly outcome: Outcome;
      readonly error: RequestError;
      /** True where there was an answer of which nothing could be made. */
      readonly misunderstood?: boolean;
    };

function decode<A>(
  request: ApiRequest<A>,
  contentType: string,
  text: string,
): { value: A } | { wrong: string } {
  let body: unknown;
  if (text.trim() !== "") {
    if (contentType !== "" && !/\bjson\b/iu.test(contentType)) {
      return { wrong: `not with JSON (${sanitize(contentType)})` };
    }
    try {
      body = parseAnswer(text);
    } catch (error) {
      return { wrong: messageOf(error) };
    }
  }
  const decoded = request.decoder.decode(body);
  return isLeft(decoded)
    ? { wrong: `not as documented: ${fieldsOf(decoded.left)}` }
    : { value: decoded.right };
}
