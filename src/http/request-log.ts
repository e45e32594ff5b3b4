import type { Allowance } from "./budget";
import { maskSecrets, sanitize } from "./redact";

/** One request as the log tells it. Never a body, nor a header but the request's id. */
export interface LoggedAttempt {
  readonly platform: string;
  readonly method: string;
  readonly path: string;
  /** The status, or why there is none. */
  readonly outcome: number | string;
  readonly ms: number;
  readonly attempt: number;
  /** Why it was repeated. */
  readonly cause?: string;
  readonly allowance?: Allowance | undefined;
  readonly requestId?: string | null;
  readonly secrets: readonly string[];
}

/** `Miget: GET /apps/a/addons 503 in 84 ms, attempt 2 (Miget answered 502), 987 of 1000 requests left, id r1`. */
export function logLine(attempt: LoggedAttempt): string {
  const { platform, method, path, outcome, ms, cause, allowance, requestId, secrets } = attempt;
  const parts = [
    `${platform}: ${method} ${path} ${outcome} in ${Math.round(ms)} ms`,
    ...(attempt.attempt > 1 ? [`attempt ${attempt.attempt} (${cause ?? "repeated"})`] : []),
    ...(allowance === undefined
      ? []
      : [`${allowance.remaining} of ${allowance.limit} requests left`]),
    ...(requestId === undefined || requestId === null ? [] : [`id ${requestId}`]),
  ];
  return sanitize(maskSecrets(parts.join(", "), secrets), secrets);
}
