/**
 * Northflank's statuses, of which 16 are documented; the list is open. A word that is not here is
 * waited for.
 */
const failed = new Set(["failed", "error", "errorAllocating"]);
const leaving = new Set(["deleting", "deleted"]);
/** A backup runs beside a database that serves. */
const serving = new Set(["running", "backup"]);

export function isServing(status: string): boolean {
  return serving.has(status);
}

export function isPaused(status: string): boolean {
  return status === "paused";
}

export function isFailed(status: string): boolean {
  return failed.has(status);
}

export function isLeaving(status: string): boolean {
  return leaving.has(status);
}
