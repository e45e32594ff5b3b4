import type { Emulator } from "../emulator/index";
import { recordAt, textOf, type JsonRecord } from "../support/json";
import { migetSubjects, otherApp } from "./fields-miget";
import { donorOf, northflankSubjects, otherProject } from "./fields-northflank";
import { declare, omit, type Facts, type Flat, type Subject } from "./fields-subject";
import type { Stack } from "./stack";

export const subjects = [...migetSubjects, ...northflankSubjects];
export const names = subjects.map(({ name }) => name);
export const columns = Math.max(...subjects.map((subject) => subject.columns.length));

/** The add-ons of the table, with the inputs that each of them has at present. */
export class Life {
  private readonly now = new Map(subjects.map((subject) => [subject.name, subject.base]));

  constructor(private readonly stack: Stack) {
    const { miget, northflank } = stack.emulator;
    miget.addApp(otherApp);
    northflank.addProject(otherProject);
    for (const { type } of northflankSubjects) {
      const { name, backup } = donorOf(type);
      northflank.seed({ name, type, version: "latest" });
      northflank.addBackup(name, { name: backup });
    }
  }

  get emulator(): Emulator {
    return this.stack.emulator;
  }

  inputs({ name }: Subject): Flat {
    return this.now.get(name) ?? {};
  }

  /** Changes inputs of each add-on for good, and declares them all. */
  becomes(changes: (subject: Subject) => Flat): void {
    for (const subject of subjects) this.put(subject, changes(subject));
    this.stack.declare(subjects.map((subject) => declare(subject, this.inputs(subject))));
  }

  /** Declares the add-ons as they are, but for one of them. */
  supposes(different: Subject, changes: Flat): void {
    const inputs = (subject: Subject) => ({
      ...this.inputs(subject),
      ...(subject === different ? changes : {}),
    });
    this.stack.declare(subjects.map((subject) => declare(subject, inputs(subject))));
  }

  /** Takes out inputs that the type which it becomes does not have. */
  retire(subject: Subject): void {
    this.now.set(subject.name, omit(this.inputs(subject), ...subject.retired));
  }

  facts(subject: Subject): Facts {
    return subject.facts(this.emulator, this.inputs(subject));
  }

  /** The add-ons on both platforms, those left out that others only start from. */
  count(): number {
    const { miget, northflank } = this.emulator;
    return miget.addons().length + northflank.addons().length - northflankSubjects.length;
  }

  private put(subject: Subject, changes: Flat): void {
    this.now.set(subject.name, { ...this.inputs(subject), ...changes });
  }
}

export function passwordIn(outputs: JsonRecord, { name }: Subject): string {
  return textOf(recordAt(outputs[`${name}.connection`]).password);
}

/** What the engine does with add-ons that something is done to, and with the others. */
export function expected(
  changes: (subject: Subject) => Flat,
  change: readonly string[],
  none: readonly string[] = ["same"],
): Record<string, string[]> {
  return Object.fromEntries(
    subjects.map((subject) => [
      subject.name,
      [...(Object.keys(changes(subject)).length > 0 ? change : none)],
    ]),
  );
}
