import { deadlineIn } from "../../http/deadline";
import { messageOf } from "../../http/errors";
import type { ReadConfig, RequestContext, Runtime } from "../../provider/kind";
import { isRecord } from "../../fields/values";
import { inParallel } from "../in-parallel";
import type { Existing, OpenSource, Source } from "../source";
import type { StackState, StateEntry } from "./stack-state";

/** What became of an operation that a run did not end. */
export type Outcome =
  /** It is on the platform, and the state does not have it. */
  | { readonly kind: "left"; readonly addon: Existing }
  /** Any of these may be it. */
  | { readonly kind: "several"; readonly addons: readonly Existing[] }
  | { readonly kind: "saved"; readonly urn: string }
  | { readonly kind: "absent" }
  /** A change or a deletion, which a refresh compares. */
  | { readonly kind: "changing" }
  | { readonly kind: "unknown"; readonly reason: string };

export interface Finding {
  /** What the program calls it, or the id that the user named. */
  readonly name: string;
  readonly urn?: string;
  /** `creating`, `updating`; left out for what the user named. */
  readonly operation?: string;
  readonly platform?: string;
  readonly outcome: Outcome;
}

/** One add-on that two entries of the state have. */
export interface Twice {
  readonly id: string;
  /** The older first. */
  readonly urns: readonly string[];
}

export interface Findings {
  readonly found: readonly Finding[];
  readonly twice: readonly Twice[];
  /** URNs of other resources whose creation was interrupted. */
  readonly others: readonly string[];
}

export interface Examination {
  readonly sources: readonly Source[];
  readonly state: StackState;
  /** Pulumi ids that the user named, as messages do. */
  readonly ids: readonly string[];
  readonly config: ReadConfig;
  readonly runtime: Runtime;
}

/** Milliseconds for each call with its repetitions. */
const limit = 60_000;
const atOnce = 8;

/** Compares what the state says is under way with what is on the platforms. Reads only. */
export async function examine(examination: Examination): Promise<Findings> {
  const { state, ids, sources } = examination;
  const isOurs = ({ type }: StateEntry) =>
    sources.some(({ resourceTypes }) => resourceTypes.includes(type));
  const pending = state.pending.filter(({ resource }) => isOurs(resource));
  const named = new Set(ids);
  const found = await inParallel(pending, atOnce, async ({ type, resource }) => {
    const { urn } = resource;
    const source = sources.find(({ resourceTypes }) => resourceTypes.includes(resource.type));
    return {
      name: nameOf(urn),
      urn,
      operation: type,
      ...(source === undefined ? {} : { platform: source.target.title }),
      outcome: await outcomeOf(examination, source, type, resource, named),
    };
  });
  const known = new Set(
    found.flatMap(({ outcome }) => (outcome.kind === "left" ? [outcome.addon.id] : [])),
  );
  const rest = ids.filter((id) => !known.has(id));
  return {
    found: [...found, ...(await inParallel(rest, atOnce, (id) => findNamed(examination, id)))],
    twice: twiceIn(state.entries.filter(isOurs)),
    others: state.pending
      .filter(({ type, resource }) => type === "creating" && !isOurs(resource))
      .map(({ resource }) => resource.urn),
  };
}

/** The name that the program gives a resource stands at the end of its URN. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::") || urn;
}

async function outcomeOf(
  examination: Examination,
  source: Source | undefined,
  type: string,
  { urn, inputs = {} }: StateEntry,
  named: ReadonlySet<string>,
): Promise<Outcome> {
  const { state } = examination;
  if (type !== "creating") return { kind: "changing" };
  const own = state.entries.find((entry) => entry.urn === urn && entry.delete !== true);
  if (own !== undefined) return { kind: "saved", urn };
  if (source === undefined) return { kind: "absent" };
  const scope = inputs[source.scopeField];
  if (typeof scope !== "string" || hasSecrets(inputs)) {
    return { kind: "unknown", reason: "the state keeps secret what it is called or where it is" };
  }
  try {
    const addons = await openAt(examination, source, inputs).existing(
      scope,
      inputs,
      call(examination),
    );
    const chosen = addons.filter(({ id }) => named.has(id));
    return among(state, chosen.length > 0 ? chosen : addons, String(inputs.type));
  } catch (error) {
    return { kind: "unknown", reason: messageOf(error) };
  }
}

function among(state: StackState, addons: readonly Existing[], type: string): Outcome {
  const [addon, ...others] = addons.filter(({ id }) => holderOf(state, id) === undefined);
  if (addon === undefined) {
    const urn = addons.map(({ id }) => holderOf(state, id)).find((each) => each !== undefined);
    return urn === undefined ? { kind: "absent" } : { kind: "saved", urn };
  }
  if (others.length > 0) return { kind: "several", addons: [addon, ...others] };
  if (addon.type === type) return { kind: "left", addon };
  return { kind: "unknown", reason: `${addon.id} has its name and is of type ${addon.type}` };
}

async function findNamed(examination: Examination, id: string): Promise<Finding> {
  const { state, sources } = examination;
  const [scope = "", key = ""] = id.split("/");
  const source = sources.find(({ isOwnId }) => isOwnId(key));
  const holder = holderOf(state, id);
  if (holder !== undefined) return { name: id, outcome: { kind: "saved", urn: holder } };
  if (source === undefined) return { name: id, outcome: { kind: "absent" } };
  const platform = source.target.title;
  try {
    const addon = await openAt(examination, source, {}).find(scope, key, call(examination));
    return {
      name: id,
      platform,
      outcome: addon === undefined ? { kind: "absent" } : { kind: "left", addon },
    };
  } catch (error) {
    return { name: id, platform, outcome: { kind: "unknown", reason: messageOf(error) } };
  }
}

/** The entry of the state that manages an add-on. */
function holderOf({ entries }: StackState, id: string): string | undefined {
  return entries.find((entry) => entry.id === id && isManaging(entry))?.urn;
}

function isManaging(entry: StateEntry): boolean {
  return entry.external !== true && entry.delete !== true;
}

function twiceIn(entries: readonly StateEntry[]): Twice[] {
  const held = entries.filter((entry) => isManaging(entry) && entry.id !== undefined);
  return [...new Set(held.map(({ id }) => id))].flatMap((id) => {
    const same = held.filter((entry) => entry.id === id);
    if (id === undefined || same.length < 2) return [];
    // By code: the times are in one form.
    same.sort((a, b) => ((a.created ?? "") < (b.created ?? "") ? -1 : 1));
    return [{ id, urns: same.map(({ urn }) => urn) }];
  });
}

function openAt(
  { config, runtime }: Examination,
  source: Source,
  inputs: Record<string, unknown>,
): OpenSource {
  const holder = inputs[source.holder.field];
  return source.open({ config, runtime, ...(typeof holder === "string" ? { holder } : {}) });
}

function call({ runtime }: Examination): RequestContext {
  return { deadline: deadlineIn(runtime.clock, limit), secrets: [] };
}

/** Whether the engine has encrypted one of these. */
function hasSecrets(inputs: Record<string, unknown>): boolean {
  return ["name", "label", "type"].some((name) => isRecord(inputs[name]));
}
