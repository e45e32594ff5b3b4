import { runCommandLine } from "../../../src/cli/command-line";
import { CancelledError } from "../../../src/cli/prompts";
import { systemRuntime } from "../../../src/provider/runtime";
import { removeFolder, temporaryFolder } from "../../support/temporary";

const cancelled = () => Promise.reject(new CancelledError("nobody answers in this test"));

/** What our command line says to arguments in a world that has no token, CLI or network. */
export async function tried(args: readonly string[]): Promise<{ code: number; told: string }> {
  let told = "";
  const tell = (line: string) => {
    told += line;
  };
  const folder = temporaryFolder("commands");
  const code = await runCommandLine(
    {
      runtime: {
        ...systemRuntime(),
        env: {},
        transport: () => Promise.reject(new Error("no network in this test")),
      },
      folder,
      nodeVersion: "20.19.0",
      print: tell,
      tell,
      columns: undefined,
      screen: { columns: undefined, hasColors: false },
      prompts: { select: cancelled, text: cancelled, secret: cancelled, confirm: cancelled },
      run: () => Promise.resolve({ problem: "missing" }),
      show: () => Promise.reject(new Error("no commands in this test")),
    },
    args,
  );
  removeFolder(folder);
  return { code, told };
}
