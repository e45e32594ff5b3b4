/**
 * Northflank's versions: exact ones (`16.4`) and selectors (`latest`, `16-latest`, `16.4-latest`)
 * that the platform resolves to an exact one.
 */

/** The numbers of an exact version; undefined for anything else. */
function numbersOf(version: string): number[] | undefined {
  return /^\d+(?:\.\d+)*$/u.test(version) ? version.split(".").map(Number) : undefined;
}

/** What a selector asks for at least: `[16]` for `16-latest`, `[]` for `latest`; exact ones themselves. */
function wanted(
  version: string,
): { readonly numbers: readonly number[]; readonly exact: boolean } | undefined {
  if (version === "latest") return { numbers: [], exact: false };
  const selector = /^(\d+(?:\.\d+)*)-latest$/u.exec(version)?.[1];
  const numbers = numbersOf(selector ?? version);
  return numbers === undefined ? undefined : { numbers, exact: selector === undefined };
}

export function isSelector(version: string): boolean {
  return wanted(version)?.exact === false;
}

/** Whether an exact version is one that the version or selector stands for. */
export function satisfies(exact: string, version: string): boolean {
  if (exact === version) return true;
  const want = wanted(version);
  const have = numbersOf(exact);
  if (want === undefined || have === undefined || want.exact) return false;
  return want.numbers.every((number, index) => have[index] === number);
}

/** Below 0 if `a` is lower than `b`, as far as both say; undefined where that cannot be told. */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [wanted(a)?.numbers, wanted(b)?.numbers];
  if (left === undefined || right === undefined) return undefined;
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The newest of the versions that satisfy the wanted one. */
export function bestMatch(offered: readonly string[], version: string): string | undefined {
  return offered
    .filter((candidate) => satisfies(candidate, version))
    .reduce<string | undefined>(
      (best, candidate) =>
        best === undefined || (compareVersions(candidate, best) ?? 0) > 0 ? candidate : best,
      undefined,
    );
}

/** The version on offer that is nearest in order: the same major if there is one, else the next to it. */
export function nearestVersion(offered: readonly string[], version: string): string | undefined {
  const want = wanted(version)?.numbers;
  if (want === undefined) return undefined;
  const distance = (candidate: string) =>
    wanted(candidate)?.numbers.map((number, index) => Math.abs(number - (want[index] ?? 0)));
  return offered
    .flatMap((candidate) => {
      const far = distance(candidate);
      return far === undefined ? [] : [{ candidate, far }];
    })
    .sort((a, b) => compareLists(a.far, b.far))[0]?.candidate;
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, place) => value !== b[place]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
