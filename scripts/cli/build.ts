import { join } from "node:path";
import { runCommand, tail } from "./command";
import { fileName, findExecutable, foldersOf } from "./inspect";
import type { Environment } from "./types";

const buildTime = 30 * 60_000;
const sdk = "github.com/pulumi/pulumi/sdk/v3";

// The language host left Pulumi's published Go modules long ago. Its last version there works with
// every newer engine, but its dependencies do not fit theirs, hence two modules.
const parts = [
  { module: "engine", name: "pulumi", source: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
  {
    module: "language",
    name: "pulumi-language-nodejs",
    source: `${sdk}/nodejs/cmd/pulumi-language-nodejs`,
  },
] as const;

/** Builds the CLI to `folder`/bin from Pulumi's Go modules; the result says why not, if it fails. */
export async function buildFromSource(
  version: string,
  folder: string,
  env: Environment,
  log: (line: string) => void,
): Promise<string | undefined> {
  const go = findExecutable("go", foldersOf(env));
  if (go === undefined) return "Go is not installed";
  log("building the Pulumi CLI from source: about 6 minutes on two cores, only this once");
  const started = Date.now();
  const reminder = setInterval(() => {
    log(`still building (${String(Math.round((Date.now() - started) / 60_000))} min)`);
  }, 60_000);
  try {
    for (const part of parts) {
      const flags = `-s -w -X ${sdk}/go/common/version.Version=v${version}`;
      const output = join(folder, "bin", fileName(part.name));
      const result = await runCommand(go, ["build", "-ldflags", flags, "-o", output, part.source], {
        timeout: buildTime,
        cwd: join(__dirname, part.module),
        // A workspace or flags meant for the user's own projects would break this one.
        env: { ...env, GOWORK: "off", GOFLAGS: "" },
      });
      if (result.code !== 0) return `go build of ${part.name} failed:\n    ${tail(result)}`;
    }
    return undefined;
  } finally {
    clearInterval(reminder);
  }
}
