import { stringsIn } from "../http/redact";
import { secretPathsField } from "./common";
import type { FieldTable } from "./fields";
import { isRecord, type Props } from "./values";

/** The inputs whose values must not be shown: those of the table, and those that the user made secret. */
export class SecretInputs {
  private readonly paths: ReadonlySet<string>;

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

  /** Every text and number in them. */
  values(): string[] {
    const paths = [...this.paths];
    return this.sources.flatMap((props) =>
      paths.flatMap((path) => stringsIn(allAt(props, path.split(".")))),
    );
  }
}

/** The values at a path that may lead through lists. */
function allAt(value: unknown, keys: readonly string[]): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(value)) return value.map((entry) => allAt(entry, keys));
  return isRecord(value) && Object.hasOwn(value, key) ? allAt(value[key], rest) : undefined;
}
