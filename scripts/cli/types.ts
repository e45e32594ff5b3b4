/** A Pulumi CLI that runs, together with what it needs beside it. */
export interface FoundCli {
  readonly found: true;
  /** The executable. */
  readonly pulumi: string;
  /** Its folder, to be put first on PATH, so that its plugins are found. */
  readonly binDir: string;
  readonly version: string;
  /** Where it came from, in words. */
  readonly how: string;
}

export interface MissingCli {
  readonly found: false;
  /** What was tried and why each did not work, one line each. */
  readonly reason: string;
}

export type CliAnswer = FoundCli | MissingCli;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface FindOptions {
  /** Whether a CLI may be downloaded or built, which can take minutes. */
  readonly allowBuild: boolean;
  /** Told what is being done, one line at a time. */
  readonly log?: (line: string) => void;
  /** Instead of the process's own, for tests. */
  readonly env?: Environment;
}
