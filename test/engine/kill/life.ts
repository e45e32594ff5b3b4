import { Random } from "../../emulator/random";
import type { LoggedRequest } from "../../emulator/index";
import type { EngineCommand, RunOptions, Verb } from "../../support/engine";
import { endProcess } from "../../support/processes";
import type { Declared } from "../program";
import { Secrets } from "../secrets";
import { Stack } from "../stack";
import { chapters as all, names, type Chapter } from "./chapters";
import { disagreements } from "./ending";
import { Ledger, type Leave } from "./ledger";
import { describePoint, pointFor, Trigger, type Expected, type Victim } from "./points";
import { commandLimit, insist, type Ran } from "./user";

export interface LifeOptions {
  readonly seed: number;
  /** How many runs are cut off in a part of the life; default 2, and 1 of the refreshes. */
  readonly cuts?: (part: Part) => number;
  /** Default: all. */
  readonly chapters?: readonly Chapter[];
  /** Hears of every step as it is taken. */
  readonly log?: (line: string) => void;
}

/** What became of ten add-ons whose user had runs cut off from creation to the end. */
export interface Life {
  readonly seed: number;
  /** Commands of the CLI that were run. */
  readonly runs: number;
  readonly kills: number;
  readonly lost: readonly string[];
  readonly duplicated: readonly string[];
  readonly leaked: readonly string[];
  /** Anything else that is not as promised. */
  readonly problems: readonly string[];
}

export type Part = "create" | "change" | "replace" | "refresh" | "destroy";

/** How a part goes when nothing happens to it, roughly; on what machine does not matter much. */
const usual: Readonly<Record<Part, Expected>> = {
  create: { writes: 10, requests: 40, lasting: 5000 },
  change: { writes: 14, requests: 60, lasting: 7000 },
  replace: { writes: 14, requests: 60, lasting: 7000 },
  refresh: { writes: 0, requests: 15, lasting: 3000 },
  destroy: { writes: 10, requests: 40, lasting: 4000 },
};

/** Streams that have nothing in common, those of neighbouring seeds neither. */
const random = (seed: number, stream: number) => new Random(Math.imul(seed, 0x9e3779b1) + stream);

/** How likely it is that a run that recovers from a kill is cut off as well. */
const again = 0.7;

/** Lives through creation, changes, replacement, removal and the end. The seed decides about all. */
export async function live(options: LifeOptions): Promise<Life> {
  const life = await KilledLife.begin(options);
  try {
    await life.run();
  } catch (error) {
    life.problems.push(error instanceof Error ? error.message : String(error));
  } finally {
    await life.end();
  }
  return life.outcome();
}

class KilledLife {
  readonly problems: string[] = [];
  private leaked: readonly string[] = [];
  private runs = 0;
  private kills = 0;
  private trigger: Trigger | undefined;
  private readonly ledger: Ledger;
  private readonly secrets: Secrets;

  private constructor(
    private readonly options: LifeOptions,
    private readonly random: Random,
    private readonly stack: Stack,
  ) {
    this.ledger = new Ledger(stack.emulator, names);
    this.secrets = new Secrets(stack);
  }

  static async begin(options: LifeOptions): Promise<KilledLife> {
    const { seed } = options;
    const latency = random(seed, 1);
    const listeners: KilledLife[] = [];
    const stack = await Stack.open({
      seed,
      // A request that takes no time leaves no moment to kill anybody in.
      latencyMs: () => 20 + Math.floor(latency.next() * 60),
      passwords: "special",
      // A life takes more requests in a minute than an account may send in an hour.
      rateLimit: 1_000_000,
      onReceived: (request) => listeners[0]?.heard("received", request),
      onServed: (request) => listeners[0]?.heard("served", request),
    });
    const life = new KilledLife(options, random(seed, 2), stack);
    listeners.push(life);
    return life;
  }

  async run(): Promise<void> {
    const { chapters = all } = this.options;
    let last: readonly Declared[] = [];
    for (const { title, declared, born, ended } of chapters) {
      this.stack.declare(declared);
      await this.part(title, "up", { born, ended });
      if (this.cuts("refresh") > 0) {
        await this.part("refresh", "refresh", { born: [], ended: [] });
      }
      await this.settled(declared);
      last = declared;
    }
    if (this.cuts("destroy") > 0 && this.random.next() < 0.5) await this.regret(last);
    await this.part("destroy", "destroy", { born: [], ended: names });
    await this.settled([]);
  }

  async end(): Promise<void> {
    this.leaked = this.secrets.leaks();
    await this.stack.close();
  }

  outcome(): Life {
    const { runs, kills, leaked, ledger, options } = this;
    const { lost, duplicated } = ledger;
    const problems = [...this.problems, ...this.stack.emulator.violations];
    return { seed: options.seed, runs, kills, lost, duplicated, leaked, problems };
  }

  private cuts(part: Part): number {
    return this.options.cuts?.(part) ?? (part === "refresh" ? 1 : 2);
  }

  /** One command that the user wants to succeed, and that is cut off several times. */
  private async part(part: Part, verb: Verb, leave: Leave): Promise<void> {
    this.ledger.allow(leave);
    let cuts = this.cuts(part);
    let first = true;
    const run = async (what: Verb, options: RunOptions): Promise<Ran> => {
      const cut = cuts > 0 && (first || this.random.next() < again);
      first = false;
      if (!cut) return this.execute(what, options);
      cuts -= 1;
      return this.cutOff(part, what, options);
    };
    const { steps } = await insist(this.stack, verb, run);
    this.say(`${part}: ${steps.join(", ")}`);
    this.check();
  }

  /** A user who wants to destroy, is cut off, and would rather keep it all. */
  private async regret(declared: readonly Declared[]): Promise<void> {
    this.ledger.allow({ born: names, ended: names });
    await this.cutOff("destroy", "destroy", { expect: "any", timeout: commandLimit });
    const run = (verb: Verb, options: RunOptions) => this.execute(verb, options);
    // The state knows nothing of what the cut-off run has deleted.
    await insist(this.stack, "refresh", run);
    const { steps } = await insist(this.stack, "up", run);
    this.say(`destroy, thought better of it: ${steps.join(", ")}`);
    await this.settled(declared);
  }

  /** Everything is as declared; and what the engine remembers of cut-off runs is cleared. */
  private async settled(declared: readonly Declared[]): Promise<void> {
    const { stack, problems } = this;
    await this.execute("refresh", { args: ["--clear-pending-creates"] });
    const { result } = await this.execute("preview", {
      expect: "any",
      args: ["--expect-no-changes"],
    });
    if (result.code !== 0 && declared.length > 0) {
      problems.push(`the next up would not leave everything as it is:\n${result.output}`);
    }
    problems.push(...(await disagreements(stack, declared)));
    this.check();
    // Plugins that have outlived their CLI would be there for good.
    stack.project.endProcesses();
  }

  private async execute(verb: Verb, options: RunOptions): Promise<Ran> {
    this.runs += 1;
    const result = await this.stack.start(verb, options).expected();
    return { result, killed: false };
  }

  /** Runs a command and kills CLI, plugin or both at a moment by chance. */
  private async cutOff(part: Part, verb: Verb, options: RunOptions): Promise<Ran> {
    this.runs += 1;
    const point = pointFor(this.random, usual[part]);
    const former = new Set(this.stack.project.pluginProcesses().map(({ pid }) => pid));
    const before = this.kills;
    const command = this.stack.start(verb, options);
    const trigger = new Trigger(point.moment, () => this.kill(point.victim, command, former));
    this.trigger = trigger;
    const result = await command.done;
    trigger.disarm();
    const killed = this.kills > before;
    this.say(`${verb}: ${describePoint(point)}${killed ? "" : ", which did not come"}`);
    this.check();
    return { result, killed };
  }

  private kill(victim: Victim, command: EngineCommand, former: ReadonlySet<number>): void {
    const plugins = this.stack.project.pluginProcesses().filter(({ pid }) => !former.has(pid));
    if (victim !== "cli") for (const { pid } of plugins) endProcess(pid);
    if (victim !== "plugin") command.kill("SIGKILL");
    if (victim !== "plugin" || plugins.length > 0) this.kills += 1;
  }

  private heard(event: "received" | "served", request: LoggedRequest): void {
    this.trigger?.see(event, request);
    if (event === "received" || request.method === "GET") return;
    this.secrets.collect();
    this.ledger.look();
  }

  private check(): void {
    this.secrets.collect();
    this.ledger.look();
  }

  private say(line: string): void {
    this.options.log?.(line);
  }
}
