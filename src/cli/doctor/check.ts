/**
 * What came of one look: `warn` where it works but may not do so for long, or for everything; `skip`
 * where it was not looked at.
 */
export type Verdict = "ok" | "warn" | "fail" | "skip";

export interface Check {
  /** Stable, for programs: `node`, `northflank.token`. */
  readonly id: string;
  readonly verdict: Verdict;
  /** What was looked at: `Northflank token`. */
  readonly subject: string;
  readonly says: string;
  /** What belongs to it, such as the ids of projects. */
  readonly items?: readonly string[];
  /** What to do about it. */
  readonly advice?: string;
}

export function hasFailed(checks: readonly Check[]): boolean {
  return checks.some(isFailure);
}

export function isFailure({ verdict }: Check): boolean {
  return verdict === "fail";
}
