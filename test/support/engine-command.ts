import { describeOutcome, type CommandOutcome, type RunningCommand } from "./command";
import {
  changesIn,
  diagnosticsIn,
  readEvents,
  stepsIn,
  type Diagnostic,
  type EngineEvent,
  type Step,
} from "./events";
import { stackName } from "./project-files";

export type Verb = "up" | "preview" | "refresh" | "destroy";

export interface RunOptions {
  /** `success` (default) fails the test with the output if the command fails, `failure` if not. */
  readonly expect?: "success" | "failure" | "any";
  /** Milliseconds, default 120 000. */
  readonly timeout?: number;
  readonly parallel?: number;
  /** Whether up, refresh and destroy do their preview too, as without --skip-preview. */
  readonly withPreview?: boolean;
  /** False: no event log, so that `events` and what comes of them stay empty. Default: true. */
  readonly eventLog?: boolean;
  /** Further arguments, such as `["--refresh"]` or `["--target", urn]`. */
  readonly args?: readonly string[];
  /** Added to the project's environment for this command. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface EngineResult extends CommandOutcome {
  /** Both streams in the order in which they came. */
  readonly output: string;
  readonly events: readonly EngineEvent[];
  /** The counts of the summary: `{ create: 2 }`. The stack itself counts too. */
  readonly changes: Readonly<Record<string, number>>;
  /** What the engine did, resource by resource, its own (stack, provider) left out. */
  readonly steps: readonly Step[];
  /** Messages to the user. */
  readonly diagnostics: readonly Diagnostic[];
}

/** One run of the engine, going on or ended. */
export class EngineCommand {
  private readonly running: RunningCommand;
  /** Resolves whatever the exit code; fails if the time is over. */
  readonly done: Promise<EngineResult>;

  constructor(
    verb: Verb,
    private readonly options: RunOptions,
    private readonly eventLog: string,
    start: (args: readonly string[], env: Readonly<Record<string, string>>) => RunningCommand,
  ) {
    this.running = start(this.argumentsFor(verb), options.env ?? {});
    this.done = this.running.done.then((outcome) => this.resultOf(outcome));
    // A test that kills the command and never looks at the result is fine.
    this.done.catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.running.pid;
  }

  /** What it has printed so far. */
  output(): string {
    return this.running.output();
  }

  /** Waits until a pattern is in the output. */
  waitFor(pattern: RegExp, timeout?: number): Promise<RegExpExecArray> {
    return this.running.waitFor(pattern, timeout);
  }

  /** Signals the CLI only, as a user or an out-of-memory killer would: SIGINT, SIGTERM, SIGKILL. */
  kill(signal: NodeJS.Signals): void {
    this.running.kill(signal);
  }

  /** Like `done`, but fails if the outcome is not the one that the options expect. */
  async expected(): Promise<EngineResult> {
    const result = await this.done;
    const expect = this.options.expect ?? "success";
    const succeeded = result.code === 0;
    if (expect === "any" || succeeded === (expect === "success")) return result;
    throw new Error(`expected ${expect} of ${describeOutcome(result)}`);
  }

  private argumentsFor(verb: Verb): string[] {
    const { parallel, withPreview = false, eventLog = true, args = [] } = this.options;
    return [
      verb,
      ...(verb === "preview" ? [] : ["--yes"]),
      ...(verb === "preview" || withPreview ? [] : ["--skip-preview"]),
      ...(parallel === undefined ? [] : ["--parallel", String(parallel)]),
      ...["--non-interactive", "--color", "never", "--stack", stackName],
      ...(eventLog ? ["--event-log", this.eventLog] : []),
      ...args,
    ];
  }

  private resultOf(outcome: CommandOutcome): EngineResult {
    const events = readEvents(this.eventLog);
    return {
      ...outcome,
      output: this.running.output(),
      events,
      changes: changesIn(events),
      steps: stepsIn(events).filter((step) => !step.type.startsWith("pulumi:")),
      diagnostics: diagnosticsIn(events),
    };
  }
}
