import type { Phase } from "../provider/kind";

/**
 * Miget's state words, as the vendor lists them; an open set. One that is not here is pending. In a
 * degraded cluster a replica catches up while the primary serves; both spellings are sent.
 */
export const states: Readonly<Record<string, Phase>> = {
  healthy: "ready",
  bound: "ready",
  running: "ready",
  active: "ready",
  degraded: "ready",
  degradated: "ready",
  failed: "failed",
  failing: "failed",
  crashloopbackoff: "failed",
  lost: "failed",
  problem: "failed",
  stopped: "paused",
  blocked: "paused",
  deleting: "deleting",
};

export function phaseOf(state: string): Phase {
  return states[state.toLowerCase()] ?? "pending";
}
