import { check, type Checked } from "../../../src/provider/check";
import { diff, type Diff } from "../../../src/provider/diff";
import type { FieldTable } from "../../../src/fields/field";
import type { Failure } from "../../../src/fields/field";
import { shapeOf } from "../../../src/fields/shape";
import { at, isRecord, type Props, withAt } from "../../../src/fields/values";
import { MigetKind } from "../../../src/miget/kind";
import { NorthflankKind } from "../../../src/northflank/kind";
import { contractOf, examples } from "../../contract/contract";

/** What a table says of a field, whatever entity it observes. */
export type Table = FieldTable<never>;

/** One platform with its real table and rules, as check and diff use it. */
export interface Checks {
  readonly title: "Miget" | "Northflank";
  readonly table: Table;
  readonly check: (news: Props, olds?: Props) => Checked;
  readonly diff: (olds: Props, news: Props) => Diff;
  /** Inputs of a program, translated from the create bodies that the contract shows. */
  readonly programs: readonly (readonly [string, Props])[];
}

/**
 * Left out are the two bodies that the documented page accepts and the server does not: one with
 * the fields of every type, and one without label and version.
 */
const refusedInPractice = ["documentedEveryField", "documentedMinimum"];

const nothing = () => undefined;

const miget = new MigetKind();
const northflank = new NorthflankKind();

export const migetChecks: Checks = {
  title: "Miget",
  table: miget.fields,
  check: (news, olds = {}) => check(miget, olds, news, nothing),
  diff: (olds, news) => diff(miget.fields, { connection: {}, ...olds }, news),
  programs: programsOf("miget", miget.fields, {
    appUuid: "00000000-0000-4000-8000-00000000a990",
  }),
};

export const northflankChecks: Checks = {
  title: "Northflank",
  table: northflank.fields,
  check: (news, olds = {}) => check(northflank, olds, news, nothing),
  diff: (olds, news) => diff(northflank.fields, { connection: {}, ...olds }, news),
  programs: programsOf("northflank", northflank.fields, { projectId: "demo-project" }),
};

export const both: readonly Checks[] = [migetChecks, northflankChecks];

/** The inputs of a program that would send this create body. */
export function inputsFrom(table: Table, body: Props): Props {
  return Object.entries(table).reduce<Props>((inputs, [path, field]) => {
    const value = field.api === undefined ? undefined : at(body, field.api);
    if (value === undefined) return inputs;
    const isSwitch = shapeOf(field.codec).type === "boolean" && typeof value === "string";
    return withAt(inputs, path, isSwitch ? value === "1" : value);
  }, {});
}

function programsOf(
  platform: "miget" | "northflank",
  table: Table,
  scope: Props,
): (readonly [string, Props])[] {
  return examples(contractOf(platform)).flatMap(({ operationId, direction, name, value }) => {
    const isCreate = operationId === "createAddon" && direction === "request";
    if (!isCreate || refusedInPractice.includes(name) || !isRecord(value)) return [];
    return [[name, { ...scope, ...inputsFrom(table, value) }] as const];
  });
}

/** The program of that name. */
export function program({ programs }: Checks, name: string): Props {
  const found = programs.find(([title]) => title === name);
  if (found === undefined) throw new Error(`the contract has no create example ${name}`);
  return found[1];
}

/** `property: reason` of each failure, sorted: what a user gets to read. */
export function said(failures: readonly Failure[]): string[] {
  return failures.map(({ property, reason }) => `${property}: ${reason}`).sort();
}

/** The failure of one property; fails the test where there is none or more. */
export function onlyFailure({ failures }: Checked): Failure {
  const [only, ...others] = failures;
  if (only === undefined || others.length > 0) {
    throw new Error(`expected one failure, got ${JSON.stringify(said(failures))}`);
  }
  return only;
}
