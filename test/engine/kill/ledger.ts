import type { Emulator } from "../../emulator/index";

/** What may happen to the add-ons at present. */
export interface Leave {
  /** May come into being, once each. */
  readonly born: readonly string[];
  /** May end, if they are there already. */
  readonly ended: readonly string[];
}

/**
 * Keeps account of every database that has ever been on the platforms: which one came into being
 * under a name, how often, and which ones went. It looks at the platforms themselves, not at what
 * the provider says or the state holds.
 */
export class Ledger {
  /** What went wrong, in words; the two lists count databases. */
  readonly lost: string[] = [];
  readonly duplicated: string[] = [];
  private leave: Leave = { born: [], ended: [] };
  private births = new Map<string, number>();
  private mortal = new Set<string>();
  /** Names by identity. */
  private readonly known = new Map<string, string>();
  private readonly seen = new Set<string>();

  constructor(
    private readonly emulator: Emulator,
    private readonly names: readonly string[],
  ) {}

  /** From now on only this may happen. */
  allow(leave: Leave): void {
    this.look();
    this.leave = leave;
    this.births = new Map();
    const alive = this.alive();
    this.mortal = new Set(leave.ended.flatMap((name) => alive.get(name) ?? []));
  }

  /** The identities of the add-ons that are there, and not being deleted, by name. */
  alive(): Map<string, string[]> {
    const all = new Map<string, string[]>();
    const add = (name: string, identity: string) => {
      all.set(name, [...(all.get(name) ?? []), identity]);
    };
    const { miget, northflank } = this.emulator;
    // The platform puts a suffix after the name that it was given.
    for (const { name, uuid } of miget.addons()) add(name.replace(/-[a-z]{5}$/u, ""), uuid);
    for (const { id, uid, status } of northflank.addons()) {
      if (status !== "deleting") add(id, uid);
    }
    return all;
  }

  /** To be called whenever something may have changed. */
  look(): void {
    const alive = this.alive();
    for (const [name, identities] of alive) {
      for (const identity of identities) this.account(name, identity);
      if (identities.length > 1) this.report(`${name} is there ${identities.length} times`);
    }
    for (const [identity, name] of this.known) {
      if (alive.get(name)?.includes(identity) === true) continue;
      this.known.delete(identity);
      if (!this.mortal.has(identity)) this.lost.push(`${name} (${identity}) is gone`);
    }
  }

  /** A database that was not there before must be one that may come into being, and the first. */
  private account(name: string, identity: string): void {
    if (this.seen.has(identity)) return;
    this.seen.add(identity);
    this.known.set(identity, name);
    const births = (this.births.get(name) ?? 0) + 1;
    this.births.set(name, births);
    if (!this.names.includes(name)) {
      this.report(`${name} (${identity}) was never declared`);
    } else if (!this.leave.born.includes(name) || births > 1) {
      this.report(`${name} (${identity}) is one more, number ${births} of this program`);
    }
  }

  private report(what: string): void {
    if (!this.duplicated.includes(what)) this.duplicated.push(what);
  }
}
