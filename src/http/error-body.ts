import { redact } from "./redact";

/** What could be read from the body of an error answer. */
export interface ErrorBody {
  readonly said?: string;
  readonly details?: string;
  readonly reference?: string;
}

/**
 * Reads the error bodies of both platforms: `{error: "text"}`, `{errors: "text"}` or a list,
 * `{message}`, `{error: {message, id, details}}`; of anything else (HTML, nothing) it says nothing,
 * since a proxy's page helps nobody.
 */
export function readErrorBody(text: string, secrets: readonly string[]): ErrorBody {
  const body = parse(text);
  if (!isRecord(body)) return {};
  const error = body.error;
  if (isRecord(error)) {
    return compact({
      said: line(error.message, secrets),
      details: detailsLine(error.details, secrets),
      reference: line(error.id, secrets),
    });
  }
  return compact({
    said: line(error, secrets) ?? line(body.errors, secrets) ?? line(body.message, secrets),
    reference: line(body.request_id ?? body.requestId, secrets),
  });
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function line(value: unknown, secrets: readonly string[]): string | undefined {
  const text = flat(value);
  return text === "" ? undefined : redact(text, secrets);
}

function detailsLine(value: unknown, secrets: readonly string[]): string | undefined {
  if (!isRecord(value)) return line(value, secrets);
  const parts = Object.entries(value).map(([key, entry]) => `${key}: ${flat(entry)}`);
  return parts.length === 0 ? undefined : redact(parts.join("; "), secrets);
}

function flat(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(flat).filter(Boolean).join(", ");
  if (isRecord(value)) {
    return Object.entries(value)
      .map(([key, entry]) => `${key} ${flat(entry)}`)
      .join(", ");
  }
  return "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function compact(
  body:
    | Record<keyof ErrorBody, string | undefined>
    | Partial<Record<keyof ErrorBody, string | undefined>>,
): ErrorBody {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
