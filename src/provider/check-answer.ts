import { isId } from "../http/path";
import type { RemoteAddon, AddonApi } from "./kind";
import { UserError } from "./state";
import { inspect } from "../fields/values";

/**
 * The same API, which takes no answer about another add-on for one about the one that was asked
 * for: what is done next would be done to that one.
 */
export function strict<E extends RemoteAddon>(
  api: AddonApi<E>,
  title: string,
  scope: string,
): AddonApi<E> {
  return {
    ...api,
    get: async (key, context, declared) => {
      const addon = await api.get(key, context, declared);
      if (addon === undefined) return undefined;
      const why = mismatch(addon, scope, key);
      if (why === undefined) return addon;
      throw new UserError(
        `${title} was asked for the add-on ${key} of ${scope} and answered with ${why}. Nothing was done to either. Try again; if it lasts, ask the platform's support.`,
      );
    },
  };
}

/** What is wrong with the answer to a creation: such an add-on is not taken for the new one. */
export function misfitWhy(
  entity: RemoteAddon,
  scope: string,
  type: unknown,
  others: ReadonlySet<string>,
): string | undefined {
  if (!isId(entity.key)) return `an id of which no use can be made, ${inspect(entity.key)}`;
  if (others.has(entity.key)) return `${entity.key}, an add-on that was there before`;
  if (entity.type !== type) return `one of type ${inspect(entity.type)}`;
  return mismatch(entity, scope, entity.key);
}

/** Neither platform tells ids apart by the case of their letters. */
function mismatch(entity: RemoteAddon, scope: string, key: string): string | undefined {
  const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  if (!isSame(entity.key, key)) return `another one, ${inspect(entity.key)}`;
  return entity.scope === undefined || isSame(entity.scope, scope)
    ? undefined
    : `one of ${inspect(entity.scope)}`;
}
