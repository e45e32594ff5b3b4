import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { timeLimit, type TimedOperation } from "../../src/fields/common";
import { type FieldTable, stepOf } from "../../src/fields/field";
import type { RemoteAddon, Goal, Phase, AddonKind } from "../../src/provider/kind";
import type { ResourceKind } from "../../src/program/resource";
import { bullets, code, list, table } from "./table";

const phases: Readonly<Record<Phase, string>> = {
  ready: "what is waited for",
  working: "waited out",
  unusable: "fails at once",
  leaving: "fails at once: it is being deleted",
};

/** A word that no platform has. */
const unheard = "unheard of";

/** Every state that the platform's file has a word for, and what the wait makes of it. */
export function stateTable<E extends RemoteAddon>(platform: AddonKind<E>, file: string): string {
  const phase = (state: string, goal: Goal) =>
    phases[platform.phase({ key: "", title: "", type: "", state }, goal)];
  const groups = new Map<string, { words: string[]; cells: string[] }>();
  for (const word of [...wordsIn(file), unheard]) {
    const cells = [phase(word, "running"), phase(word, "paused")];
    const key = word === unheard ? unheard : cells.join();
    const { words } = groups.get(key) ?? { words: [] };
    groups.set(key, { words: [...words, word], cells });
  }
  return table(
    ["State", "When it shall run", "When it shall be paused"],
    [...groups.values()].map(({ words, cells }) => [
      words.includes(unheard) ? "any other word" : words.map(code).join(", "),
      ...cells,
    ]),
  );
}

/** The texts in a source file, except those of its imports. */
function wordsIn(file: string): string[] {
  const text = readFileSync(join(__dirname, "../../src", file), "utf8");
  const words = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteral(node)) words.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return [...words];
}

/** The steps of an update in their order, by the inputs that each applies. */
export function stepList(fields: FieldTable<never>, steps: readonly string[]): string {
  const items = steps.map((step) => {
    const names = Object.entries(fields).flatMap(([path, field]) => {
      if (typeof field.step !== "function") return field.step === step ? [outermost(path)] : [];
      const value = [true, false].find((next) => stepOf(field, next) === step);
      return value === undefined ? [] : [`${code(path)} set to ${code(String(value))}`];
    });
    if (names.length === 0) throw new Error(`no input has the step ${step}`);
    return list([...new Set(names)]);
  });
  return items.map((item, index) => `${index + 1}. ${item}`).join("\n");
}

function outermost(path: string): string {
  return code(path.replace(/\..*$/u, ""));
}

/** What of a resource is secret whatever the program says. */
export function secretList({ secretInputs, secretOutputs }: ResourceKind): string {
  const inputs =
    secretInputs.length === 0
      ? "There are no inputs that are always secret."
      : `The inputs ${list(secretInputs.map(code))} are always secret, even when given as plain text.`;
  return bullets([
    `The outputs ${list(secretOutputs.map(code))} are always secret, with all that is in them.`,
    `${inputs} What the program makes secret itself stays so.`,
    "No message repeats a secret value. That such an input changed is said without the values.",
  ]);
}

const operations: readonly (readonly [TimedOperation, string])[] = [
  ["create", "`customTimeouts.create`"],
  ["update", "`customTimeouts.update`"],
  ["delete", "`customTimeouts.delete`"],
  ["read", "–"],
];

export function limitTable(): string {
  return table(
    ["Operation", "Limit", "Resource option that sets it"],
    operations.map(([name, option]) => [name, `${timeLimit(name, {}) / 60_000} minutes`, option]),
  );
}
