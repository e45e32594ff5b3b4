import { truncate, sanitize } from "./redact";

/** What could be read from the body of an error answer. */
export interface ErrorBody {
  readonly said?: string;
  readonly details?: string;
  readonly reference?: string;
}

/** Characters of an error's id: what is longer is none. */
export const longestReference = 100;

/** What is deeper than this in an error body is nobody's message. */
const deepest = 5;

/**
 * Reads the error bodies of both platforms: `{error: "text"}`, `{errors: "text"}` or a list,
 * `{message}`, `{error: {message, id, details}}`; of anything else (HTML, nothing) it says nothing,
 * since a proxy's page helps nobody.
 */
export function readErrorBody(text: string, secrets: readonly string[]): ErrorBody {
  const outer = parse(text);
  if (!isRecord(outer)) return {};
  const inner = isRecord(outer.error) ? outer.error : {};
  const first = (...values: readonly unknown[]) =>
    values.map((value) => flat(value)).find((value) => value !== "");
  const shown = (value: string | undefined) =>
    value === undefined ? undefined : sanitize(value, secrets);
  const said = shown(
    first(inner.message, isRecord(outer.error) ? "" : outer.error, outer.errors, outer.message),
  );
  const details = shown(first(named(inner.details)));
  const reference = shown(first(inner.id, outer.request_id, outer.requestId));
  return {
    ...(said === undefined ? {} : { said }),
    ...(details === undefined ? {} : { details }),
    ...(reference === undefined ? {} : { reference: truncate(reference, longestReference) }),
  };
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.trim());
    return value;
  } catch {
    return undefined;
  }
}

/** `versions: 16.4, 17.2; plan: unknown`. */
function named(details: unknown): unknown {
  if (!isRecord(details)) return details;
  return Object.entries(details)
    .map(([key, entry]) => `${key}: ${flat(entry)}`)
    .join("; ");
}

function flat(value: unknown, depth = 0): string {
  if (depth > deepest) return "";
  if (typeof value === "string") return value.trim();
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) {
    return value
      .map((entry) => flat(entry, depth + 1))
      .filter((entry) => entry !== "")
      .join(", ");
  }
  if (!isRecord(value)) return "";
  return Object.entries(value)
    .map(([key, entry]) => `${key} ${flat(entry, depth + 1)}`)
    .join(", ");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
