/** What came of one look: `warn` where it works but may not do so for long, or for everything. */
export type Verdict = "ok" | "warn" | "fail";

export interface Check {
  /** Stable, for programs: `node`, `northflank.token`. */
  readonly id: string;
  readonly verdict: Verdict;
  /** What was looked at: `Northflank token`. */
  readonly subject: string;
  readonly says: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** One line each. */
export function linesOf(checks: readonly Check[]): string[] {
  const widest = Math.max(0, ...checks.map(({ subject }) => subject.length));
  return checks.map(({ verdict, subject, says, advice }) => {
    const todo = advice === undefined ? "" : `. ${advice}`;
    return `${verdict.padEnd(4)}  ${subject.padEnd(widest)}  ${says.replace(/\.$/u, "")}${todo}`;
  });
}

export function hasFailed(checks: readonly Check[]): boolean {
  return checks.some(({ verdict }) => verdict === "fail");
}
