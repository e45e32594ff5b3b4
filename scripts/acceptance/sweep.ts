import { setTimeout as pause } from "node:timers/promises";
import { isJsonObject, stringAt, type JsonObject } from "../../test/contract/json";
import type { Lane } from "./recorder";
import { succeeded } from "./recording";
import { homePath, isOurs, itemsIn, type Target } from "./target";

export interface Patience {
  readonly pollMs: number;
  readonly limitMs: number;
}

/** The add-ons with names that this tool gives; those of one run only, where one is named. */
export async function leftovers(target: Target, lane: Lane, run?: string) {
  const found: JsonObject[] = [];
  const first = target.platform === "northflank" ? "?per_page=100" : "";
  for (let query: string | undefined = first; query !== undefined;) {
    const { status, body } = await lane.call(`GET ${homePath(target)}/addons${query}`);
    if (status !== 200) throw new Error(`The add-ons cannot be listed: the answer is ${status}.`);
    found.push(...itemsIn(body, "addons"));
    const paging = isJsonObject(body) && isJsonObject(body.pagination) ? body.pagination : {};
    const cursor = paging.hasNextPage === true ? stringAt(paging, "cursor") : undefined;
    query = cursor && `${first}&cursor=${encodeURIComponent(cursor)}`;
  }
  return found.flatMap(({ name, uuid, id = uuid }) =>
    isOurs(name, run) && typeof id === "string" ? [{ id, name }] : [],
  );
}

/**
 * Deletes them, and looks until two lists in a row show none: a list may lag behind, and a request that
 * was under way when a run was killed may still make one.
 */
export async function sweep(
  target: Target,
  lane: Lane,
  { pollMs, limitMs }: Patience,
  run?: string,
): Promise<string[]> {
  const deleted = new Set<string>();
  const end = Date.now() + limitMs;
  for (let empty = 0; empty < 2;) {
    const left = await leftovers(target, lane, run);
    empty = left.length === 0 ? empty + 1 : 0;
    for (const { id, name } of left) {
      const path = `${homePath(target)}/addons/${encodeURIComponent(id)}`;
      const { status } = await lane.call(`DELETE ${path}`);
      if (succeeded({ status }) || status === 404) deleted.add(name);
    }
    if (empty < 2) await pause(pollMs);
    if (left.length > 0 && Date.now() > end) {
      const names = left.map(({ name }) => name).join(", ");
      throw new Error(`Still there: ${names}. Delete them in the platform's console.`);
    }
  }
  return [...deleted];
}
