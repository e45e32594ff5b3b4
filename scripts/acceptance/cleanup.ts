import { isJsonObject, stringAt, type JsonObject } from "../../test/contract/json";
import type { Api } from "./api";
import { isOurs } from "./names";
import { addonsPath, itemsIn, type Target } from "./target";

export interface Leftover {
  readonly id: string;
  readonly name: string;
}

/** The add-ons with names that this tool gives; those of one run only, where one is named. */
export async function leftovers(target: Target, api: Api, run?: string): Promise<Leftover[]> {
  const found: JsonObject[] = [];
  let query = target.platform === "northflank" ? "?per_page=100" : "";
  for (;;) {
    const { status, body } = await api.call(`GET ${addonsPath(target)}${query}`);
    if (status !== 200) throw new Error(`The add-ons cannot be listed: the answer is ${status}.`);
    found.push(...itemsIn(body, "addons"));
    const paging = isJsonObject(body) && isJsonObject(body.pagination) ? body.pagination : {};
    const cursor = stringAt(paging, "cursor");
    if (paging.hasNextPage !== true || cursor === undefined) break;
    query = `?per_page=100&cursor=${encodeURIComponent(cursor)}`;
  }
  return found.flatMap((addon) => {
    const name = stringAt(addon, "name") ?? "";
    const id = stringAt(addon, target.platform === "miget" ? "uuid" : "id");
    return id !== undefined && isOurs(name, run) ? [{ id, name }] : [];
  });
}

export interface Patience {
  readonly pollMs: number;
  readonly limitMs: number;
}

/**
 * Deletes them, and looks until two lists in a row show none: a list may lag behind, and a request that
 * was under way when a run was killed may still make one.
 */
export async function sweep(
  target: Target,
  api: Api,
  { pollMs, limitMs }: Patience,
  run?: string,
): Promise<string[]> {
  const deleted = new Set<string>();
  const end = Date.now() + limitMs;
  for (let empty = 0; empty < 2;) {
    const left = await leftovers(target, api, run);
    empty = left.length === 0 ? empty + 1 : 0;
    for (const { id, name } of left) {
      const { status } = await api.call(`DELETE ${addonsPath(target)}/${encodeURIComponent(id)}`);
      if (status < 300 || status === 404) deleted.add(name);
    }
    if (empty < 2) await pause(pollMs);
    if (left.length > 0 && Date.now() > end) {
      throw new Error(
        `Still there: ${left.map(({ name }) => name).join(", ")}. Delete them yourself.`,
      );
    }
  }
  return [...deleted];
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
