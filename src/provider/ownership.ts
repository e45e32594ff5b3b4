import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../http/clock";
import type { Deadline } from "../http/deadline";
import { poll } from "../http/poll";
import type { AddonRef, Entry, Journal, Origin } from "./journal";

/**
 * The output that holds a resource's mark: random, drawn at each creation, adoption and import. The
 * engine creates before it deletes. So a resource that was renamed in the program has adopted its
 * add-on before the entry under the former name goes, and the marks tell the two apart.
 */
export const ownerOutput = "__owner";

/** The mark of what `get` reads. */
export const externalMark = "external";

/** Pulumi ids, separated by commas, of add-ons to take over in this run. */
export const adoptVariable = "PAAS_ADDONS_ADOPT";

/** The Pulumi ids that the variable names. */
export function adoptedIds(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return (env[adoptVariable] ?? "").split(",").map((id) => id.trim());
}

export function drawMark(): string {
  return randomBytes(9).toString("base64url");
}

/** A natural key or an id in an app or project. The journal is a file, so nothing secret stands there. */
export function keyIn(platform: string, scope: unknown, key: string): string {
  return createHash("sha256")
    .update(`${platform} ${String(scope)} ${key}`)
    .digest("base64url");
}

/** The id that a resource adopts, as a key. */
export function idKey(id: string): string {
  return `id ${id.toLowerCase()}`;
}

type Of<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;
type Held = Of<"held">;

/** Why an add-on is not to be deleted, and the URN of the resource that says so. */
export interface Objection {
  /**
   * `held`: another resource has it. `named`: it was to be taken over, and no new resource did that.
   * `blocking`: a resource that was to be created has the same name. `replaced`: its resource does not
   * allow a replacement. `unmarked`: neither this entry nor the one that has the add-on says which of
   * them owns it.
   */
  readonly why: "held" | "named" | "blocking" | "replaced" | "unmarked";
  readonly urn: string;
}

/** What is known of an add-on that is to be deleted, beside the mark of its resource. */
export interface Leaving {
  readonly urn?: string | undefined;
  /** What a resource that means this add-on would declare: its natural key, its id. */
  readonly keys?: readonly string[];
  /** Whether it was to be taken over in this run. */
  readonly isNamed?: boolean;
}

/** Milliseconds between looks at whether a deletion has ended. */
const turns = [100, 500, 2000] as const;

/** Who has which add-on in this run of the engine: one add-on, one owner (interface, rule 7a). */
export class Ownership {
  private readonly declared = new Map<string, Of<"declared">>();
  private readonly declaring = new Map<string, Set<string>>();
  private readonly ofAddon = new Map<string, Exclude<Entry, Of<"declared">>[]>();
  /** At which place in the journal a resource was declared first. */
  private readonly first = new Map<string, number>();
  /** URNs that were checked with old inputs: they have an add-on, or are to be replaced. */
  private readonly existing = new Set<unknown>();
  private read = 0;

  constructor(private readonly journal: Journal) {}

  /** Notes what a resource of the program declares; returns the URN of another that declares the same. */
  declare(entry: Omit<Of<"declared">, "kind">): string | undefined {
    this.journal.append({ kind: "declared", ...entry });
    return this.otherDeclaring(entry.urn);
  }

  /**
   * The URN of a resource that has declared the same add-on before this one. Of an add-on that exists
   * only a resource that adopts can be a second owner: labels need not be unique.
   */
  otherDeclaring(urn: string): string | undefined {
    this.sync();
    const own = this.declared.get(urn);
    if (own === undefined) return undefined;
    const others = own.keys.flatMap((key) => [...(this.declaring.get(key) ?? [])]);
    return others.find((other) => {
      const theirs = this.declared.get(other);
      const isSame = theirs?.keys.some((key) => own.keys.includes(key)) === true;
      const isBefore = this.order(other) < this.order(urn);
      return isSame && isBefore && (own.isNew || theirs.adopts);
    });
  }

  /** Whether the program has the resource. */
  declares(urn: string): boolean {
    this.sync();
    return this.declared.has(urn);
  }

  /** Whether the resource had an add-on when this run began. */
  isExisting(urn: unknown): boolean {
    this.sync();
    return this.existing.has(urn);
  }

  hold(addon: AddonRef, mark: string, urn: string, how: Held["how"]): void {
    const isKnown = how === "seen" && this.holders(addon).some((held) => held.mark === mark);
    if (!isKnown) this.journal.append({ kind: "held", addon, mark, urn, how });
  }

  /** The URN of another resource of the program that has the add-on, as far as is known by now. */
  otherHolder(addon: AddonRef, urn: string): string | undefined {
    const holders = this.holders(addon).filter((held) => held.urn !== urn);
    return holders.find((held) => this.declared.has(held.urn))?.urn;
  }

  /** A resource that is to be created has the name of this add-on. */
  block(addon: AddonRef, urn: string): void {
    this.journal.append({ kind: "blocking", addon, urn });
  }

  /** Pulumi ids of the add-ons that kept creations of this run from succeeding. */
  blocking(): string[] {
    const holding = this.holding();
    const ids = [...this.ofAddon.values()].flat().flatMap((e) => {
      return e.kind === "blocking" && !holding.has(e.urn) ? [e.addon.id] : [];
    });
    return [...new Set(ids)];
  }

  /**
   * Begins a deletion, which is then to be ended, and says what is against it. Deletions of one add-on
   * come one after the other, so that each knows how those before it have ended.
   */
  async release(
    addon: AddonRef,
    mark: string,
    time: { readonly clock: Clock; readonly deadline: Deadline },
    leaving: Leaving = {},
  ): Promise<Objection | undefined> {
    this.journal.append({ kind: "deleting", addon, mark });
    await poll({ ...time, pauses: turns }, () => {
      return Promise.resolve(this.deletions(addon)[0] === mark ? true : undefined);
    });
    const objection = this.objection(addon, mark, leaving);
    if (objection !== undefined) this.end(addon, mark, objection.why === "held");
    return objection;
  }

  /** `isGone`: the resource goes, with the add-on or without it; else it keeps its mark. */
  end(addon: AddonRef, mark: string, isGone: boolean): void {
    this.journal.append({ kind: isGone ? "left" : "kept", addon, mark });
  }

  /**
   * Takes an add-on over. A deletion that has begun is waited for: either it sees this mark and leaves
   * the add-on, or the add-on is gone, for which the caller has to look.
   */
  async adopt(
    addon: AddonRef,
    mark: string,
    urn: string,
    { clock, deadline }: { readonly clock: Clock; readonly deadline: Deadline },
  ): Promise<void> {
    this.hold(addon, mark, urn, "adopted");
    await poll({ clock, deadline, pauses: turns }, () => {
      return Promise.resolve(this.deletions(addon).length > 0 ? undefined : true);
    });
  }

  /** URNs of the resources that have an add-on. */
  private holding(): Set<string> {
    this.sync();
    const entries = [...this.ofAddon.values()].flat();
    return new Set(entries.flatMap((e) => (e.kind === "held" ? [e.urn] : [])));
  }

  private order(urn: string): number {
    return this.first.get(urn) ?? Number.POSITIVE_INFINITY;
  }

  private objection(addon: AddonRef, mark: string, leaving: Leaving): Objection | undefined {
    const { urn, keys = [], isNamed = false } = leaving;
    const holders = this.holders(addon);
    const other = holders.find((held) => held.mark !== mark);
    if (other !== undefined) return { why: "held", urn: other.urn };
    const isMeant = [...this.declared.values()].some((each) => each.isNew && each.urn !== urn);
    if (isNamed && isMeant) return { why: "named", urn: "" };
    const blocked = this.about(addon).find(({ kind }) => kind === "blocking");
    if (blocked?.kind === "blocking") return { why: "blocking", urn: blocked.urn };
    const wanting = keys
      .flatMap((key) => [...(this.declaring.get(key) ?? [])])
      .find((each) => {
        return each !== urn && !this.existing.has(each) && !this.holding().has(each);
      });
    if (wanting !== undefined) return { why: "blocking", urn: wanting };
    const declared = urn === undefined ? undefined : this.declared.get(urn);
    if (declared?.mayReplace === false) return { why: "replaced", urn: declared.urn };
    const unmarked = mark === "" ? holders.find((held) => held.urn !== urn) : undefined;
    return unmarked === undefined ? undefined : { why: "unmarked", urn: unmarked.urn };
  }

  /** Marks of the deletions that have begun and not ended, the first of them first. */
  private deletions(addon: AddonRef): string[] {
    const open = new Set<string>();
    for (const entry of this.about(addon)) {
      if (entry.kind === "deleting") open.add(entry.mark);
      else if (entry.kind === "kept" || entry.kind === "left") open.delete(entry.mark);
    }
    return [...open];
  }

  /** A creation ends all marks before it, and the mark of a resource that left is one no longer. */
  private holders(addon: AddonRef): Held[] {
    let holders: Held[] = [];
    for (const entry of this.about(addon)) {
      if (entry.kind === "held") holders = [...(entry.how === "created" ? [] : holders), entry];
      const hasLeft = entry.kind === "left" && entry.mark !== "";
      if (hasLeft) holders = holders.filter(({ mark }) => mark !== entry.mark);
    }
    return holders;
  }

  private about(addon: AddonRef) {
    this.sync();
    return (this.ofAddon.get(keyOf(addon)) ?? []).filter((entry) => {
      return isSameOrigin(entry.addon, addon);
    });
  }

  private sync(): void {
    const entries = this.journal.entries();
    for (const [index, entry] of entries.slice(this.read).entries()) {
      if (entry.kind === "declared") {
        if (!this.first.has(entry.urn)) this.first.set(entry.urn, this.read + index);
        this.declared.set(entry.urn, entry);
        if (!entry.isNew) this.existing.add(entry.urn);
        for (const key of entry.keys) {
          const urns = this.declaring.get(key) ?? new Set();
          this.declaring.set(key, urns.add(entry.urn));
        }
      } else {
        const key = keyOf(entry.addon);
        const known = this.ofAddon.get(key);
        if (known === undefined) this.ofAddon.set(key, [entry]);
        else known.push(entry);
      }
    }
    this.read = entries.length;
  }
}

function keyOf({ platform, id }: AddonRef): string {
  return `${platform} ${id}`;
}

/** Milliseconds by which two answers may state one time of creation differently. */
const rounding = 1000;

/** True unless it is known that they are two add-ons, one created after the other. */
export function isSameOrigin(a: Origin, b: Origin): boolean {
  if (a.uid !== undefined && b.uid !== undefined) return a.uid === b.uid;
  if (a.createdAt === undefined || b.createdAt === undefined) return true;
  const [first, second] = [Date.parse(a.createdAt), Date.parse(b.createdAt)];
  return Number.isNaN(first) || Number.isNaN(second)
    ? a.createdAt === b.createdAt
    : Math.abs(first - second) < rounding;
}

/** The resource's name and type: what a user knows of a URN. */
export function nameIn(urn: string): string {
  if (urn === "") return "whose name is not known here";
  const [type = "", name = urn] = urn.split("::").slice(-2);
  return `"${name}" (${type.split("$").at(-1) ?? ""})`;
}

/** Why a resource is refused whose add-on another one declares too. */
export function declaredTwice(label: string, urn: string): string {
  return `${label}: another resource of this program, ${nameIn(urn)}, declares the same add-on. One add-on has one owner: remove one of the two, or let this one have an add-on of its own. If one is the other under a new name or parent, give it \`aliases\` and remove the former.`;
}
