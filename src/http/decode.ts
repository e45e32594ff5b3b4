import type * as t from "io-ts";
import { truncate } from "./redact";

/** Characters of a key in a message. */
export const longestKey = 60;

/**
 * The fields that did not decode and what was expected there, without their values: an answer may
 * hold secrets.
 */
export function fieldsOf(errors: t.Errors, most = 3): string {
  const texts = new Map<string, string>();
  for (const error of errors) {
    const path = pathOf(error.context);
    const last = error.context[error.context.length - 1];
    if (!texts.has(path))
      texts.set(path, error.message ?? `expected ${shortName(last?.type.name)}`);
  }
  const all = [...texts].map(([path, text]) => `${path === "" ? "the body" : path} (${text})`);
  return all.length > most
    ? `${all.slice(0, most).join(", ")} and ${all.length - most} more`
    : all.join(", ");
}

/** `spec.config.deployment` or `addons[2].id`; the numbers that io-ts gives unions are left out. */
export function pathOf(context: t.Context): string {
  let path = "";
  context.forEach((entry, index) => {
    if (index === 0 || entry.key === "") return;
    const parent = context[index - 1];
    if (parent !== undefined && isCombinator(parent.type)) return;
    const key = truncate(entry.key, longestKey);
    path += /^\d+$/u.test(key) ? `[${key}]` : path === "" ? key : `.${key}`;
  });
  return path;
}

function isCombinator(type: t.Decoder<unknown, unknown>): boolean {
  const tag = "_tag" in type ? type._tag : undefined;
  return tag === "UnionType" || tag === "IntersectionType";
}

/** io-ts names what has no name of its own by its whole structure. */
function shortName(name = ""): string {
  return name.length <= 40 && name !== "" ? name : "another shape";
}
