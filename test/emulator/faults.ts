import type { Platform } from "../contract/contract";
import type { JsonValue } from "../contract/json";
import type { Random } from "./random";

/** Which requests a fault spoils; what is left out matches everything. */
export interface FaultTarget {
  readonly platform?: Platform;
  readonly operationId?: string;
  readonly method?: string;
  readonly path?: RegExp;
  /** How many requests it spoils; default 1. */
  readonly times?: number;
  /** Matching requests to let pass first. */
  readonly skip?: number;
  /** From 0 to 1, decided by the emulator's seed; default 1. */
  readonly probability?: number;
}

/** The request never has an effect. */
interface PlainBefore {
  readonly kind: "refused" | "reset-before" | "hang" | "html-502";
}

/** The request has its effect, its answer is lost or damaged. */
interface PlainAfter {
  readonly kind:
    | "reset-after"
    | "hang-after"
    | "truncated-json"
    | "wrong-content-type"
    | "empty-204"
    | "big-body";
}

interface StatusFault {
  /** `status` without, `status-after` with the effect. */
  readonly kind: "status" | "status-after";
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON; default: the platform's error shape. */
  readonly body?: JsonValue;
}

interface RedirectFault {
  readonly kind: "redirect";
  /** The origin to send the client to; the path stays. */
  readonly origin: string;
  readonly status?: number;
}

interface SlowFault {
  readonly kind: "slow-drip";
  /** Pause between the pieces of the body, by the emulator's clock; default 1000. */
  readonly everyMs?: number;
}

interface StaleFault {
  /** Lists show how things stood this long ago; default 10000. */
  readonly kind: "stale-list";
  readonly ms?: number;
}

/** An answer as it would go out. */
export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

interface ForgedFault {
  /** The request has its effect, and the answer is whatever is made of the right one. */
  readonly kind: "forged";
  readonly forge: (answer: Outgoing) => Outgoing;
}

export type FaultEffect =
  PlainBefore | PlainAfter | StatusFault | RedirectFault | SlowFault | StaleFault | ForgedFault;

export type Fault = FaultTarget & FaultEffect;
export type FaultKind = FaultEffect["kind"];

/** A fault in force; `hits` counts the requests that it has spoilt. */
export interface InjectedFault {
  readonly fault: Fault;
  readonly hits: number;
  remove(): void;
}

interface Candidate {
  readonly platform: Platform | undefined;
  readonly operationId: string | undefined;
  readonly method: string;
  readonly path: string;
}

class Registered implements InjectedFault {
  hits = 0;
  private passed = 0;

  constructor(
    readonly fault: Fault,
    private readonly random: Random,
    readonly remove: () => void,
  ) {}

  matches(request: Candidate): boolean {
    const { platform, operationId, method, path } = this.fault;
    return (
      (platform === undefined || platform === request.platform) &&
      (operationId === undefined || operationId === request.operationId) &&
      (method === undefined || method.toUpperCase() === request.method) &&
      (path === undefined || path.test(request.path))
    );
  }

  /** Called for matching requests only: whether this one is spoilt. */
  strikes(): boolean {
    const { times = 1, skip = 0, probability = 1 } = this.fault;
    if (this.hits >= times) return false;
    if (this.passed < skip) {
      this.passed += 1;
      return false;
    }
    if (probability < 1 && this.random.next() >= probability) return false;
    this.hits += 1;
    return true;
  }
}

/** The faults in force; the first one added that matches and strikes spoils the request. */
export class Faults {
  private registered: Registered[] = [];

  constructor(private readonly random: Random) {}

  add(fault: Fault): InjectedFault {
    const added: Registered = new Registered(fault, this.random, () => {
      this.registered = this.registered.filter((other) => other !== added);
    });
    this.registered.push(added);
    return added;
  }

  clear(): void {
    this.registered = [];
  }

  take(request: Candidate): Fault | undefined {
    return this.registered.find((each) => each.matches(request) && each.strikes())?.fault;
  }
}
