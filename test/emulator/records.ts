import { isJsonObject, type JsonObject, type JsonValue } from "../contract/json";

/**
 * A record that was kept as JSON, made whole by one that was just made: what the kept one does not
 * have, such as a field that came later, it takes from there.
 */
export function revived<T extends object>(kept: JsonObject, fresh: T): T {
  const whole: unknown = { ...fresh, ...kept };
  if (isLike(whole, fresh)) return whole;
  throw new Error(`not a record like the emulator's: ${JSON.stringify(kept)}`);
}

/** The record as JSON has it: what is undefined is left out. */
export function keptRecord(record: object): JsonObject {
  const plain: JsonValue = toJson(record);
  return isJsonObject(plain) ? plain : {};
}

function toJson(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    return Object.fromEntries(entries.map(([key, entry]) => [key, toJson(entry)]));
  }
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  return null;
}

/** The same fields, of the same kinds; one that may be missing can be of any. */
function isLike<T extends object>(value: unknown, example: T): value is T {
  if (typeof value !== "object" || value === null) return false;
  const given = new Map<string, unknown>(Object.entries(value));
  return Object.entries(example).every(([key, wanted]: [string, unknown]) => {
    const field = given.get(key);
    return wanted === undefined || wanted === null || kindOf(field) === kindOf(wanted);
  });
}

const kindOf = (value: unknown) => (Array.isArray(value) ? "list" : typeof value);
