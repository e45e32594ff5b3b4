import {
  ConflictError,
  isRequestError,
  isUnclear,
  messageOf,
  type RequestError,
  UndecodableError,
} from "../http/errors";
import { notOurs } from "./adopt";
import { observe } from "../fields/field";
import { misfitWhy } from "./check-answer";
import { alreadyExists } from "./find-existing";
import type { RemoteAddon, ListedAddon } from "./kind";
import { idOf, type Session } from "./session";
import { UserError } from "./state";
import { type Props, inspect } from "../fields/values";

/** Looks for an add-on whose create call got no answer, in milliseconds after the context: lists lag. */
const lookups = [1000, 4000, 10_000, 15_000];
/** Where names are unique, the call is sent again after looks that found nothing. */
const attempts = 3;

/**
 * Sends the create call. If its answer is lost, finds out what came of it before anything is sent
 * again: exactly one add-on results, or an error that says what to check.
 */
export async function createOnce<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  listed: readonly ListedAddon[],
): Promise<E> {
  const { kind, api, runtime, context } = session;
  const scope = String(inputs[kind.scopeField]);
  const before = new Set(listed.map(({ key }) => key));
  // A name that was free can be that of one that is gone, and that the list still had.
  const own = kind.predictedId(inputs);
  const others = new Set([...before].filter((key) => key !== own));
  const sent = runtime.clock.now();
  let lost: Lost | undefined;
  let refused: ConflictError | undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const addon = await api.create(inputs, context);
      const misfit = misfitWhy(addon, scope, inputs.type, others);
      const judged = misfit === undefined ? await confirmed(session, inputs, addon) : { misfit };
      if ("addon" in judged) return judged.addon;
      const message = `could not create the add-on: ${kind.title} answered with ${judged.misfit}.`;
      lost = { message, created: true };
    } catch (error) {
      // Refused because the name is taken: by what came of the call before.
      const takenByUs = lost !== undefined && error instanceof ConflictError;
      if (!takenByUs && !isUnclear(error)) throw error;
      if (error instanceof ConflictError) refused = error;
      lost ??= isRequestError(error) ? lostBy(error) : undefined;
      if (lost === undefined) throw error;
    }
    const found = await lookForLost(session, inputs, before, lost, sent);
    if (found !== undefined) return found;
    // No add-on has the name, so the conflict is about something else.
    if (refused !== undefined) throw refused;
    // What did create something is not sent again. Elsewhere nothing proves that the call had no
    // effect, unless a second add-on of that name is impossible.
    const mayRepeat = own !== undefined && !lost.created;
    if (!mayRepeat || attempt >= attempts || context.deadline.left() <= 0) {
      throw unclear(session, inputs, lost, `it did not show up in ${lookups.length} looks.`);
    }
  }
}

/**
 * The new add-on. An answer with another id than the name leads to expect may be right, since how the
 * platform makes ids of names is not documented to the last letter, or about another add-on; so that
 * one is asked for its name.
 */
async function confirmed<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  addon: E,
): Promise<{ readonly addon: E } | { readonly misfit: string }> {
  const { kind, api, context } = session;
  const { key } = addon;
  const expected = kind.predictedId(inputs);
  if (expected === undefined || expected === key) return { addon };
  const wanted = inspect(inputs[kind.titleField]);
  try {
    const seen = await api.get(key, context);
    if (seen === undefined) return { misfit: `${inspect(key)}, which is not there, for ${wanted}` };
    const title = observe(kind.fields, seen, {}).get(kind.titleField);
    if (title === inputs[kind.titleField] && seen.type === inputs.type) return { addon: seen };
    const what = `an add-on named ${inspect(title)} of type ${inspect(seen.type)}`;
    return { misfit: `${inspect(key)}, ${what}, not ${wanted}` };
  } catch (error) {
    return {
      misfit: `${inspect(key)} for ${wanted}, and that could not be read: ${messageOf(error)}`,
    };
  }
}

/** A creation of which no answer tells what it made. */
interface Lost {
  readonly message: string;
  /** True where the answer was a success, though one that cannot be used. */
  readonly created: boolean;
}

function lostBy(error: RequestError): Lost {
  const status = error.status ?? 0;
  const created = error instanceof UndecodableError && status >= 200 && status < 300;
  return { message: error.message, created };
}

async function lookForLost<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  before: ReadonlySet<string>,
  lost: Lost,
  sent: number,
): Promise<E | undefined> {
  const { kind, api, context, runtime, label } = session;
  const reading = async <T>(read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      throw unclear(session, inputs, lost, `looking for it failed: ${messageOf(error)}`);
    }
  };
  const started = runtime.clock.now();
  runtime.log(`${label}: the answer to its creation was lost; looking for it`);
  for (const after of lookups) {
    const pause = started + after - runtime.clock.now();
    if (pause > 0) await runtime.clock.sleep(Math.min(pause, context.deadline.left()));
    const keys = await reading(() => newKeys(session, inputs, before));
    const [only, ...others] = keys;
    if (only === undefined) continue;
    if (others.length > 0) {
      const ids = keys.map((key) => idOf(kind, inputs, key)).join(", ");
      throw new UserError(
        `${label}: ${lost.message} Since then ${keys.length} add-ons with ${kind.naturalKey(inputs)} have appeared: ${ids}. Say with adopt: "<API id>" which one is meant, and remove the others.`,
      );
    }
    const addon = await reading(() => api.get(only, context));
    // One of that name may be on its way out, and the list may have been older than it.
    if (addon === undefined || kind.phase(addon) === "deleting") continue;
    const why = notOurs(kind, addon, inputs, sent);
    if (why === undefined) return addon;
    throw new UserError(
      alreadyExists(
        session,
        inputs,
        [addon],
        `The answer to the creation was lost (${lost.message}), but this one is not its result: ${why}.`,
      ),
    );
  }
  return undefined;
}

/**
 * The ids of add-ons with this natural key that were not there before; where the id follows from the
 * name, that one, which was free, whatever a list had said.
 */
async function newKeys<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  before: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { kind, context } = session;
  const key = kind.predictedId(inputs);
  if (key !== undefined) return [key];
  session.forgetList();
  const listed = await session.listAll(context.deadline);
  return listed
    .filter((entry) => !before.has(entry.key) && kind.hasNaturalKey(inputs, entry))
    .map((entry) => entry.key);
}

function unclear<E extends RemoteAddon>(
  { kind, label }: Session<E>,
  inputs: Props,
  lost: Lost,
  why: string,
): UserError {
  return new UserError(
    `${label}: ${lost.message} It is not known whether the add-on was created; ${why} Run \`pulumi up\` again: it looks for one with ${kind.naturalKey(inputs)} first. If there is one by then, the error will say how to take it over; if not, it is created.`,
  );
}
