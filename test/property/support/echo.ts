import fc from "fast-check";
import type { JsonValue } from "../../contract/json";
import type { Platform } from "../../contract/contract";
import type { Fault } from "../../emulator/index";

/** A spoilt answer; those with a status repeat what was sent. */
export interface Spoilt {
  readonly kind:
    | "status"
    | "status-after"
    | "reset-before"
    | "reset-after"
    | "html-502"
    | "truncated-json"
    | "empty-204";
  readonly status: number;
  readonly skip: number;
  readonly times: number;
  /** Characters before the echo, so that a cut may fall into it. */
  readonly before: number;
  readonly form: "text" | "message" | "list" | "url" | "json in json";
}

const spoilt: fc.Arbitrary<Spoilt> = fc.record({
  kind: fc.constantFrom<Spoilt["kind"]>(
    "status",
    "status",
    "status-after",
    "reset-before",
    "reset-after",
    "html-502",
    "truncated-json",
    "empty-204",
  ),
  status: fc.constantFrom(400, 401, 403, 404, 409, 422, 429, 500, 503),
  skip: fc.nat(6),
  times: fc.constantFrom(1, 1, 3, 50),
  before: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 600 }),
    fc.integer({ min: 3900, max: 4100 }),
  ),
  form: fc.constantFrom<Spoilt["form"]>("text", "message", "list", "url", "json in json"),
});

/** For each of three runs, the answers that are spoilt in it. */
export const anyFaults = fc.array(fc.array(spoilt, { maxLength: 2 }), {
  minLength: 3,
  maxLength: 3,
});

export function faultFor(
  platform: Platform,
  what: Spoilt,
  secrets: readonly string[],
  method?: string,
): Fault {
  const { kind, status, skip, times } = what;
  const target = { platform, skip, times, ...(method === undefined ? {} : { method }) };
  if (kind !== "status" && kind !== "status-after") return { ...target, kind };
  return { ...target, kind, status, body: bodyOf(what, secrets) };
}

function bodyOf({ before, form }: Spoilt, secrets: readonly string[]): JsonValue {
  const filler = "x ".repeat(before).slice(0, before);
  const text = `${filler}refused ${secrets.join(" and ")}.`;
  switch (form) {
    case "text":
      return text;
    case "message":
      return { error: { message: text, id: "req-1" } };
    case "list":
      return { errors: { name: secrets.map((secret) => `is ${secret}`), more: [filler, text] } };
    case "url":
      return { error: `${filler}postgres://u:${secrets.map(encodeURIComponent).join("")}@host/db` };
    case "json in json":
      return { error: `${filler}${JSON.stringify({ sent: secrets })}` };
  }
}
