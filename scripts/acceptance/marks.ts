import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isScalar, parseDocument } from "yaml";
import type { Platform } from "../../test/contract/contract";
import { repository } from "../../test/support/pack";

/** One place of a contract that says how well a fact is supported, with less than the documentation. */
export interface Mark {
  /** Where it stands, such as `components/schemas/Addon/properties/uid`. */
  readonly place: string;
  /** `x-evidence`, `evidence`, `status-evidence` …, or a list's own level. */
  readonly key: string;
  readonly level: string;
  /** Where the level stands in the text; a list of names by level has none. */
  readonly range?: readonly [start: number, end: number];
}

const levels = ["official-client", "official-sdk", "vendor-material", "third-party", "inferred"];
const explained = /^x-(?:evidence-legend|evidence-levels|sources)/u;

export const contractFile = (platform: Platform): string =>
  `test/contract/${platform}.openapi.yaml`;

export const contractText = (platform: Platform): string =>
  readFileSync(join(repository, contractFile(platform)), "utf8");

/** Every mark below `documented` of a contract, in the order in which they stand. */
export function marksOf(platform: Platform): Mark[] {
  const document = parseDocument(contractText(platform));
  const marks: Mark[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    const place = path.join("/");
    if (typeof value !== "object" || value === null || explained.test(place)) return;
    for (const [key, inner] of Object.entries({ ...value })) {
      const isLevel = typeof inner === "string" && levels.includes(inner);
      if (isLevel && /evidence$/iu.test(key)) {
        const scalar = document.getIn([...path, key], true);
        const [start, end] = (isScalar(scalar) ? scalar.range : undefined) ?? [];
        if (start === undefined || end === undefined) throw new Error(`nothing at ${place}`);
        marks.push({ place, key, level: inner, range: [start, end] });
      } else if (Array.isArray(inner) && levels.includes(key)) {
        for (const name of inner) marks.push({ place, key: String(name), level: key });
      } else visit(inner, [...path, key]);
    }
  };
  visit(document.toJS(), []);
  return marks;
}
