import { join } from "node:path";
import { runCommand, tail } from "./command";
import { findExecutable, foldersOf } from "./inspect";
import type { Environment } from "./types";

const buildTime = 15 * 60_000;

/** Writes the SDKs of a schema for Python, Go and Node into a folder; the result says why not. */
export async function writeSdks(
  schema: string,
  folder: string,
  env: Environment = process.env,
): Promise<string | undefined> {
  const go = findExecutable("go", foldersOf(env));
  if (go === undefined) return "Go is not installed";
  const result = await runCommand(go, ["run", ".", schema, folder], {
    timeout: buildTime,
    cwd: join(__dirname, "sdks"),
    env: { ...env, GOWORK: "off", GOFLAGS: "" },
  });
  return result.code === 0 ? undefined : `go run failed:\n    ${tail(result)}`;
}
