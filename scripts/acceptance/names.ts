/** What every name begins with that a run gives, and no other: `--sweep` goes by it. */
export const prefix = "paas-acceptance";
const made = new RegExp(`^${prefix}-\\d{6}-\\d{6}-[a-z0-9-]+$`, "u");

/** The beginning of the names of one run, such as `paas-acceptance-261128-233015`. */
export function runName(now: Date): string {
  const [date = "", time = ""] = now.toISOString().replace(/[-:]/gu, "").slice(2, 15).split("T");
  return `${prefix}-${date}-${time}`;
}

/** Whether a run gave this name; Miget adds a suffix to it. */
export function isOurs(name: unknown, run?: string): boolean {
  if (typeof name !== "string" || !made.test(name)) return false;
  return run === undefined || name.startsWith(`${run}-`);
}
