import { inWords } from "../http/deadline";
import { RecreatedError, onSameAddon } from "./same-addon";
import { observe } from "../fields/field";
import type { RemoteAddon, ListedAddon } from "./kind";
import { idOf, type Session } from "./session";
import { isDeleting, waitUntilGone } from "./wait";
import { UserError } from "./state";
import type { Props } from "../fields/values";

/** Pulumi ids, separated by commas, of add-ons to take over in this run. */
export const adoptVariable = "PAAS_ADDONS_ADOPT";

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
  const namesakes = await staying(session, inputs, listed);
  if (namesakes.length === 0) return undefined;
  const named = adoptedByEnvironment(session, inputs);
  const chosen = namesakes.filter(({ key }) => named.has(key));
  const candidates = chosen.length > 0 ? chosen : adopt === true ? namesakes : [];
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return only.key;
  throw new UserError(
    only === undefined
      ? alreadyExists(session, inputs, namesakes)
      : ambiguous(session, inputs, candidates),
  );
}

async function staying<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  listed: readonly ListedAddon[],
): Promise<E[]> {
  const { platform, call } = session;
  for (let list = listed; ;) {
    const entities = await alive(session, inputs, list);
    const leaving = entities.find((entity) => isDeleting(platform, entity));
    if (leaving === undefined || platform.predictedId(inputs) === undefined) {
      return entities.filter((entity) => !isDeleting(platform, entity));
    }
    await outlast(session, inputs, leaving);
    session.forgetList();
    list = await session.listAll(call.deadline);
  }
}

async function outlast<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  entity: E,
): Promise<void> {
  const { platform, runtime, call, label } = session;
  const former = introduced(session, inputs, entity);
  runtime.log(`${label}: its name is that of ${former}, which is being deleted; waiting for that`);
  const limit = inWords(call.deadline.left());
  try {
    const own = onSameAddon(session, entity.key, platform.outputs(entity));
    if (await waitUntilGone(own, entity.key)) return;
  } catch (error) {
    // Whoever has taken its place is found by the next look.
    if (error instanceof RecreatedError) return;
    throw error;
  }
  throw new UserError(
    `could not create ${label}: ${former} has its name and is being deleted; it was not gone when the time limit of ${limit} was over. Nothing was created: run \`pulumi up\` again, or set a longer customTimeouts.`,
  );
}

/** Pauses between looks at a list that has what cannot be read, in milliseconds: lists lag. */
const lookPauses = [1000, 4000, 10_000, 15_000];

/** Lists can lag behind a deletion, so whoever would stand in the way is asked for by itself. */
async function alive<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  listed: readonly ListedAddon[],
): Promise<E[]> {
  const { platform, operations, call, runtime, label } = session;
  let list = listed;
  for (const pause of [...lookPauses, 0]) {
    const alike = list.filter((entry) => platform.hasNaturalKey(inputs, entry));
    const read = await Promise.all(alike.map(({ key }) => operations.get(key, call)));
    const entities = read.filter((entity) => entity !== undefined);
    // Where names are unique, the platform itself refuses a second one.
    if (entities.length === alike.length || platform.predictedId(inputs) !== undefined) {
      return entities.filter((entity) => isAlike(session, inputs, entity));
    }
    if (pause === 0) break;
    await runtime.clock.sleep(Math.min(pause, call.deadline.left()));
    session.forgetList();
    list = await session.listAll(call.deadline);
  }
  throw new UserError(
    `could not create ${label}: ${platform.title} lists an add-on with ${platform.naturalKey(inputs)}, and says that it is not there when asked for it. Nothing was created. Look into it on ${platform.title}, and run \`pulumi up\` again.`,
  );
}

/** What a list says of an add-on counts only where the add-on itself does not say otherwise. */
function isAlike<E extends RemoteAddon>(
  { platform }: Session<E>,
  inputs: Props,
  entity: E,
): boolean {
  const title = observe(platform.fields, entity, {}).get(platform.titleField);
  return typeof title !== "string" || platform.hasNaturalKey(inputs, { ...entity, title });
}

function adoptedByEnvironment<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
): Set<string> {
  const { platform, runtime } = session;
  const ids = (runtime.env[adoptVariable] ?? "").split(",").map((id) => id.trim());
  const prefix = `${String(inputs[platform.scopeField])}/`;
  return new Set(ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length)));
}

/** That these stand in the way, with `why` it is not ours, and the ways on. */
export function alreadyExists<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  namesakes: readonly E[],
  why?: string,
): string {
  const { platform, label, runtime, hide } = session;
  const ids = namesakes.map((entity) => introduced(session, inputs, entity));
  const first = namesakes[0];
  const id = first === undefined ? "" : idOf(platform, inputs, first.key);
  // Of what the user made secret, other add-ons' messages must not tell.
  if (hide(id) === id) runtime.taken.add(id);
  const all = [...runtime.taken];
  return [
    `could not create ${label}: an add-on with ${platform.naturalKey(inputs)} is there already: ${ids.join(", ")}.`,
    ...(why === undefined ? [] : [why]),
    `It was not touched. If it is yours, for instance from a run that was cut off, take it over with`,
    `  ${adoptVariable}=${id} pulumi up`,
    `or with adopt: true in the program. Otherwise give this one another ${platform.titleField}.`,
    ...(all.length < 2 || !runtime.taken.has(id)
      ? []
      : [
          `So far ${all.length} add-ons stand in the way of this run. Take over all of them, if all are yours, with`,
          `  ${adoptVariable}=${all.join(",")} pulumi up`,
        ]),
  ].join("\n");
}

/** Its id, its state and its age. */
function introduced<E extends RemoteAddon>(
  { platform }: Session<E>,
  inputs: Props,
  entity: E,
): string {
  const { createdAt } = platform.outputs(entity);
  const since = typeof createdAt === "string" ? `, created ${createdAt}` : "";
  return `${idOf(platform, inputs, entity.key)} (${entity.state}${since})`;
}

/**
 * Fails if somebody else has created an add-on with the same natural key at the same moment: where
 * the platform allows that, neither of the two could see the other beforehand.
 */
export async function assertOnly<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  key: string,
  fresh: boolean,
): Promise<void> {
  const { platform, operations, call, label } = session;
  if (platform.predictedId(inputs) !== undefined) return;
  if (fresh) session.forgetList();
  const alike = (await session.listAll(call.deadline)).filter(
    (entry) => entry.key !== key && platform.hasNaturalKey(inputs, entry),
  );
  const read = await Promise.all(alike.map((entry) => operations.get(entry.key, call)));
  const others = read
    .filter((entity) => entity !== undefined)
    .filter((entity) => isAlike(session, inputs, entity) && !isDeleting(platform, entity));
  if (others.length === 0) return;
  const list = others.map((entity) => introduced(session, inputs, entity)).join(", ");
  throw new UserError(
    `${label} was created and is kept: ${idOf(platform, inputs, key)}. But somebody else, such as a run that was cut off or another stack, has created ${platform.naturalKey(inputs)} at the same moment: ${list}. Nothing tells which of them is in use: look into both on ${platform.title} and remove the one that is not, or give it another ${platform.titleField}; then run \`pulumi up\` again.`,
  );
}

function ambiguous<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  candidates: readonly E[],
): string {
  const { platform, label } = session;
  const ids = candidates.map(({ key }) => idOf(platform, inputs, key));
  return `could not adopt ${label}: ${ids.length} add-ons have ${platform.naturalKey(inputs)}: ${ids.join(", ")}. Say which one, with its API id: adopt: ${JSON.stringify(candidates[0]?.key)}.`;
}
