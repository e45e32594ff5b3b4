import { adoptedIds, adoptVariable } from "./ownership";
import { inWords } from "../http/deadline";
import { RecreatedError, onSameAddon } from "./same-addon";
import { observe } from "../fields/field";
import type { RemoteAddon, ListedAddon } from "./kind";
import { idOf, refOf, type Session } from "./session";
import { waitUntilGone } from "./wait";
import { UserError } from "./state";
import type { Props } from "../fields/values";

/**
 * The key of the add-on with the same natural key, if it is to be taken over; undefined if there is
 * none. Fails if there is one that is not to be taken over, or several. One that is being deleted is
 * never taken over: where it keeps its name from being given again, it is waited for until it is gone.
 */
export async function findExisting<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  listed: readonly ListedAddon[],
): Promise<string | undefined> {
  const { adopt } = inputs;
  const existing = await existingAddons(session, inputs, listed);
  if (existing.length === 0) return undefined;
  const named = adoptedByEnvironment(session, inputs);
  const chosen = existing.filter(({ key }) => named.has(key));
  const candidates = chosen.length > 0 ? chosen : adopt === true ? existing : [];
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) {
    keepExisting(
      session,
      inputs,
      existing.filter((addon) => addon !== only),
    );
    return only.key;
  }
  throw new UserError(
    only === undefined
      ? alreadyExists(session, inputs, existing)
      : ambiguous(session, inputs, candidates),
  );
}

async function existingAddons<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  listed: readonly ListedAddon[],
): Promise<E[]> {
  const { kind, context } = session;
  for (let list = listed; ;) {
    const addons = await readExisting(session, inputs, list);
    const deleting = addons.find((addon) => kind.phase(addon) === "deleting");
    if (deleting === undefined || kind.predictedId(inputs) === undefined) {
      return addons.filter((addon) => kind.phase(addon) !== "deleting");
    }
    await waitForDeletion(session, inputs, deleting);
    session.forgetList();
    list = await session.listAll(context.deadline);
  }
}

async function waitForDeletion<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  addon: E,
): Promise<void> {
  const { kind, runtime, context, label } = session;
  const former = introduced(session, inputs, addon);
  runtime.log(`${label}: its name is that of ${former}, which is being deleted; waiting for that`);
  const limit = inWords(context.deadline.left());
  try {
    const own = onSameAddon(session, addon.key, kind.outputs(addon));
    if (await waitUntilGone(own, addon.key)) return;
  } catch (error) {
    // An add-on that has the name by now is found by the next look.
    if (error instanceof RecreatedError) return;
    throw error;
  }
  throw new UserError(
    `could not create ${label}: ${former} has its name and is being deleted; it was not gone when the time limit of ${limit} was over. Nothing was created: run \`pulumi up\` again, or set a longer customTimeouts.`,
  );
}

/** Pauses between looks at a list that has what cannot be read, in milliseconds: lists lag. */
const lookPauses = [1000, 4000, 10_000, 15_000];

/** Lists can lag behind a deletion, so each add-on with this name is asked for. */
async function readExisting<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  listed: readonly ListedAddon[],
): Promise<E[]> {
  const { kind, api, context, runtime, label } = session;
  let list = listed;
  for (const pause of [...lookPauses, 0]) {
    const alike = list.filter((entry) => kind.hasNaturalKey(inputs, entry));
    const read = await Promise.all(alike.map(({ key }) => api.get(key, context)));
    const addons = read.filter((addon) => addon !== undefined);
    // Where names are unique, the platform itself refuses a second one.
    if (addons.length === alike.length || kind.predictedId(inputs) !== undefined) {
      return addons.filter((addon) => isAlike(session, inputs, addon));
    }
    if (pause === 0) break;
    await runtime.clock.sleep(Math.min(pause, context.deadline.left()));
    session.forgetList();
    list = await session.listAll(context.deadline);
  }
  throw new UserError(
    `could not create ${label}: ${kind.title} lists an add-on with ${kind.naturalKey(inputs)}, and says that it is not there when asked for it. Nothing was created. Look into it on ${kind.title}, and run \`pulumi up\` again.`,
  );
}

/** What a list says of an add-on counts only where the add-on itself does not say otherwise. */
function isAlike<E extends RemoteAddon>({ kind }: Session<E>, inputs: Props, addon: E): boolean {
  const title = observe(kind.fields, addon, {}).get(kind.titleField);
  return typeof title !== "string" || kind.hasNaturalKey(inputs, { ...addon, title });
}

function adoptedByEnvironment<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
): Set<string> {
  const { kind, runtime } = session;
  const ids = adoptedIds(runtime.env);
  const prefix = `${String(inputs[kind.scopeField])}/`;
  return new Set(ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length)));
}

/** None of these goes as what another resource leaves behind: this one may be that resource's new name. */
function keepExisting<E extends RemoteAddon>(
  { kind, ownership, urn, maskSecrets }: Session<E>,
  inputs: Props,
  existing: readonly E[],
): void {
  for (const addon of existing) {
    const own = idOf(kind, inputs, addon.key);
    // Messages of other add-ons must not tell what the user made secret.
    if (maskSecrets(own) === own) ownership.block(refOf(kind, own, kind.outputs(addon)), urn);
  }
}

/** That the add-on cannot be created, and what to do in each case. `why`: what speaks against it being ours. */
export function alreadyExists<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  existing: readonly E[],
  why?: string,
): string {
  const { kind, label, ownership } = session;
  keepExisting(session, inputs, existing);
  const ids = existing.map((addon) => introduced(session, inputs, addon));
  const [first] = existing;
  const id = first === undefined ? "" : idOf(kind, inputs, first.key);
  const all = ownership.blocking();
  return [
    `could not create ${label}: an add-on with ${kind.naturalKey(inputs)} exists already: ${ids.join(", ")}. It was not touched.`,
    ...(why === undefined ? [] : [why]),
    `- If this resource had another name or parent before, give it \`aliases\`, and it keeps its add-on.`,
    `- If no program has the add-on, for instance after an interrupted run, take it over with`,
    `    ${adoptVariable}=${id} pulumi up`,
    `  or with adopt: true in the program.`,
    `- If another stack has it, release it there first, with retainOnDelete.`,
    `- If it was to be replaced (--replace, state taint), set allowReplace: true.`,
    `Otherwise give this one another ${kind.titleField}.`,
    ...(all.length < 2 || !all.includes(id.toLowerCase())
      ? []
      : [
          `So far ${all.length} add-ons of this run exist already. If all are yours, take them over with`,
          `    ${adoptVariable}=${all.join(",")} pulumi up`,
        ]),
  ].join("\n");
}

/** Its id, its state and its age. */
function introduced<E extends RemoteAddon>({ kind }: Session<E>, inputs: Props, addon: E): string {
  const { createdAt } = kind.outputs(addon);
  const since = typeof createdAt === "string" ? `, created ${createdAt}` : "";
  return `${idOf(kind, inputs, addon.key)} (${addon.state}${since})`;
}

/**
 * Fails if somebody else has created an add-on with the same natural key at the same moment: where
 * the kind allows that, neither of the two could see the other beforehand.
 */
export async function assertOnly<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  key: string,
  fresh: boolean,
): Promise<void> {
  const { kind, api, context, label } = session;
  if (kind.predictedId(inputs) !== undefined) return;
  if (fresh) session.forgetList();
  const alike = (await session.listAll(context.deadline)).filter(
    (entry) => entry.key !== key && kind.hasNaturalKey(inputs, entry),
  );
  const read = await Promise.all(alike.map((entry) => api.get(entry.key, context)));
  const others = read
    .filter((addon) => addon !== undefined)
    .filter((addon) => isAlike(session, inputs, addon) && kind.phase(addon) !== "deleting");
  if (others.length === 0) return;
  const list = others.map((addon) => introduced(session, inputs, addon)).join(", ");
  throw new UserError(
    `${label} was created and is kept: ${idOf(kind, inputs, key)}. But another run or stack has created ${kind.naturalKey(inputs)} at the same moment: ${list}. Look into both on ${kind.title} and remove the one that is not, or give it another ${kind.titleField}; then run \`pulumi up\` again.`,
  );
}

function ambiguous<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  candidates: readonly E[],
): string {
  const { kind, label } = session;
  const ids = candidates.map(({ key }) => idOf(kind, inputs, key));
  return `could not adopt ${label}: ${ids.length} add-ons have ${kind.naturalKey(inputs)}: ${ids.join(", ")}. Say which one, with its API id: adopt: ${JSON.stringify(candidates[0]?.key)}.`;
}
