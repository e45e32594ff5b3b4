import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { numbersOf, recordAt, textOf, textsOf } from "../test/support/json";

/** The emulated platforms in a process of their own. */
export class EmulatorProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** Environment variables that point a provider there. */
    readonly env: Readonly<Record<string, string>>,
  ) {}

  /** `provisioningMs`: how long an add-on takes to be ready. */
  static async start(provisioningMs: number): Promise<EmulatorProcess> {
    const child = fork(join(__dirname, "emulator-child.ts"), [String(provisioningMs)], {
      // tsx is found from there.
      cwd: __dirname,
      execArgv: ["--import", "tsx"],
    });
    const env = recordAt(await answerOf(child), "env");
    const texts = Object.entries(env).map(([name, value]) => [name, textOf(value)] as const);
    return new EmulatorProcess(child, Object.fromEntries(texts));
  }

  async clearLog(): Promise<void> {
    await this.ask("clear");
  }

  /** Requests since the log was cleared. Fails if one of them, or an answer, broke the API's contract. */
  async requests(): Promise<number> {
    const answer = await this.ask("count");
    const violations = textsOf(recordAt(answer).violations);
    if (violations.length > 0) throw new Error(violations.join("\n"));
    return numbersOf(answer).requests ?? 0;
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exited = once(this.child, "exit");
    this.child.disconnect();
    await exited;
  }

  private async ask(question: string): Promise<unknown> {
    const answer = answerOf(this.child);
    this.child.send(question);
    return await answer;
  }
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("the emulator's process ended"));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message);
    });
  });
}
