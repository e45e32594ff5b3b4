import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A process that carries a marker in its environment. */
export interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

/**
 * The processes whose environment holds `NAME=value`. The engine gives its plugins process groups of
 * their own, and they outlive it when it is killed, so neither group nor parent finds them; what they
 * inherit does. On Windows nothing is found.
 */
export function processesMarked(name: string, value: string): MarkedProcess[] {
  const marker = `${name}=${value}`;
  if (process.platform === "linux") return fromProc(marker);
  if (process.platform === "win32") return [];
  const list = execFileSync("ps", ["eww", "-A", "-o", "pid=,command="], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return list
    .split("\n")
    .filter((line) => line.includes(marker))
    .map((line) => ({ pid: Number.parseInt(line, 10), command: line.replace(/^\s*\d+\s+/, "") }));
}

function fromProc(marker: string): MarkedProcess[] {
  const found: MarkedProcess[] = [];
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const environment = readFileSync(`/proc/${entry}/environ`, "utf8").split("\0");
      if (!environment.includes(marker)) continue;
      const command = readFileSync(`/proc/${entry}/cmdline`, "utf8").split("\0").join(" ").trim();
      found.push({ pid: Number(entry), command });
    } catch {
      // It ended meanwhile, or is somebody else's.
    }
  }
  return found;
}

/** Ends one process; that it has ended already is fine. */
export function endProcess(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone.
  }
}
