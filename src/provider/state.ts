import { toPrintable } from "../http/redact";
import { isRecord, type Props } from "../fields/values";

/**
 * What leaves the provider, made plain JSON. The engine's wire format knows nothing else: a Date, a
 * Map, a bigint or an `undefined` would fail only after the remote change was made.
 */
export function toState(props: Props): Record<string, unknown> {
  const plain = toJson(props);
  return isRecord(plain) ? plain : {};
}

function toJson(value: unknown): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return Array.from(value, (entry) => toJson(entry) ?? null);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Map) {
    const entries = [...value].filter(([key]) => typeof key === "string");
    return toJson(Object.fromEntries(entries));
  }
  if (value instanceof Set) return toJson([...value]);
  if (!isRecord(value)) return undefined;
  const plain: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    const inner = toJson(entry);
    // Assigned as an own property, "__proto__" would become the object's prototype instead.
    if (inner !== undefined && key !== "__proto__") plain[key] = inner;
  }
  return plain;
}

/** An error for the user. The SDK prints `stack` too where there is one, so there is none. */
export class UserError extends Error {
  constructor(message: string) {
    super(toPrintable(message));
    this.name = "Error";
    withoutStack(this);
  }

  override toString(): string {
    return this.message;
  }
}

/**
 * Thrown once the id is known: the engine saves the resource with `properties`, shows `reasons`,
 * and calls update at the next `up`.
 */
export class PartialFailure extends UserError {
  readonly id: string;
  readonly reasons: string[];
  readonly properties: Record<string, unknown>;

  constructor(id: string, reason: string, properties: Props) {
    super(reason);
    this.id = id;
    this.reasons = [this.message];
    this.properties = toState(properties);
  }
}

function withoutStack(error: Error): void {
  Object.defineProperty(error, "stack", {
    value: "",
    writable: true,
    configurable: true,
    enumerable: false,
  });
}
