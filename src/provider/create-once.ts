import {
  ConflictError,
  isRequestError,
  isUnclear,
  messageOf,
  type RequestError,
  UndecodableError,
} from "../http/errors";
import { strangeWhy } from "./adopt";
import { observe } from "../fields/field";
import { misfitWhy } from "./check-answer";
import { alreadyExists } from "./find-existing";
import type { RemoteAddon, ListedAddon } from "./kind";
import { idOf, type Session } from "./session";
import { isDeleting } from "./wait";
import { UserError } from "./state";
import { type Props, inspect } from "../fields/values";

/** Looks for an add-on whose create call got no answer, in milliseconds after the call: lists lag. */
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
  const { platform, operations, runtime, call } = session;
  const scope = String(inputs[platform.scopeField]);
  const before = new Set(listed.map(({ key }) => key));
  // A name that was free can be that of one that is gone, and that the list still had.
  const own = platform.predictedId(inputs);
  const others = new Set([...before].filter((key) => key !== own));
  const sent = runtime.clock.now();
  let lost: Lost | undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const entity = await operations.create(inputs, call);
      const misfit = misfitWhy(entity, scope, inputs.type, others);
      const judged = misfit === undefined ? await confirmed(session, inputs, entity) : { misfit };
      if ("entity" in judged) return judged.entity;
      const message = `could not create the add-on: ${platform.title} answered with ${judged.misfit}.`;
      lost = { message, created: true };
    } catch (error) {
      // Refused because the name is taken: by what came of the call before.
      const takenByUs = lost !== undefined && error instanceof ConflictError;
      if (!takenByUs && !isUnclear(error)) throw error;
      lost ??= isRequestError(error) ? lostBy(error) : undefined;
      if (lost === undefined) throw error;
    }
    const found = await lookForLost(session, inputs, before, lost, sent);
    if (found !== undefined) return found;
    // What did create something is not sent again. Elsewhere nothing proves that the call had no
    // effect, unless a second add-on of that name is impossible.
    const mayRepeat = own !== undefined && !lost.created;
    if (!mayRepeat || attempt >= attempts || call.deadline.left() <= 0) {
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
  entity: E,
): Promise<{ readonly entity: E } | { readonly misfit: string }> {
  const { platform, operations, call } = session;
  const { key } = entity;
  const expected = platform.predictedId(inputs);
  if (expected === undefined || expected === key) return { entity };
  const wanted = inspect(inputs[platform.titleField]);
  try {
    const seen = await operations.get(key, call);
    if (seen === undefined) return { misfit: `${inspect(key)}, which is not there, for ${wanted}` };
    const title = observe(platform.fields, seen, {}).get(platform.titleField);
    if (title === inputs[platform.titleField] && seen.type === inputs.type) return { entity: seen };
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
  const { platform, operations, call, runtime, label } = session;
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
    if (pause > 0) await runtime.clock.sleep(Math.min(pause, call.deadline.left()));
    const keys = await reading(() => newKeys(session, inputs, before));
    const [only, ...others] = keys;
    if (only === undefined) continue;
    if (others.length > 0) {
      const ids = keys.map((key) => idOf(platform, inputs, key)).join(", ");
      throw new UserError(
        `${label}: ${lost.message} Since then ${keys.length} add-ons with ${platform.naturalKey(inputs)} have appeared: ${ids}. Say with adopt: "<API id>" which one is meant, and remove the others.`,
      );
    }
    const entity = await reading(() => operations.get(only, call));
    // One of that name may be on its way out, and the list may have been older than it.
    if (entity === undefined || isDeleting(platform, entity)) continue;
    const why = strangeWhy(platform, entity, inputs, sent);
    if (why === undefined) return entity;
    throw new UserError(
      alreadyExists(
        session,
        inputs,
        [entity],
        `The answer to the creation was lost (${lost.message}), but this one is not its result: ${why}.`,
      ),
    );
  }
  return undefined;
}

/**
 * The keys of namesakes that were not there before; where the name makes the key, just that one, which
 * was free, whatever a list had said.
 */
async function newKeys<E extends RemoteAddon>(
  session: Session<E>,
  inputs: Props,
  before: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { platform, call } = session;
  const key = platform.predictedId(inputs);
  if (key !== undefined) return [key];
  session.forgetList();
  const listed = await session.listAll(call.deadline);
  return listed
    .filter((entry) => !before.has(entry.key) && platform.hasNaturalKey(inputs, entry))
    .map((entry) => entry.key);
}

function unclear<E extends RemoteAddon>(
  { platform, label }: Session<E>,
  inputs: Props,
  lost: Lost,
  why: string,
): UserError {
  return new UserError(
    `${label}: ${lost.message} It is not known whether the add-on was created; ${why} Run \`pulumi up\` again: it looks for one with ${platform.naturalKey(inputs)} first. If there is one by then, the error will say how to take it over; if not, it is created.`,
  );
}
