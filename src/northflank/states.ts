import type { Phase } from "../provider/kind";

/**
 * Northflank's statuses, of which 16 are documented; the list is open. One that is not here is pending.
 * A backup runs beside a database that serves.
 */
export const states: Readonly<Record<string, Phase>> = {
  running: "ready",
  backup: "ready",
  paused: "paused",
  failed: "failed",
  error: "failed",
  errorAllocating: "failed",
  deleting: "deleting",
  deleted: "deleting",
};

/** Of a rotation: true once it has new credentials, until it is finalised. */
export function isFormerValid(status: string | undefined): boolean {
  return status === "rotated" || status === "finalise-failed";
}
