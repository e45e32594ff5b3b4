import { ConflictError } from "../http/errors";
import type { Props } from "../fields/values";
import { stepOf } from "../fields/field";
import { at, withAt } from "../fields/values";
import { adoptedSnapshot, readForAdoption } from "./adopt";
import { createOnce } from "./create-once";
import { existenceOf } from "./existence";
import { assertOnly, findExisting } from "./find-existing";
import type { AddonKind, RemoteAddon } from "./kind";
import { declaredTwice, drawMark, ownerOutput } from "./ownership";
import { reconcile } from "./reconcile";
import { onSameAddon } from "./same-addon";
import { explain, idOf, refOf, type Session, stateOf } from "./session";
import { Snapshot } from "./snapshot";
import { PartialFailure, UserError } from "./state";

export interface Created {
  readonly id: string;
  readonly outs: Props;
}

/** Creates the add-on, or takes over an existing one, and waits until it serves. */
export async function create<E extends RemoteAddon>(
  session: Session<E>,
  props: Props,
  inputs: Props,
): Promise<Created> {
  const { kind, runtime, label, ownership, urn } = session;
  const other = urn === "" ? undefined : ownership.otherDeclaring(urn);
  if (other !== undefined) throw new UserError(declaredTwice(label, other));
  const { addon, isNew } = await obtain(session, inputs);
  const id = idOf(kind, inputs, addon.key);
  const mark = drawMark();
  const ref = refOf(kind, id, kind.outputs(addon));
  const holder = isNew ? undefined : ownership.otherHolder(ref, urn);
  if (holder !== undefined) throw new UserError(declaredTwice(label, holder));
  if (isNew) ownership.hold(ref, mark, urn, "created");
  else
    await ownership.adopt(ref, mark, urn, {
      clock: runtime.clock,
      deadline: session.context.deadline,
    });
  const title = String(inputs.name ?? inputs[kind.titleField]);
  runtime.log(isNew ? `${title} created: ${id}` : `${title} adopts ${id}`);

  const own = onSameAddon(session, addon.key, kind.outputs(addon));
  const snapshot = isNew
    ? Snapshot.of(kind, sentInputs(kind, inputs), kind.outputs(addon))
    : adoptedSnapshot(kind, addon, inputs);
  snapshot.add({ [ownerOutput]: mark });
  try {
    await reconcile(own, addon, inputs, snapshot, { isNew });
    // After the wait, so that one that was created a little later is seen as well.
    if (isNew) await assertOnly(session, inputs, addon.key, inputs.waitForReady === false);
    return { id, outs: stateOf(inputs, snapshot.outputs, props) };
  } catch (error) {
    throw new PartialFailure(id, explain(label, error), snapshot.state(props));
  }
}

/** The inputs that the create call sends; what it cannot express is left for the steps after it. */
function sentInputs<E extends RemoteAddon>(kind: AddonKind<E>, inputs: Props): Props {
  const later = kind.steps
    .filter(({ afterCreate }) => afterCreate === true)
    .map(({ name }) => name);
  return Object.entries(kind.fields).reduce<Props>((sent, [path, field]) => {
    const isLater = later.includes(stepOf(field, at(inputs, path)) ?? "");
    return isLater ? withAt(sent, path, undefined) : sent;
  }, inputs);
}

interface Obtained<E extends RemoteAddon> {
  readonly addon: E;
  /** False where it was there and is taken over. */
  readonly isNew: boolean;
}

/** Pauses before a creation is sent again whose name was that of one that is gone, in milliseconds. */
const freeingPauses = [1000, 4000, 10_000, 15_000];

/** Takes over the add-on that is to be taken over, or creates one. */
async function obtain<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
): Promise<Obtained<E>> {
  const { kind, runtime, context } = session;
  const { adopt } = inputs;
  const adopted = async (key: string) => ({
    addon: await readForAdoption(session, key, inputs),
    isNew: false,
  });
  if (typeof adopt === "string") return adopted(adopt);
  const listed = await session.listAll(context.deadline);
  let existing = await findExisting(session, inputs, listed);
  let wasTaken = listed.some((entry) => kind.hasNaturalKey(inputs, entry));
  for (let turn = 0; existing === undefined; turn += 1) {
    try {
      return { addon: await createOnce(session, inputs, listed), isNew: true };
    } catch (error) {
      const key = kind.predictedId(inputs);
      const pause = freeingPauses[turn];
      if (!(error instanceof ConflictError) || key === undefined || pause === undefined)
        throw error;
      // The list may not have had the add-on with this name, or has it no more.
      const holder = await existenceOf(session, key);
      if (holder.is === "present") {
        const title = String(inputs[kind.titleField]);
        existing = await findExisting(session, inputs, [{ ...holder.addon, title }]);
        wasTaken = true;
      } else {
        // Nothing says that a name is free as soon as the add-on that had it is gone.
        if (!wasTaken || pause >= context.deadline.left()) throw error;
        await runtime.clock.sleep(pause);
      }
    }
  }
  return adopted(existing);
}
