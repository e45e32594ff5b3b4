import { stringsAt, type JsonObject } from "../../contract/json";

const numbers = (version: string): number[] => version.split(".").map(Number);

const part = (version: string, index: number): number => numbers(version)[index] ?? 0;

export function compareVersions(left: string, right: string): number {
  for (let index = 0; index < 4; index += 1) {
    const difference = part(left, index) - part(right, index);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const versionsOf = (type: JsonObject): string[] =>
  stringsAt(type, "versions").sort((left, right) => compareVersions(right, left));

/** The exact version that an input means: itself, or the newest that a selector allows. */
export function resolveVersion(wanted: string, versions: readonly string[]): string | undefined {
  if (versions.includes(wanted)) return wanted;
  if (wanted === "latest") return versions[0];
  const prefix = /^([\d.]+)-latest$/.exec(wanted)?.[1];
  if (prefix === undefined) return undefined;
  return versions.find((version) => version === prefix || version.startsWith(`${prefix}.`));
}

export function upgradeType(from: string, to: string): "major" | "minor" | "patch" {
  if (part(from, 0) !== part(to, 0)) return "major";
  return part(from, 1) === part(to, 1) ? "patch" : "minor";
}

/** Newer versions on offer; of the newer majors the next one only. */
export function upgradesFrom(version: string, versions: readonly string[]): string[] {
  const newer = versions.filter((candidate) => compareVersions(candidate, version) > 0);
  const major = part(version, 0);
  const newerMajors = newer.map((candidate) => part(candidate, 0)).filter((each) => each > major);
  const next = Math.min(...newerMajors);
  return newer.filter((candidate) => [major, next].includes(part(candidate, 0)));
}
