import { isLeft } from "fp-ts/Either";
import { BudgetExhausted, HeldBack, NoPlaceInTime, type RequestBudget } from "./budget";
import type { Clock } from "./clock";
import { type Deadline, deadlineIn, inWords } from "./deadline";
import { fieldsOf } from "./decode";
import { messageOf, type RequestError } from "./errors";
import {
  abandoned,
  heldBack,
  noTimeLeft,
  overBudget,
  type Reach,
  errorFromResponse,
  unanswered,
  undecodable,
} from "./failures";
import { parseAnswer } from "./json";
import { sanitize } from "./redact";
import type { Account, ApiRequest } from "./request";
import { type LoggedAttempt, logLine } from "./request-log";
import { isTransient, type Outcome, retry, toldBy } from "./retry";
import { fetchFollowing } from "./redirects";
import type { FetchResponse, Transport } from "./transport";

export interface ClientOptions extends Account {
  readonly userAgent: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly budget: RequestBudget;
  /** True once nobody would hear of what a request does. */
  readonly isAbandoned: () => boolean;
  /** Told of requests that are repeated for so long that a user may wonder. */
  readonly notice: (line: string) => void;
  /** Told of every request, for support. */
  readonly debug?: ((line: string) => void) | undefined;
}

/** Milliseconds after which an operation ends that has changed nothing and had no answer in this run. */
const reachLimit = 60_000;
/** Milliseconds that one attempt may take, its body included. */
const attemptLimit = 30_000;
/** Milliseconds after which a user is told why it takes so long. */
const patience = 10_000;
/** How often an answer that is not what the API documents is asked for, in case a proxy made it. */
const misunderstandings = 3;

/** Sends requests to one platform's API: timed, paced, retried where harmless, decoded by codec. */
export class HttpClient {
  /** True once the platform has answered anything. */
  private isReached = false;

  constructor(private readonly options: ClientOptions) {}

  /** Fails with one of the classes of `errors.ts`. */
  async send<A>(request: ApiRequest<A>): Promise<A> {
    const { clock, random, notice } = this.options;
    const began = clock.now();
    let cause: RequestError | undefined;
    let isSent = false;
    const reach = deadlineIn(clock, reachLimit);
    const deadline: Deadline = {
      left: () =>
        Math.min(
          request.deadline.left(),
          this.isReached || isSent ? Number.POSITIVE_INFINITY : reach.left(),
        ),
    };
    for (let attempts = 1; ; attempts += 1) {
      const attempt = await this.attempt({ ...request, deadline }, attempts, cause);
      if (attempt.ok) return attempt.value;
      cause = attempt.error;
      isSent ||= request.method !== "GET" && attempt.outcome.kind !== "unsent";
      const pointless = attempt.misunderstood === true && attempts >= misunderstandings;
      const answer = retry({
        outcome: attempt.outcome,
        repeatable: request.repeatable,
        attempts,
        left: deadline.left(),
        now: clock.now(),
        random: random(),
      });
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
    number: number,
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
    const began = clock.now();
    try {
      const answer = await this.exchange(request, abort.signal);
      const late = abort.signal.aborted ? limit : undefined;
      const attempt: Attempt<A> =
        "response" in answer
          ? this.judge(request, answer.response, answer.text)
          : { ok: false, ...unanswered(this.options, request, answer.error, this.reach(late)) };
      this.tellBudget(attempt);
      this.log(request, {
        outcome: "response" in answer ? answer.response.status : happenedIn(attempt),
        ms: clock.now() - began,
        attempt: number,
        ...(cause === undefined ? {} : { cause: cause.happened }),
        ...("response" in answer ? { requestId: requestIdOf(answer.response) } : {}),
      });
      return attempt;
    } finally {
      done.abort();
      leave();
      await timer;
    }
  }

  private log(
    { method, path, secrets = [] }: ApiRequest<unknown>,
    facts: Pick<LoggedAttempt, "outcome" | "ms" | "attempt" | "cause" | "requestId">,
  ): void {
    const { debug, platform, token, budget } = this.options;
    if (debug === undefined) return;
    const allowance = budget.announced();
    debug(logLine({ platform, method, path, ...facts, allowance, secrets: [token, ...secrets] }));
  }

  private reach(late: number | undefined): Reach {
    return { isReached: this.isReached, ...(late === undefined ? {} : { late }) };
  }

  private tellBudget<A>(attempt: Attempt<A>): void {
    const { budget, clock } = this.options;
    if (attempt.ok || attempt.misunderstood === true || !isTransient(attempt.outcome))
      budget.succeeded();
    else budget.failed(attempt.error, toldBy(attempt.outcome, clock.now()));
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
      if (error instanceof HeldBack) {
        throw cause ?? heldBack(request, error.because, error.wait);
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
      const response = await fetchFollowing(this.options, request, signal);
      this.isReached = true;
      this.options.budget.learn((name) => response.headers.get(name));
      return { response, text: response.status === 204 ? "" : await response.text() };
    } catch (error) {
      return { error };
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

function happenedIn(attempt: Attempt<unknown>): string {
  return attempt.ok ? "" : attempt.error.happened;
}

function requestIdOf({ headers }: FetchResponse): string | null {
  return headers.get("x-request-id");
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
