import type { LoggedRequest } from "../../emulator/index";
import type { Random } from "../../emulator/random";

export type Victim = "cli" | "plugin" | "both";

/** When a run is cut off: at a request that the platforms get, or after a time. */
export type Moment =
  | {
      readonly event: "received" | "served";
      /** All requests count, or only those that change something. */
      readonly of: "any" | "write";
      readonly nth: number;
    }
  | { readonly afterMs: number };

export interface KillPoint {
  readonly victim: Victim;
  readonly moment: Moment;
}

/** What is known beforehand of a run that is to be cut off. */
export interface Expected {
  /** Writes that it sends, and requests in all. */
  readonly writes: number;
  readonly requests: number;
  /** How long it takes, in milliseconds. */
  readonly lasting: number;
}

function pick<T>(random: Random, ...choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random.next() * choices.length)] ?? choices[0];
}

const upTo = (random: Random, most: number) => 1 + Math.floor(random.next() * Math.max(1, most));

/**
 * A point by chance. Most are events, since those hit the moments that matter: a request that has
 * arrived has no effect yet, one that is served has, and nobody may have heard of it.
 */
export function pointFor(random: Random, { writes, requests, lasting }: Expected): KillPoint {
  const victim = pick<Victim>(random, "cli", "cli", "plugin", "both");
  const event = pick<"received" | "served">(random, "received", "served");
  const kind = random.next();
  if (kind < 0.55 && writes > 0) {
    return { victim, moment: { event, of: "write", nth: upTo(random, writes) } };
  }
  if (kind < 0.85) return { victim, moment: { event, of: "any", nth: upTo(random, requests) } };
  return { victim, moment: { afterMs: Math.floor(random.next() * lasting) } };
}

export function describePoint({ victim, moment }: KillPoint): string {
  const who = { cli: "the CLI", plugin: "the plugin", both: "the CLI and the plugin" }[victim];
  if ("afterMs" in moment) return `SIGKILL of ${who} after ${moment.afterMs} ms`;
  const { event, of, nth } = moment;
  return `SIGKILL of ${who} when ${of === "write" ? "write" : "request"} ${nth} was ${event}`;
}

/** Counts the requests of a run and acts at the moment. */
export class Trigger {
  private counted = 0;
  private done = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly moment: Moment,
    private readonly act: () => void,
  ) {
    if ("afterMs" in moment) this.timer = setTimeout(() => this.fire(), moment.afterMs);
  }

  see(event: "received" | "served", { method }: LoggedRequest): void {
    const { moment } = this;
    if ("afterMs" in moment || event !== moment.event) return;
    if (moment.of === "write" && method === "GET") return;
    this.counted += 1;
    if (this.counted === moment.nth) this.fire();
  }

  /** The run is over: it is too late. */
  disarm(): void {
    this.done = true;
    clearTimeout(this.timer);
  }

  private fire(): void {
    if (this.done) return;
    this.disarm();
    this.act();
  }
}
