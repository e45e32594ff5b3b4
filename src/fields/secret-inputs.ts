import { maskSecrets, stringsIn } from "../http/redact";
import { secretPathsField } from "./common";
import type { FieldTable } from "./field";
import { isRecord, type Props, inspect } from "./values";

/** Characters of a text that may be shown. */
const mostRead = 1000;

/** The inputs whose values must not be shown: those of the table, and those that the user made secret. */
export class SecretInputs {
  private readonly paths: ReadonlySet<string>;
  private found: string[] | undefined;

  /** `sources`: new and old props; what was secret once stays unseen while it is compared with. */
  constructor(
    table: FieldTable<never>,
    private readonly sources: readonly Props[],
  ) {
    const always = Object.entries(table).filter(([, field]) => field.secret === true);
    const listed = sources.flatMap((props) => props[secretPathsField]);
    this.paths = new Set([
      ...always.map(([path]) => path),
      ...listed.filter((path) => typeof path === "string"),
    ]);
  }

  /** True for a secret input, what is inside it, and what contains it. */
  has(path: string): boolean {
    const plain = path.replace(/\[\d+\]/gu, "");
    return [...this.paths].some(
      (other) => other === plain || other.startsWith(`${plain}.`) || plain.startsWith(`${other}.`),
    );
  }

  /** A value in a message: what is secret in a text goes before it is cut, or a part would be left. */
  shown(value: unknown): string {
    return inspect(typeof value === "string" ? maskSecrets(value, this.values(), mostRead) : value);
  }

  /** Every text and number in them; the same list each time. */
  values(): readonly string[] {
    const paths = [...this.paths];
    this.found ??= this.sources.flatMap((props) =>
      paths.flatMap((path) => stringsIn(allAt(props, path.split(".")))),
    );
    return this.found;
  }
}

/** The values at a path that may lead through lists. */
function allAt(value: unknown, keys: readonly string[]): unknown[] {
  let found = [value];
  for (const key of keys) {
    found = entriesOf(found).flatMap((entry) =>
      isRecord(entry) && Object.hasOwn(entry, key) ? [entry[key]] : [],
    );
    if (found.length === 0) break;
  }
  return found;
}

/** What is in lists, and in lists of lists. */
function entriesOf(values: readonly unknown[]): unknown[] {
  const entries: unknown[] = [];
  const open = [...values];
  while (open.length > 0) {
    const next: unknown = open.pop();
    if (!Array.isArray(next)) entries.push(next);
    else for (const inner of next) open.push(inner);
  }
  return entries;
}
