import type { Runtime } from "../../src/provider/kind";

const never = new Promise<never>(() => undefined);

/** A plugin process that dies: it sends nothing from then on, and no timer wakes it. */
export interface Crash {
  readonly runtime: Runtime;
  /** Fails when it dies. */
  readonly fate: Promise<never>;
  readonly isDead: () => boolean;
}

/** Waits for the work of a process; that it fails counts only where the process has not died. */
export async function untilDead({ isDead }: Crash, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isDead()) throw error;
  }
}

/** One that dies while it waits for the answer to its nth request, which has its effect. */
export function crashAt(runtime: Runtime, nth: number): Crash {
  const { clock, transport } = runtime;
  let die: (error: Error) => void = () => undefined;
  const fate = new Promise<never>((_resolve, reject) => (die = reject));
  fate.catch(() => undefined);
  let dead = false;
  let requests = 0;
  const end = (): Promise<never> => {
    dead = true;
    die(new Error("the plugin died"));
    return never;
  };
  return {
    fate,
    isDead: () => dead,
    runtime: {
      ...runtime,
      clock: {
        now: () => clock.now(),
        sleep: async (ms, signal) => {
          if (!dead) await clock.sleep(ms, signal);
          if (dead) await never;
        },
      },
      transport: async (url, init) => {
        requests += 1;
        if (dead) return never;
        const mine = requests;
        const response = await transport(url, init);
        return mine >= nth ? end() : response;
      },
    },
  };
}
