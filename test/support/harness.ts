import { memoryJournal } from "../../src/provider/journal";
import { systemRuntime } from "../../src/provider/runtime";
import type { Clock } from "../../src/http/clock";
import type { Transport } from "../../src/http/transport";
import type { RemoteAddon, AddonKind, Runtime } from "../../src/provider/kind";
import { Provider } from "../../src/provider/provider";
import { MigetKind } from "../../src/miget/kind";
import { NorthflankKind } from "../../src/northflank/kind";
import { type Emulator, type StartOptions, startEmulator } from "../emulator/index";
import { VirtualClock } from "./virtual-clock";

/** Both providers in this process, against the emulator over loopback, in virtual time. */
export class Harness {
  readonly lines: string[] = [];
  env: Record<string, string>;
  private pending = 0;
  private readonly endings: (() => void)[] = [];

  private constructor(
    readonly clock: VirtualClock,
    readonly emulator: Emulator,
    /** Requests that the emulator answers late on purpose, by the same clock. */
    private readonly dawdling: () => number,
  ) {
    this.env = emulator.env();
  }

  static async start(options: StartOptions = {}): Promise<Harness> {
    const clock = new VirtualClock();
    let asleep = 0;
    const slow: Clock = {
      now: () => clock.now(),
      sleep: async (ms, signal) => {
        asleep += 1;
        try {
          await clock.sleep(ms, signal);
        } finally {
          asleep -= 1;
        }
      },
    };
    return new Harness(clock, await startEmulator({ ...options, clock: slow }), () => asleep);
  }

  /** A provider as a plugin process of its own would have it: nothing is shared with another. */
  miget(runtime?: Runtime) {
    return this.provider(new MigetKind(), runtime);
  }

  northflank(runtime?: Runtime) {
    return this.provider(new NorthflankKind(), runtime);
  }

  provider<E extends RemoteAddon>(platform: AddonKind<E>, runtime = this.runtime()): Provider<E> {
    return new Provider(platform, runtime);
  }

  runtime(): Runtime {
    const system = systemRuntime();
    const env = this.env;
    return {
      clock: this.clock,
      random: () => 0.5,
      transport: this.counted(system.transport),
      get env() {
        return env;
      },
      log: (line) => this.lines.push(line),
      isAbandoned: () => false,
      journal: memoryJournal(),
    };
  }

  /** Waits for the work, letting virtual time pass wherever only time is waited for. */
  run<T>(work: Promise<T>): Promise<T> {
    return this.clock.run(work, () => {
      return this.pending > this.emulator.hanging() + this.dawdling();
    });
  }

  /** What the work failed with; fails if it did not. */
  async failure(work: Promise<unknown>): Promise<Error> {
    const outcome = await this.run(
      work.then(
        () => undefined,
        (error: unknown) => error,
      ),
    );
    if (outcome instanceof Error) return outcome;
    throw new Error("it was expected to fail, and did not");
  }

  /** `GET /v1/projects/…` for each request since the log was cleared. */
  requests(): string[] {
    return this.emulator.requests.map(({ method, path }) => `${method} ${path}`);
  }

  /** Called when the harness is closed. */
  atEnd(work: () => void): void {
    this.endings.push(work);
  }

  async close(): Promise<void> {
    for (const end of this.endings.splice(0)) end();
    await this.emulator.close();
  }

  private counted(transport: Transport): Transport {
    return async (url, init) => {
      this.pending += 1;
      try {
        const response = await transport(url, init);
        const text = await response.text();
        return {
          status: response.status,
          headers: response.headers,
          text: () => Promise.resolve(text),
        };
      } finally {
        this.pending -= 1;
      }
    };
  }
}
