import { mkdirSync, readFileSync, statSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { clearInterval, setInterval } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";

// A holder touches its lock this often; one that has not been touched for the second time is dead.
// The process id alone would not do: ids are reused, and the folder may be shared between hosts.
const heartbeat = 5_000;
const abandoned = 120_000;
const pause = 200;

/**
 * Runs `work` while holding the lock file at `path`, waiting for another holder first.
 * `onWait` is told once who is being waited for.
 */
export async function withLock(path, work, onWait = () => {}) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!tryCreate(path)) {
    if (isStale(path)) {
      steal(path);
      continue;
    }
    if (!told) {
      told = true;
      onWait(holderOf(path)?.pid);
    }
    await sleep(pause);
  }
  const beat = setInterval(() => touch(path), heartbeat);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    remove(path);
  }
}

function tryCreate(path) {
  try {
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname() }), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function holderOf(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined; // gone meanwhile, or not written to the end yet
  }
}

function isStale(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  const holder = holderOf(path);
  if (holder?.host === hostname() && !isAlive(holder.pid)) return true;
  return Date.now() - stat.mtimeMs > abandoned;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

// Two waiters may see the same stale lock. Without the second file the slower one would remove the
// fresh lock of the quicker one.
function steal(path) {
  const guard = `${path}.steal`;
  if (!tryCreate(guard)) {
    const stat = statSync(guard, { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > 10_000) remove(guard);
    return;
  }
  try {
    if (isStale(path)) remove(path);
  } finally {
    remove(guard);
  }
}

function touch(path) {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // The folder was removed under us; the work itself will say what is wrong.
  }
}

function remove(path) {
  try {
    unlinkSync(path);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}
