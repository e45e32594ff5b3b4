/**
 * One error class per outcome that a caller treats differently. All carry what a user needs: which
 * operation failed, the HTTP status, the API's own words, its error or request id, whether the call
 * may have had an effect, and what to do now.
 */

/** What is known of the effect of a request that failed. */
export type Effect = "none" | "unknown";

export interface RequestFailure {
  /** What was tried, as a phrase: `create the add-on`. */
  readonly operation: string;
  readonly method: string;
  readonly status?: number;
  /** The platform's own message, secrets removed. */
  readonly said?: string;
  /** The platform's details, such as the list of supported versions, as one line of text. */
  readonly details?: string;
  /** The platform's error id or request id. */
  readonly reference?: string;
  readonly effect: Effect;
  /** What the user should do. */
  readonly advice?: string;
  /** Milliseconds after which the platform said that it may be asked again. */
  readonly retryAfter?: number;
}

/** A request to a platform's API that did not succeed. */
export class RequestError extends Error {
  readonly failure: RequestFailure;
  /** What happened, without what follows from it: `Miget answered 503`. */
  readonly happened: string;

  constructor(happened: string, failure: RequestFailure) {
    super();
    this.name = new.target.name;
    this.happened = happened;
    this.failure = failure;
    this.message = this.sentence();
  }

  get status(): number | undefined {
    return this.failure.status;
  }

  get effect(): Effect {
    return this.failure.effect;
  }

  protected sentence(): string {
    return sentence(this.happened, this.failure);
  }
}

/** 401: the token is missing, wrong, expired or revoked. */
export class AuthenticationError extends RequestError {}
/** 403: the token is good but may not do this. */
export class PermissionError extends RequestError {}
/** 404: it does not exist, or this token may not see it. */
export class NotFoundError extends RequestError {}
/** 409: the platform's state stands against it; the message says which. */
export class ConflictError extends RequestError {}
/** 400, 422 and other 4xx: the request itself was refused. Sending it again cannot help. */
export class ValidationError extends RequestError {}
/** 429, and no time left to wait for the limit to reset. */
export class RateLimitError extends RequestError {}
/** 5xx. */
export class ServerError extends RequestError {}
/** No answer: the connection broke, or the request could not be sent as it is. */
export class ConnectionError extends RequestError {}
/** No connection, or never an answer: unknown name, refused, TLS failure, proxy, silence. */
export class UnreachableError extends ConnectionError {
  /** What was to be done matters less than that nothing can be. */
  protected override sentence(): string {
    const { advice } = this.failure;
    return advice === undefined ? `${this.happened}.` : `${this.happened}. ${advice}`;
  }
}
/** No answer in time. */
export class TimeoutError extends RequestError {}
/** An answer that is not what the API documents: not JSON, too large, a redirect elsewhere, a missing field. */
export class UndecodableError extends RequestError {}

export function isRequestError(error: unknown): error is RequestError {
  return error instanceof RequestError;
}

/** True where nothing tells whether the request had its effect. */
export function isUnclear(error: unknown): error is RequestError {
  return isRequestError(error) && error.effect === "unknown";
}

/** What does not exist is an answer too, where a caller expects that it may be gone. */
export async function absentAsUndefined<A>(answer: Promise<A>): Promise<A | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** False where the answer is 404, whatever another answer says. */
export async function isFound(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

/** The message of anything that was thrown, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sentence(happened: string, failure: RequestFailure): string {
  const parts = [`could not ${failure.operation}: ${happened}`];
  if (failure.said !== undefined) parts.push(`: ${failure.said}`);
  if (failure.details !== undefined) parts.push(` (${failure.details})`);
  if (failure.reference !== undefined) parts.push(` [error id ${failure.reference}]`);
  const text = parts.join("").replace(/(?<![.\s])[.\s]+$/u, "");
  return failure.advice === undefined ? `${text}.` : `${text}. ${failure.advice}`;
}
