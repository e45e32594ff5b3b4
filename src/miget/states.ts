/**
 * Miget's state words, as the vendor lists them; an open set. A word that is not here is waited for.
 */
const ready = new Set(["healthy", "bound", "running", "active"]);
/** A cluster whose replica catches up: the primary serves. Both spellings are sent. */
const degraded = new Set(["degraded", "degradated"]);
const failed = new Set(["failed", "failing", "crashloopbackoff", "lost", "problem"]);
const stopped = new Set(["stopped", "blocked"]);

export function isRunning(state: string): boolean {
  return ready.has(state) || degraded.has(state);
}

export function isFailed(state: string): boolean {
  return failed.has(state);
}

export function isStopped(state: string): boolean {
  return stopped.has(state);
}
