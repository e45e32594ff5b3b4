import { NotFoundError } from "../http/errors";
import { poll } from "../http/poll";
import { deadlineIn } from "../http/deadline";
import type { Props } from "../fields/values";
import type { RemoteAddon } from "./kind";
import type { Session } from "./session";
import { UserError } from "./state";

/** Scope ids, separated by commas: apps or projects that are known to be gone, for one run. */
export const goneVariable = "PAAS_ADDONS_GONE";

/** Milliseconds for which an add-on's own answer and the list may contradict each other. */
export const contradictionLimit = 30_000;
const pauses = [1000, 4000, 10_000] as const;

/**
 * What is known of an add-on. A 404 alone does not say that it was deleted: the list of its app or
 * project has to be readable and to lack it too. Where the list answers 404 as well, the token may
 * not see either, and nothing is known.
 */
export type Existence<E> =
  | { readonly is: "present"; readonly addon: E }
  | { readonly is: "gone" }
  | { readonly is: "hidden" };

/**
 * Asks for the add-on. Costs one request where it is there; `isNew`: it was created a moment ago, so
 * that reads and lists may both lag.
 */
export async function existenceOf<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
  { isNew = false, declared = {} }: { readonly isNew?: boolean; readonly declared?: Props } = {},
): Promise<Existence<E>> {
  const { api, context, runtime } = session;
  const { clock } = runtime;
  const deadline = deadlineIn(clock, Math.min(contradictionLimit, context.deadline.left()));
  const found = await poll<Existence<E>>({ clock, deadline, pauses }, async () => {
    const addon = await api.get(key, context, declared);
    if (addon !== undefined) return { is: "present", addon };
    const listed = await isListed(session, key);
    if (listed === undefined) return { is: "hidden" };
    return listed || isNew ? undefined : { is: "gone" };
  });
  return found ?? { is: "gone" };
}

/** Whether the list has it; undefined where the list itself answers 404. */
export async function isListed<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
): Promise<boolean | undefined> {
  const { context, listAll, runtime, scopeId } = session;
  try {
    const listed = await listAll(context.deadline);
    return listed.some((entry) => entry.key.toLowerCase() === key.toLowerCase());
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    const gone = (runtime.env[goneVariable] ?? "").split(",").map((id) => id.trim());
    return gone.includes(scopeId) ? false : undefined;
  }
}

/** The add-on of an operation on what the state has; fails where it is not there. */
export async function presentAddon<E extends RemoteAddon>(
  session: Session<E>,
  key: string,
  declared?: Props,
): Promise<E> {
  const existence = await existenceOf(session, key, { declared: declared ?? {} });
  if (existence.is === "present") return existence.addon;
  throw existence.is === "gone" ? new DeletedError(session.label) : hiddenError(session);
}

/** The add-on was deleted elsewhere. */
export class DeletedError extends UserError {
  constructor(label: string) {
    super(
      `${label} does not exist any more: it was deleted elsewhere. Run \`pulumi refresh\`, then \`pulumi up\` to create a new one.`,
    );
  }
}

/** The platform shows neither the add-on nor its app or project, so nothing is done. */
export function hiddenError<E extends RemoteAddon>(session: Session<E>): UserError {
  const { kind, label, scopeId, account } = session;
  const { title, scopeName, accountField } = kind;
  return new UserError(
    `${label} cannot be seen: ${title} answers 404 for it and for its ${scopeName} ${scopeId}. Nothing was changed, and the state is kept. Check the token and ${accountField}: ${account}. If the ${scopeName} was deleted with its add-ons, say so for one run, with ${goneVariable}=${scopeId} before \`pulumi refresh\` or \`pulumi destroy\`.`,
  );
}
