export type Props = Readonly<Record<string, unknown>>;

/** A resource as a program declares it. */
export interface Declared {
  readonly name: string;
  /** `miget` or `northflank`, in tests of the model anything. */
  readonly type: string;
  /** Name of the component that it is in. */
  readonly parent?: string | undefined;
  /** URNs. */
  readonly aliases: readonly string[];
  /** The provider resource; each has a plugin process of its own. */
  readonly provider: string;
  readonly args: Props;
  readonly deleteBeforeReplace?: boolean | undefined;
  readonly retainOnDelete?: boolean | undefined;
}

/** A resource as state has it. */
export interface Entry {
  urn: string;
  readonly type: string;
  provider: string;
  id: string;
  inputs: Props;
  /** As providers get them back: without marks. */
  outputs: Props;
  /** As they were answered, with the marks of secrets. */
  marked: Props;
  initErrors: readonly string[];
  retainOnDelete: boolean;
  /** The option \`customTimeouts\`. */
  limits?: unknown;
  /** Deleted already; its successor is still to be created. */
  pendingReplacement: boolean;
  /** Replaced by another one, and still to be deleted. */
  delete: boolean;
}

export interface Pending {
  readonly op: "creating" | "updating" | "deleting";
  readonly urn: string;
}

export class Stack {
  entries: Entry[] = [];
  /** Operations of which no end was saved. */
  pending: Pending[] = [];

  copy(): Stack {
    const copy = new Stack();
    copy.entries = this.entries.map((entry) => ({ ...entry }));
    copy.pending = [...this.pending];
    return copy;
  }

  find(urns: readonly string[]): Entry | undefined {
    for (const urn of urns) {
      const found = this.entries.find((entry) => entry.urn === urn && !entry.delete);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  remove(entry: Entry): void {
    this.entries = this.entries.filter((other) => other !== entry);
  }

  begin(op: Pending["op"], urn: string): Pending {
    const operation = { op, urn };
    this.pending.push(operation);
    return operation;
  }

  complete(operation: Pending): void {
    this.pending = this.pending.filter((other) => other !== operation);
  }
}

export function urnOf({ name, type, parent }: Pick<Declared, "name" | "type" | "parent">): string {
  const kind = `pulumi-nodejs:dynamic/${type}:Addon`;
  const path = parent === undefined ? kind : `walk:index:${parent}$${kind}`;
  return `urn:pulumi:dev::walk::${path}::${name}`;
}
