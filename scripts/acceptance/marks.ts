import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isScalar, parseDocument, visit } from "yaml";
import type { Platform } from "../../test/contract/contract";
import { repository } from "../../test/support/pack";

/** One place of a contract that says how well a fact is supported, with less than the documentation. */
export interface Mark {
  readonly platform: Platform;
  /** Where it stands, such as `components/schemas/Addon/properties/uid`. */
  readonly place: string;
  /** `x-evidence`, `evidence`, `status-evidence` … */
  readonly key: string;
  readonly level: string;
  /** Where the level stands in the text. */
  readonly range: readonly [start: number, end: number];
}

const weak = new Set([
  "official-client",
  "official-sdk",
  "vendor-material",
  "third-party",
  "inferred",
]);
const explained = /^x-(?:evidence-legend|evidence-levels|sources)/u;

export const contractFile = (platform: Platform): string =>
  `test/contract/${platform}.openapi.yaml`;

export const contractText = (platform: Platform): string =>
  readFileSync(join(repository, contractFile(platform)), "utf8");

/** Every mark below `documented` of a contract, in the order in which they stand. */
export function marksOf(platform: Platform, text = contractText(platform)): Mark[] {
  const marks: Mark[] = [];
  visit(parseDocument(text), {
    Pair(_index, pair, ancestors) {
      const { key, value } = pair;
      if (!isScalar(key) || !isScalar(value)) return;
      const name = String(key.value);
      const level = String(value.value);
      if (!/evidence$/iu.test(name) || !weak.has(level) || !value.range) return;
      const place = placeOf(ancestors);
      if (explained.test(place)) return;
      marks.push({ platform, place, key: name, level, range: [value.range[0], value.range[1]] });
    },
  });
  return marks;
}

function placeOf(ancestors: readonly unknown[]): string {
  const parts: string[] = [];
  for (const [index, node] of ancestors.entries()) {
    if (isPairLike(node)) parts.push(String(node.key.value));
    else if (isListLike(node)) {
      const next = ancestors[index + 1];
      const at = node.items.indexOf(next);
      if (at >= 0 && !isPairLike(next)) parts.push(String(at));
    }
  }
  return parts.join("/");
}

const isPairLike = (node: unknown): node is { key: { value: unknown } } =>
  typeof node === "object" && node !== null && "key" in node && isScalar(node.key);

const isListLike = (node: unknown): node is { items: unknown[] } =>
  typeof node === "object" && node !== null && "items" in node && Array.isArray(node.items);

/** Marks that no run settles, by their place, and why. */
export const notAsked: readonly (readonly [place: RegExp, reason: string])[] = [
  [
    /^x-conventions\/(?:pagination|idempotency|placement)$/u,
    "a rule for clients, or the absence of something",
  ],
  [/^x-lifecycle(?:\/unknown-value|\/polling)?$/u, "a rule for clients"],
  [/^x-(?:retry-classes|rate-limit)$/u, "needs a request that is lost, or a thousand of them"],
  [/x-side-effects\/[12]$/u, "depends on the variables that the app has beforehand"],
  [/\/x-defaults$/u, "a run always says what it wants, to stay cheap"],
  [/\/components\/headers|^components\/headers/u, "needs an exhausted rate limit"],
];
