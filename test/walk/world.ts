import { memoryJournal } from "../../src/provider/journal";
import type { Runtime } from "../../src/provider/kind";
import type { EmulatorOptions, InjectedFault } from "../emulator/index";
import { crashAt } from "../support/crash";
import { type DoorName, launch, type Process } from "../support/door";
import {
  destroy,
  type Host,
  type Outcome,
  type Plugins,
  preview,
  type ProviderCalls,
  refresh,
  up,
} from "../support/engine-model";
import { type Declared, Stack, urnOf } from "../support/engine-state";
import { Harness } from "../support/harness";
import { judge } from "./judge";
import { Ledger } from "./ledger";
import { allAddons } from "./platforms";

/** A promise of the package that was broken. */
export class Broken extends Error {}

export interface RunSettings {
  readonly refresh?: boolean;
  readonly continueOnError?: boolean;
  readonly parallel?: number;
  /** Index into the program of what `--replace` names. */
  readonly replace?: number;
  /** Everything of the run dies at its nth request, which has its effect. */
  readonly killAt?: number;
  readonly victim?: "plugin" | "cli";
  /** What PAAS_ADDONS_ADOPT is set to. */
  readonly adopt?: string;
}

export type Sabotage = (calls: ProviderCalls, type: string, harness: Harness) => ProviderCalls;
const honest: Sabotage = (calls) => calls;

export type Command = "up" | "refresh" | "destroy";

/** A program, its stack, the platforms, and what was done so far. */
export class World {
  program: Declared[] = [];
  /** Programs as they were, for changes of mind. */
  readonly earlier: Declared[][] = [];
  readonly stack = new Stack();
  readonly ledger = new Ledger();
  readonly trace: string[] = [];
  readonly counts = { programs: 0, runs: 0, kills: 0, faults: 0, requests: 0 };
  faults: InjectedFault[] = [];
  last: Outcome | undefined;
  private names = 0;

  private constructor(
    readonly harness: Harness,
    private readonly sabotage: Sabotage,
    /** Through which new resources go. */
    readonly door: DoorName,
  ) {}

  /** `sabotage`: a fault of the package, put into it to see that the walk finds it. */
  static async start(
    options: EmulatorOptions = {},
    sabotage: Sabotage = honest,
    door: DoorName = "dynamic",
  ): Promise<World> {
    return new World(await Harness.start(options), sabotage, door);
  }

  close(): Promise<void> {
    return this.harness.close();
  }

  freshName(): string {
    this.names += 1;
    return `r${this.names}`;
  }

  say(line: string): void {
    this.trace.push(line);
  }

  /** Edits the program; what it was can be gone back to. */
  edit(program: Declared[], what: string): void {
    this.earlier.push(this.program);
    this.program = program;
    this.counts.programs += 1;
    this.say(`edit: ${what}`);
  }

  replaceAt(index: number, changed: Declared, what: string): void {
    this.edit(
      this.program.map((each, other) => (other === index ? changed : each)),
      what,
    );
  }

  activeFaults(): InjectedFault[] {
    return this.faults.filter(({ fault, hits }) => hits < (fault.times ?? 1));
  }

  calm(): void {
    this.harness.emulator.faults.clear();
    this.faults = [];
  }

  /** One run of the CLI, and whether all that is promised holds after it. */
  async run(command: Command, settings: RunSettings = {}): Promise<Outcome> {
    const { harness, stack, program, ledger } = this;
    const { emulator } = harness;
    const before = { addons: allAddons(emulator), stack: stack.copy() };
    const hits = () => this.faults.reduce((sum, fault) => sum + fault.hits, 0);
    const [hitsBefore, began] = [hits(), harness.clock.now()];
    emulator.clearLog();
    harness.lines.splice(0);
    const host = this.host(settings);
    const target = settings.replace === undefined ? undefined : program[settings.replace];
    const replace = target === undefined ? [] : [urnOf(target)];
    const declared = program.map(withOptions);
    const options = { ...settings, replace };
    const work = {
      up: () => up(stack, declared, host, options),
      refresh: () => refresh(stack, host, options),
      destroy: () => destroy(stack, host, options),
    }[command];
    const outcome = await harness.run(work());
    this.last = outcome;
    this.counts.runs += 1;
    this.counts.kills += host.isDead() ? 1 : 0;
    this.counts.faults += hits() - hitsBefore;
    this.counts.requests += emulator.requests.length;
    const seconds = (harness.clock.now() - began) / 1000;
    this.say(lineOf(command, settings, outcome, emulator.requests, seconds));
    const after = { addons: allAddons(emulator), stack };
    const spoilt = hits() > hitsBefore;
    const run = { command, settings, outcome, before, after, declared, spoilt, seconds };
    const broken = judge({
      ...run,
      ledger,
      requests: [...emulator.requests],
      lines: [...harness.lines],
    });
    if (broken.length > 0) throw new Broken(broken.join("\n"));
    // A user needs a moment to see what happened, and lists do not lag for longer.
    harness.clock.advance(10_000);
    const hasAsked = emulator.requests.length > 0;
    if (command === "up" && outcome.ok && hasAsked && this.activeFaults().length === 0) {
      await this.assertQuiet(settings);
    }
    return outcome;
  }

  /** No diff after a refresh, for what the run had reason to look at. */
  private async assertQuiet(settings: RunSettings): Promise<void> {
    const { harness, stack, program, ledger } = this;
    const phase = await harness.run(
      preview(stack, program.map(withOptions), this.host({}), { refresh: true }),
    );
    const stale =
      settings.refresh === true
        ? new Set<string>()
        : ledger.staleUrns(stack, allAddons(harness.emulator));
    const loud = phase.steps.filter(({ op, urn }) => {
      return op !== "same" && op !== "read" && !stale.has(urn);
    });
    const wrong = phase.errors.filter(({ urn }) => !stale.has(urn));
    if (loud.length + wrong.length > 0) {
      throw new Broken(
        `not quiet after a successful up and a refresh: ${JSON.stringify([...loud, ...wrong])}`,
      );
    }
  }

  /** The surroundings of one run: what its plugin processes have and share. */
  private host({ killAt, victim, adopt }: RunSettings): Host & { isDead: () => boolean } {
    const { harness } = this;
    const env = adopt === undefined ? harness.env : { ...harness.env, PAAS_ADDONS_ADOPT: adopt };
    const outside: Runtime = { ...harness.runtime(), env };
    const crash = killAt === undefined ? undefined : crashAt(outside, killAt);
    const plugins = (): Plugins => {
      // The engine's address, after which the journal is named, is another one in each phase.
      const journal = memoryJournal();
      const processes = new Map<string, Process>();
      return (subject) => {
        const { provider, type } = subject;
        const process =
          processes.get(provider) ??
          launch(doorOf(subject), { ...(crash?.runtime ?? outside), journal });
        processes.set(provider, process);
        return this.sabotage(process(subject), type, harness);
      };
    };
    return {
      launch: plugins,
      isDead: () => crash?.isDead() ?? false,
      ...(crash !== undefined && { fate: crash.fate }),
      ...(victim !== undefined && { victim }),
    };
  }
}

/** The provider of a resource, with the door that it is reached through. */
export const providerOf = (door: DoorName, name: "" | "other") => `${door} ${name}`;

export const doorOf = ({ provider }: { readonly provider: string }): DoorName =>
  provider.startsWith("native") ? "native" : "dynamic";

/** The options that the classes set themselves. */
function withOptions(declared: Declared): Declared {
  return declared.args.allowReplace === true
    ? { ...declared, deleteBeforeReplace: true }
    : declared;
}

function lineOf(
  command: Command,
  settings: RunSettings,
  { ok, killed, steps, errors }: Outcome,
  requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly fault?: string;
  }[],
  seconds: number,
): string {
  const how = Object.keys(settings).length === 0 ? "" : ` ${JSON.stringify(settings)}`;
  const end = killed ? "killed" : ok ? "ok" : "failed";
  const done = steps
    .filter(({ op }) => op !== "same")
    .map(
      ({ op, urn, failed }) => `${op} ${urn.split("::").at(-1) ?? ""}${failed ? " FAILED" : ""}`,
    );
  const sent = requests
    .filter(({ method, fault }) => method !== "GET" || fault !== undefined)
    .map(({ method, path, status, fault }) => {
      const short = path.split("/").slice(-2).join("/");
      return `${method} …/${short} ${status}${fault === undefined ? "" : ` (${fault})`}`;
    });
  return [
    `run: ${command}${how}: ${end} after ${seconds.toFixed(0)} s, ${requests.length} requests [${done.join(", ")}]`,
    ...sent.map((line) => `    ${line}`),
    ...errors.map(({ message }) => `    error: ${message.slice(0, 400)}`),
  ].join("\n");
}
