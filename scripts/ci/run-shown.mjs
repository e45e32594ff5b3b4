import { spawn } from "node:child_process";
import { clearTimeout, setTimeout } from "node:timers";

/** Runs a command with its output shown as it comes, and returns exit code and output. */
export function runShown([file, ...args], { cwd, limit }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    const timer = setTimeout(() => {
      console.log(`took over ${limit / 1000} s, given up`);
      // npm passes this one on to what it has started.
      child.kill("SIGTERM");
    }, limit);
    const show = (stream) => (chunk) => {
      output += chunk;
      stream.write(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", show(process.stdout));
    child.stderr.setEncoding("utf8").on("data", show(process.stderr));
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    // A process left behind by a command may keep the pipes open for ever; some output may be lost.
    child.on("exit", (code) => {
      clearTimeout(timer);
      const settle = () => resolve({ code: code ?? 1, output });
      setTimeout(settle, 5_000).unref();
      child.once("close", settle);
    });
  });
}
