import { fields as migetFields } from "../../src/miget/fields";
import { fields as northflankFields } from "../../src/northflank/fields";
import type { Subject } from "./fields-subject";

/** What a field table says of an input, as far as it matters here. */
interface Row {
  readonly change: string;
  readonly types?: readonly string[];
  readonly replaceWhen?: unknown;
  readonly observe?: unknown;
}

const tables: Readonly<Record<Subject["class"], Readonly<Record<string, Row>>>> = {
  MigetAddon: migetFields,
  NorthflankAddon: northflankFields,
};

/** What must be shown of an add-on type. */
export interface Duties {
  readonly updated: string[];
  readonly replaced: string[];
  readonly drifting: string[];
}

/**
 * What cannot come to differ elsewhere: its own names, what a volume's service decides, and former
 * passwords, which only a rotation has.
 */
const steady = ["type", "name", "keepOldPassword"];

/**
 * What the emulated platforms do not state although it would be understood if they did: Miget's
 * nodes, and settings of Northflank's databases but for these.
 */
const unstated = (path: string) =>
  path === "instances" ||
  (path.startsWith("typeSpecificSettings.") && !/(?:Supabase|Edb)Mode$/u.test(path));

/** By the field table: every input of the type, with what a change of it means. */
export function dutiesOf(kind: Subject["class"], type: string): Duties {
  const rows = Object.entries(tables[kind]).filter(([path, row]) => applies(path, row, type));
  const fixed = (path: string) => path === "tlsEnabled" && type === "mysql";
  const pick = (wanted: (path: string, row: Row) => boolean) =>
    rows.flatMap(([path, row]) => (wanted(path, row) ? [path] : [])).sort();
  return {
    updated: pick((path, { change }) => change === "update" && !fixed(path)),
    replaced: pick(
      (path, { change, replaceWhen }) =>
        change === "replace" ||
        (replaceWhen !== undefined && (path !== "tlsEnabled" || fixed(path))),
    ),
    drifting: pick(
      (path, { observe }) => observe !== undefined && !steady.includes(path) && !unstated(path),
    ),
  };
}

function applies(path: string, { types }: Row, type: string): boolean {
  if (types !== undefined) return types.includes(type);
  const [group, setting] = path.split(".");
  return group !== "typeSpecificSettings" || setting?.startsWith(type) === true;
}

/** The same by the table of the add-ons. */
export function shownOf(subjects: readonly Subject[]): Duties {
  const paths = (flats: readonly object[]) =>
    [...new Set(flats.flatMap((flat) => Object.keys(flat)))].sort();
  return {
    updated: paths(subjects.flatMap(({ columns }) => columns)),
    replaced: paths(
      subjects.flatMap(({ replace, refuse, retype }) => [
        replace,
        refuse,
        "type" in retype ? { type: retype.type } : {},
      ]),
    ),
    drifting: paths(
      subjects.flatMap(({ drift, beyond, stop }) => [
        drift,
        beyond,
        stop === undefined ? {} : { paused: true },
      ]),
    ),
  };
}
