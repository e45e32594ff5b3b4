import { at, same } from "../../src/fields/values";
import type { Declared, Entry, Props, Stack } from "../support/engine-state";
import { type Facts, type Side, sideOf } from "./platforms";

/** What the walk itself knows of an add-on, whatever the state says. */
export interface Record {
  /** How often a program asked for another version since it came to be managed. */
  upgradesAsked: number;
  version: unknown;
  rotationsAsked: number;
  /** Rotations that may have been repeated, since nobody could know of them. */
  rotationsExcused: number;
  rotations: number;
  passwordVersion: unknown;
  /** Switches and lists that a program has declared and that were not seen removed since. */
  readonly declared: Set<string>;
  /** Somebody changed it elsewhere since a run has looked at it. */
  stale: boolean;
}

interface Meeting {
  readonly isAdopted: boolean;
  readonly isKilled: boolean;
  readonly recorded: Props;
}

/** The truth beside the state: who made what, who dropped what, what was asked for. */
export class Ledger {
  private readonly records = new Map<string, Record>();
  /** Add-ons that somebody deleted elsewhere. */
  readonly gone = new Set<string>();
  readonly passwords = new Set<string>();

  of(identity: string, isOurs = false): Record {
    const found = this.records.get(identity);
    if (found !== undefined) return found;
    const record = {
      upgradesAsked: isOurs ? 0 : 1,
      version: undefined,
      rotationsAsked: 0,
      rotationsExcused: 0,
      rotations: 0,
      passwordVersion: undefined,
      declared: new Set<string>(),
      stale: false,
    };
    this.records.set(identity, record);
    return record;
  }

  /** Somebody changed an input elsewhere: what is there now is not ours. */
  touched(facts: Facts, path: string): void {
    const record = this.of(facts.identity);
    record.stale = true;
    record.declared.delete(path);
  }

  /** URNs of entries about which the state cannot know the truth without a refresh. */
  staleUrns({ entries }: Stack, addons: readonly Facts[]): Set<string> {
    const stale = entries.filter((entry) => {
      const identity = identityOf(entry, addons);
      return this.gone.has(identity) || this.of(identity).stale;
    });
    return new Set(stale.map(({ urn }) => urn));
  }

  /** Somebody deleted it elsewhere; an entry may know no more of it than its id. */
  lost({ identity, id }: Facts): void {
    this.gone.add(identity);
    this.gone.add(id);
  }

  /**
   * A run with this program has met the add-on. `isAdopted`: what it was before is not the program's.
   * `isKilled`: what was sent may not be in the state, which is `recorded`.
   */
  note(
    { identity }: Facts,
    { type, args }: Declared,
    { isAdopted, isKilled, recorded }: Meeting,
  ): void {
    const side = sideOf(type);
    const record = this.of(identity);
    if (isAdopted) record.declared.clear();
    if (args.version !== undefined && !same(args.version, record.version)) {
      if (record.version !== undefined) record.upgradesAsked += 1;
      record.version = args.version;
    }
    const { passwordVersion } = args;
    // Dropped and declared again, it is new.
    if (recorded.passwordVersion === undefined) record.passwordVersion = undefined;
    if (passwordVersion !== undefined && !same(passwordVersion, record.passwordVersion)) {
      record.rotationsAsked += 1;
      record.passwordVersion = passwordVersion;
    }
    for (const path of Object.keys(side.whenRemoved)) {
      const isRecorded = !isKilled || at(recorded, path) !== undefined;
      if (at(args, path) !== undefined && isRecorded) record.declared.add(path);
    }
  }

  /** Switches and lists that the program had, and has not any more: they count as declared. */
  removed(side: Side, identity: string, args: Props): Props {
    const left = [...this.of(identity).declared].filter((path) => at(args, path) === undefined);
    return Object.fromEntries(left.map((path) => [path, side.whenRemoved[path]]));
  }

  settled(identity: string, args: Props): void {
    const record = this.of(identity);
    for (const path of record.declared)
      if (at(args, path) === undefined) record.declared.delete(path);
    record.stale = false;
  }
}

/** Which add-on an entry is about; without the platform's unique id, the one that has its id and age. */
export function identityOf({ type, outputs, id }: Entry, addons: readonly Facts[]): string {
  const identity = outputs[sideOf(type).identityOutput];
  if (typeof identity === "string") return identity;
  const { createdAt } = outputs;
  const found = addons.find((each) => {
    const isAsOld = createdAt === undefined || each.createdAt === undefined;
    return each.id === id && (isAsOld || each.createdAt === createdAt);
  });
  return found?.identity ?? id;
}
