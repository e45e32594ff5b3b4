import { spawn } from "node:child_process";

/** Runs a command with its output shown; fails with the command's exit code in the message. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    // Nothing here may wait for an answer from a terminal that is not there.
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (code === 0) resolve();
      else
        reject(new Error(`${options.title ?? command} failed (${signal ?? `exit code ${code}`})`));
    });
  });
}
