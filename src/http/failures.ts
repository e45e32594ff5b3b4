import { inWords } from "./deadline";
import { longestReference, readErrorBody } from "./error-body";
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
  UnreachableError,
  ValidationError,
} from "./errors";
import { truncate, sanitize } from "./redact";
import type { Account, RequestFacts } from "./request";
import type { Outcome } from "./retry";
import type { FetchResponse } from "./transport";
import { explainNoAnswer } from "./unreachable";

/** The error of an answer that is no success. */
export function errorFromResponse(
  account: Account,
  request: RequestFacts,
  response: FetchResponse,
  text: string,
): RequestError {
  const { platform, token, tokenAdvice } = account;
  const { status } = response;
  const body = readErrorBody(text, [token, ...(request.secrets ?? [])]);
  const reference = body.reference ?? referenceIn(response.headers.get("x-request-id"));
  // A redirect may come after the deed.
  const uncertain = status >= 500 || status === 408 || (status >= 300 && status < 400);
  const { method } = request;
  const specific = account.advise({
    status,
    method,
    ...(body.said === undefined ? {} : { said: body.said }),
  });
  const failure = (general?: string) => {
    const advice = specific ?? general;
    return failureOf(request, {
      ...body,
      status,
      effect: uncertain ? effectOf(request) : "none",
      ...(reference === undefined ? {} : { reference }),
      ...(advice === undefined ? {} : { advice }),
    });
  };
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
    case 407:
      return unreachable(account, request, "the proxy wants a user and a password (407)", {
        effect: "none",
        advice: "Put them into HTTPS_PROXY, as in http://user:password@proxy.example.com:3128.",
      });
    case 408:
      return new TimeoutError(answered, failure("Try again."));
    case 409:
      return new ConflictError(answered, failure("Wait until it is settled, and try again."));
    case 429:
      return new RateLimitError(answered, failure("Try again when the rate limit has reset."));
    default:
      return status >= 500
        ? new ServerError(answered, failure("Try again; if it lasts, ask the platform's support."))
        : new ValidationError(answered, failure(`Look into it on ${platform}, and try again.`));
  }
}

/** The error of an answer of which no use can be made, though its status is a success. */
export function undecodable(
  account: Account,
  request: RequestFacts,
  status: number,
  why: string,
): RequestError {
  return new UndecodableError(
    `${account.platform} answered ${status}, but ${why}`,
    failureOf(request, {
      status,
      effect: effectOf(request),
      advice: `Check the base URL; if it is ${account.platform}'s, try again, and ask its support if it lasts.`,
    }),
  );
}

/** What is known of a request that was not answered, beside the error. */
export interface Reach {
  /** True if the platform has answered anything in this run. */
  readonly isReached: boolean;
  /** Milliseconds after which it was given up. */
  readonly late?: number;
}

/** The error, and what it means for a retry, where no answer was read to its end. */
export function unanswered(
  account: Account,
  request: RequestFacts,
  error: unknown,
  { isReached, late }: Reach,
): { outcome: Outcome; error: RequestError } {
  const { platform } = account;
  const { hostname } = new URL(account.baseUrl);
  const effect = effectOf(request);
  if (late !== undefined) {
    const silent = (who: string) => `${who} did not answer within ${inWords(late)}`;
    return {
      outcome: { kind: "lost" },
      error: isReached
        ? new TimeoutError(silent(platform), failureOf(request, { effect, advice: "Try again." }))
        : unreachable(account, request, silent(hostname), { effect }),
    };
  }
  if (isTooLarge(error)) {
    return {
      // A larger answer will not shrink: asking again is pointless.
      outcome: hopeless,
      error: new UndecodableError(
        `${platform} answered with more than 10 MiB`,
        failureOf(request, {
          effect,
          advice: `Check the base URL; if it is ${platform}'s, ask its support.`,
        }),
      ),
    };
  }
  const secrets = [account.token, ...(request.secrets ?? [])];
  const unsendable = unsendableAdvice(error);
  if (unsendable !== undefined) {
    return {
      outcome: hopeless,
      error: new ConnectionError(
        `no connection to ${platform} (${sanitize(messageOf(error), secrets)})`,
        failureOf(request, { effect: "none", advice: unsendable }),
      ),
    };
  }
  const why = explainNoAnswer(error, hostname, secrets);
  if (!why.unsent && isReached) {
    const failure = failureOf(request, { effect, advice: "Try again." });
    return {
      outcome: { kind: "lost" },
      error: new ConnectionError(`no answer from ${platform} (${why.reason})`, failure),
    };
  }
  const { advice } = why;
  return {
    outcome: why.hopeless ? hopeless : { kind: why.unsent ? "unsent" : "lost" },
    error: unreachable(account, request, why.reason, {
      effect: why.unsent ? "none" : effect,
      ...(advice === undefined ? {} : { advice }),
    }),
  };
}

/** Like an answer that says so: not to be asked again. */
const hopeless: Outcome = { kind: "answered", status: 400, headers: () => undefined };

function unreachable(
  account: Account,
  request: RequestFacts,
  reason: string,
  { effect, advice = account.addressAdvice }: { readonly effect: Effect; readonly advice?: string },
): UnreachableError {
  return new UnreachableError(
    `${account.platform} cannot be reached: ${reason}`,
    failureOf(request, { effect, advice }),
  );
}

/** The error where the rate limit leaves no room within the operation's deadline. */
export function overBudget(account: Account, request: RequestFacts, wait: number): RequestError {
  return new RateLimitError(
    `${account.platform}'s rate limit is used up and resets in ${inWords(wait)}, after this operation's time limit`,
    failureOf(request, {
      effect: "none",
      retryAfter: wait,
      advice: `Run it again in ${inWords(wait)}.`,
    }),
  );
}

/** The error where another request's failure leaves no time to send this one. */
export function heldBack(request: RequestFacts, because: RequestError, wait: number): RequestError {
  const { happened } = because;
  const failure = failureOf(request, {
    effect: "none",
    retryAfter: wait,
    advice: `Run it again in ${inWords(wait)}.`,
  });
  if (because instanceof UnreachableError) return new UnreachableError(happened, because.failure);
  return because instanceof RateLimitError
    ? new RateLimitError(happened, failure)
    : new ServerError(happened, failure);
}

/** The error where the operation's time was over before the request could be sent. */
export function noTimeLeft(account: Account, request: RequestFacts): RequestError {
  return new TimeoutError(
    `the operation's time limit was over before ${account.platform} was asked`,
    failureOf(request, { effect: "none", advice: "Try again, or set a longer customTimeouts." }),
  );
}

/** The error where the engine is gone, so that a change would be known to nobody. */
export function abandoned(request: RequestFacts): RequestError {
  return new ConnectionError(
    "the Pulumi command that asked for it was ended",
    failureOf(request, { effect: "none", advice: "Nothing was sent." }),
  );
}

function failureOf(
  request: RequestFacts,
  rest: Omit<RequestFailure, "operation" | "method">,
): RequestFailure {
  return { operation: request.operation, method: request.method, ...rest };
}

/** A read changes nothing, whatever became of its answer. */
function effectOf(request: RequestFacts): Effect {
  return request.method === "GET" ? "none" : "unknown";
}

function referenceIn(header: string | null): string | undefined {
  return header === null ? undefined : truncate(sanitize(header), longestReference);
}

function permissionAdvice(permission: string | undefined): string {
  return permission === undefined
    ? "Give the token's role the permission for it."
    : `Give the token's role the permission "${permission}".`;
}

function codeOf(error: unknown): string {
  const code: unknown =
    typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}

/** What to do about an error that comes before anything is sent, and would come again. */
function unsendableAdvice(error: unknown): string | undefined {
  if (codeOf(error).endsWith("MODULE_NOT_FOUND")) {
    return "The package's own dependencies are not installed as they should be: install the project's packages again.";
  }
  const unsendable =
    codeOf(error) === "ERR_INVALID_CHAR" ||
    /legal HTTP header|header content/iu.test(messageOf(error));
  return unsendable
    ? "Check the token, the workspace or team, and the base URL for characters that do not belong there."
    : undefined;
}

function isTooLarge(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && "type" in error && error.type === "max-size"
  );
}
