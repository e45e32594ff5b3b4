/** The three numbers of a version; undefined for any other text. A pre-release counts as its version. */
export function numbersOf(version: string): readonly [number, number, number] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/u.exec(version.trim());
  if (match === null) return undefined;
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Whether a version is at least another; undefined where one of them is none. */
export function isAtLeast(version: string, least: string): boolean | undefined {
  const [have, want] = [numbersOf(version), numbersOf(least)];
  if (have === undefined || want === undefined) return undefined;
  const index = want.findIndex((number, position) => have[position] !== number);
  return index < 0 || (have[index] ?? 0) > (want[index] ?? 0);
}

/** Whether a version is at least another and of the same major, as the range `^3.216.0` says. */
export function isWithin(version: string, least: string): boolean | undefined {
  return numbersOf(version)?.[0] === numbersOf(least)?.[0] && isAtLeast(version, least);
}
