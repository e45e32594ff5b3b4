import { request } from "node:https";
import { runCommand, tail } from "./command";
import type { Environment } from "./types";

const installTime = 5 * 60_000;
const probeTime = 4_000;

/** Installs the official CLI to `folder`/bin; the result says why not, if it cannot be had. */
export async function download(
  version: string,
  folder: string,
  env: Environment,
): Promise<string | undefined> {
  const unreachable = await probe("https://get.pulumi.com/install.sh");
  if (unreachable !== undefined) return unreachable;
  // In a process of its own: the SDK cannot be told to give up, and its installer starts others.
  const program = `
    const { PulumiCommand } = require("@pulumi/pulumi/automation");
    const sdk = require("path").dirname(require.resolve("@pulumi/pulumi/package.json"));
    const { SemVer } = require(require.resolve("semver", { paths: [sdk] }));
    const [root, version] = process.argv.slice(1);
    PulumiCommand.install({ root, version: new SemVer(version) }).catch((error) => {
      console.error(error.message);
      process.exitCode = 1;
    });`;
  const result = await runCommand(process.execPath, ["-e", program, folder, version], {
    timeout: installTime,
    env,
    cwd: __dirname,
  });
  return result.code === 0 ? undefined : tail(result);
}

/** A machine without internet should not have to wait for an installer to find that out. */
function probe(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const call = request(url, { method: "HEAD", timeout: probeTime }, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve(status < 400 ? undefined : `the server answers ${String(status)}`);
    });
    call.on("timeout", () => call.destroy(new Error("no answer")));
    call.on("error", (error) => resolve(`cannot be reached (${error.message})`));
    call.end();
  });
}
