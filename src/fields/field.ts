import type * as t from "io-ts";
import { at, isRecord, type Props, same } from "./values";

/** A broken rule about an input, for the user. */
export interface Failure {
  /** Dotted path of the input. */
  readonly property: string;
  /** What is wrong and what is accepted, to be read after the property's name. */
  readonly reason: string;
}

/**
 * One input of a resource, as one row of its platform's table. The row drives checking, encoding,
 * diffing, reading back and the documentation, so that a rule about a field has one home.
 */
export interface Field<E> {
  /** What it is, in a sentence, for the documentation. */
  readonly doc: string;
  /** Its type in the documentation: `"RWO" | "RWX"`, `number (MiB)`. */
  readonly type: string;
  readonly codec: t.Mixed;
  readonly required?: boolean;
  /** The add-on types that have it; all, where it is left out. */
  readonly types?: readonly string[];
  /** For the documentation: what holds where it is left out. */
  readonly defaultDoc?: string;
  /** Always secret, even when given as plain text. */
  readonly secret?: boolean;
  /** What a change means; `record`: an update of the state alone; `none`: not even that. */
  readonly change: "replace" | "update" | "record" | "none";
  /** Why this very change needs a replacement, for a field that can otherwise be updated. */
  readonly replaceWhen?: (change: FieldChange) => string | undefined;
  /** Why a change needs a replacement, for the refusal. */
  readonly replaceReason?: string;
  /**
   * What leaving it out means: it compares as this, and removing it sends this; null is the API's own
   * word for none. Without it the platform's value is left alone.
   */
  readonly whenRemoved?: unknown;
  /** Dotted path in the create body; without it the field is no part of that body. */
  readonly api?: string;
  /** Input to API value; identity without it. */
  readonly encode?: (value: unknown) => unknown;
  /** Which step of an update applies it, where that depends on the new value. */
  readonly step?: string | ((next: unknown) => string);
  /**
   * The input's value that the platform's answer states; undefined where it states none. `known`: the
   * inputs and outputs that the state has.
   */
  readonly observe?: (addon: E, declared: unknown, inputs: Props, known: Props) => unknown;
  /** True where an accepted change may take as long as the whole operation to be seen, as with an address. */
  readonly isSlow?: boolean;
  /** Whether two values mean the same to the platform; deep equality without it. */
  readonly same?: (a: unknown, b: unknown, change: FieldChange) => boolean;
}

export interface FieldChange {
  readonly old: unknown;
  readonly next: unknown;
  /** Old inputs in check, old outputs in diff and update. */
  readonly olds: Props;
  readonly news: Props;
}

export type FieldTable<E> = Readonly<Record<string, Field<E>>>;

/** The value that counts: what removing the input means, where it means something. */
export function effective<E>(field: Field<E>, value: unknown): unknown {
  return value ?? field.whenRemoved;
}

export function equalIn<E>(field: Field<E>, change: FieldChange): boolean {
  const old = effective(field, change.old);
  const next = effective(field, change.next);
  return same(old, next) || (field.same?.(old, next, change) ?? false);
}

/**
 * The body of a request, encoded. Of a creation: every input that is there. With `paths`, of a change:
 * these inputs, what leaving one out means in its place.
 */
export function encode<E>(table: FieldTable<E>, inputs: Props, paths?: readonly string[]): Props {
  const body: Record<string, unknown> = {};
  for (const path of paths ?? Object.keys(table)) {
    const field = table[path];
    if (field?.api === undefined) continue;
    const given = at(inputs, path);
    const value = paths === undefined ? given : effective(field, given);
    if (value === undefined) continue;
    put(body, field.api, field.encode === undefined ? value : field.encode(value));
  }
  return body;
}

function put(body: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? path;
  let parent = body;
  for (const key of keys) {
    const inner = parent[key];
    const next: Record<string, unknown> = isRecord(inner) ? inner : {};
    parent[key] = next;
    parent = next;
  }
  parent[last] = value;
}

/** The inputs that the platform's answer states, at their paths. */
export function observe<E>(
  table: FieldTable<E>,
  addon: E,
  declared: Props,
  known: Props = {},
): Map<string, unknown> {
  const seen = new Map<string, unknown>();
  for (const [path, field] of Object.entries(table)) {
    const value = field.observe?.(addon, at(declared, path), declared, known);
    if (value !== undefined && value !== null) seen.set(path, value);
  }
  return seen;
}

export function stepOf<E>(field: Field<E>, next: unknown): string | undefined {
  return typeof field.step === "function" ? field.step(next) : field.step;
}
