import { notChecked } from "./counts.mjs";

/** What a check found: problems, or why it could not look. */
export interface Verdict {
  readonly problems: readonly string[];
  /** Set when nothing was checked: that is no failure, but has to be seen. */
  readonly notChecked?: string;
  /** What was looked at, or found and is no problem. */
  readonly notes?: readonly string[];
}

/** Prints a verdict and makes it the exit code of the process. */
export function conclude({ problems, notChecked: reason, notes = [] }: Verdict): void {
  for (const line of [...notes, ...problems]) console.log(line);
  if (reason !== undefined) console.log(`not checked: ${reason}`);
  process.exitCode = problems.length > 0 ? 1 : reason === undefined ? 0 : notChecked;
}
