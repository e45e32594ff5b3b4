import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { EngineProject } from "../test/support/engine";

/** Milliseconds between two looks. */
const pause = 100;

/**
 * Watches the plugin process of a project's running command. On Linux the kernel keeps the peak of
 * its memory itself; elsewhere the largest of the sizes that `ps` shows stands in for it, and
 * on Windows nothing is measured.
 */
export class PluginMemory {
  private peakKib = 0;
  private pid: number | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly project: EngineProject) {
    this.timer = setInterval(() => this.look(), pause);
  }

  /** MiB; 0 where no plugin process was seen. */
  stop(): number {
    clearInterval(this.timer);
    return this.peakKib / 1024;
  }

  private look(): void {
    // The language host asks another process where the plugin is, which looks like it and soon ends.
    this.pid ??= this.project.pluginProcesses().at(-1)?.pid;
    if (this.pid === undefined) return;
    const memory = memoryOf(this.pid);
    if (memory === undefined) this.pid = undefined;
    else this.peakKib = Math.max(this.peakKib, memory);
  }
}

/** KiB; undefined once the process has ended. */
function memoryOf(pid: number): number | undefined {
  try {
    if (process.platform === "linux") {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const peak = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
      // One that has ended and was not yet collected has no memory any more.
      return peak === undefined ? undefined : Number(peak);
    }
    return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return undefined;
  }
}
