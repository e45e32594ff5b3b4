import { connect, Socket } from "node:net";

/**
 * Whether the engine that this plugin process works for is still there. A CLI that is killed leaves
 * its plugins behind, and what they go on to create is in no state: the next run has to find it.
 */
export interface EngineWatch {
  readonly isGone: () => boolean;
}

/** The outside world of a watch. */
export interface EngineSigns {
  /** The engine's own address, which the plugin process is started with: `127.0.0.1:40123`. */
  readonly address: string | undefined;
  /** Calls back when the engine's end of the standard input is closed, if it has one. */
  readonly onInputEnd: (listener: () => void) => void;
  /** True if something listens there. */
  readonly answers: (address: string) => Promise<boolean>;
  /** Calls back every so often without keeping the process alive. */
  readonly regularly: (ms: number, listener: () => void) => void;
}

/** Milliseconds between two looks where the standard input tells nothing. */
const interval = 5000;

/**
 * Watches by two signs. The input ends at once when the CLI does, but may end for other reasons; what
 * is decisive is that nobody listens at the engine's address any more.
 */
export function watchEngine(signs: EngineSigns, onGone: () => void): EngineWatch {
  const { address } = signs;
  let gone = false;
  let asking = false;
  if (address === undefined) return { isGone: () => false };
  const ask = async () => {
    if (gone || asking) return;
    asking = true;
    const there = await signs.answers(address);
    asking = false;
    if (there) return;
    gone = true;
    onGone();
  };
  signs.onInputEnd(() => void ask());
  signs.regularly(interval, () => void ask());
  return { isGone: () => gone };
}

/** The engine's address among the arguments of the process; none where it is no plugin. */
export function engineAddress(argv: readonly string[]): string | undefined {
  const isPlugin = argv.some((argument) => /[\\/]dynamic-provider\b/u.test(argument));
  const address = argv.find((argument) =>
    /^(?:127\.0\.0\.1|localhost|\[::1\]):[1-9]\d{0,4}$/u.test(argument),
  );
  return isPlugin ? address : undefined;
}

/** The signs that this process really gets. */
export function systemSigns(address = engineAddress(process.argv)): EngineSigns {
  return {
    address,
    onInputEnd: (listener) => {
      const { stdin } = process;
      // Not by fstat, which would tell it as well: after that of a pipe, Node takes links for real
      // folders, and in pnpm's layout what is loaded later misses what it requires. Its search for
      // real paths looks at what the last such call has left.
      if (!(stdin instanceof Socket) || stdin.isTTY) return;
      stdin.on("error", listener).on("close", listener).on("end", listener).resume();
      stdin.unref();
    },
    answers,
    regularly: (ms, listener) => {
      setInterval(listener, ms).unref();
    },
  };
}

/** Only a refused connection proves that nobody listens; anything else may pass. */
function answers(address: string): Promise<boolean> {
  const [, host = "", port = ""] = /^\[?([^\]]*)\]?:(\d+)$/u.exec(address) ?? [];
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    socket.unref();
    const settle = (there: boolean) => {
      socket.destroy();
      resolve(there);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", (error: NodeJS.ErrnoException) => settle(error.code !== "ECONNREFUSED"));
    socket.setTimeout(2000, () => settle(true));
  });
}
