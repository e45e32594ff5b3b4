import type { Emulator, Fault, InjectedFault } from "../../emulator/index";

const always = Number.MAX_SAFE_INTEGER;

/**
 * What spoils 12 % of all requests: refused, lost, failed and garbled ones. Hangs are left out where
 * they only cost time, and answers of 500 to creations, whose effect can be looked for only so often.
 */
export const bad: readonly Fault[] = [
  { kind: "reset-after", probability: 0.03 },
  { kind: "status-after", status: 500, probability: 0.02 },
  { kind: "status", status: 429, probability: 0.02 },
  { kind: "status", status: 503, method: "GET", probability: 0.02 },
  { kind: "status", status: 503, method: "DELETE", probability: 0.02 },
  { kind: "reset-before", method: "GET", probability: 0.01 },
  { kind: "html-502", method: "GET", probability: 0.01 },
  { kind: "truncated-json", probability: 0.02 },
  { kind: "wrong-content-type", method: "GET", probability: 0.01 },
];

/** Faults that strike by chance for as long as it lasts. */
export class Weather {
  private injected: readonly InjectedFault[] = [];

  constructor(private readonly faults: readonly Fault[]) {}

  set({ faults }: Emulator): void {
    this.injected = this.faults.map((fault) => faults.add({ times: always, ...fault }));
  }

  /** Requests that it has spoilt. */
  hits(): number {
    return this.injected.reduce((sum, { hits }) => sum + hits, 0);
  }
}
