import * as t from "io-ts";

/**
 * What the plugin processes of one run of the engine tell each other: the default provider, each
 * explicit one, both doors. Entries are appended and never changed, so that no lock is needed: who
 * wants to delete or adopt writes that down before reading what the others wrote.
 */
export interface Journal {
  append(entry: Entry): void;
  entries(): readonly Entry[];
}

/** What tells an add-on from another of the same id, created after a deletion. */
const Origin = t.partial({ uid: t.string, createdAt: t.string });
export interface Origin {
  readonly uid?: string | undefined;
  /** ISO 8601. */
  readonly createdAt?: string | undefined;
}

/** Which add-on on which platform: its Pulumi id, and what tells it from an earlier one of that id. */
const AddonRef = t.intersection([t.type({ platform: t.string, id: t.string }), Origin]);
export type AddonRef = t.TypeOf<typeof AddonRef>;

/** check has seen a resource of the program. */
const Declared = t.type({
  kind: t.literal("declared"),
  urn: t.string,
  /** What it declares: a natural key, or the id that it adopts. */
  keys: t.array(t.string),
  isNew: t.boolean,
  /** Whether it takes an existing add-on over. */
  adopts: t.boolean,
  /** Whether the add-on of its own former state may be deleted to replace it. */
  mayReplace: t.boolean,
});

/** A resource has the add-on: it created or adopted it, or an update, diff or read has shown it. */
const Held = t.type({
  kind: t.literal("held"),
  addon: AddonRef,
  /** Empty in the state of releases that had no marks. */
  mark: t.string,
  urn: t.string,
  how: t.union([t.literal("created"), t.literal("adopted"), t.literal("seen")]),
});

/** An add-on with the same name as a resource that is to be created. */
const Blocking = t.type({ kind: t.literal("blocking"), addon: AddonRef, urn: t.string });

/** A deletion begins, or has ended: the resource `left`, or keeps what it has. */
const Deletion = t.type({
  kind: t.union([t.literal("deleting"), t.literal("kept"), t.literal("left")]),
  addon: AddonRef,
  mark: t.string,
});

export const Entry = t.union([Declared, Held, Blocking, Deletion]);
export type Entry = t.TypeOf<typeof Entry>;

/** One of a single process. */
export function memoryJournal(): Journal {
  const entries: Entry[] = [];
  return {
    append: (entry) => {
      entries.push(entry);
    },
    entries: () => entries,
  };
}
