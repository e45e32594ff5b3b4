import { timeLimit, type TimedOperation } from "../../src/fields/common";
import { type FieldTable, stepOf } from "../../src/fields/field";
import type { Phase, Step } from "../../src/provider/kind";
import type { ResourceRows } from "../../src/fields/resource";
import { namesOf } from "./program";
import { bullets, code, list, table } from "./table";

const phases: Readonly<Record<Phase, string>> = {
  ready: "what is waited for",
  paused: "what is waited for where the add-on is to be paused",
  pending: "waited out",
  failed: "fails at once, unless there is a change to send that may help",
  deleting: "fails at once: it is being deleted",
};

/** Every state that the platform has a word for, and what the wait makes of it. */
export function stateTable(states: Readonly<Record<string, Phase>>): string {
  const rows = Object.entries(phases).map(([phase, meaning]) => {
    const words = Object.keys(states).filter((word) => states[word] === phase);
    return [phase === "pending" ? "any other word" : words.map(code).join(", "), meaning];
  });
  return table(["State", "Meaning"], rows);
}

/** The steps of an update in their order, by the inputs that each applies. */
export function stepList(fields: FieldTable<never>, steps: readonly Step[]): string {
  const items = steps.map(({ name: step }) => {
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
export function secretList(rows: ResourceRows<never>): string {
  const { secretInputs, secretOutputs } = namesOf(rows);
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
