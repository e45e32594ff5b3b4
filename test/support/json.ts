// Readers for JSON of which nothing is known yet: they either give a typed value or say what is wrong.

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function parseRecord(text: string, what: string): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${what} is not JSON:\n${text}`);
  }
  return toRecord(value, what);
}

export function toRecord(value: unknown, what: string): JsonRecord {
  if (!isRecord(value)) throw new Error(`${what} is not an object: ${JSON.stringify(value)}`);
  return value;
}

/** The record at a path of keys, or an empty one. */
export function recordAt(value: unknown, ...path: readonly string[]): JsonRecord {
  let current: unknown = value;
  for (const key of path) current = isRecord(current) ? current[key] : undefined;
  return isRecord(current) ? current : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function textsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

export function numbersOf(value: unknown): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [key, item] of Object.entries(recordAt(value))) {
    if (typeof item === "number") numbers[key] = item;
  }
  return numbers;
}
