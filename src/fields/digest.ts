import { createHash } from "node:crypto";
import { isRecord } from "./values";

/** In place of a long value: enough to tell whether another one is the same. */
export const digestKey = "sha256OfInput";

/** True where one side is the digest of the other. */
export function isDigestOf(old: unknown, next: unknown): boolean {
  return isRecord(old) && typeof old[digestKey] === "string" && old[digestKey] === digestOf(next);
}

export function digestOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(value)))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, sorted(entry)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
