import type { JsonObject } from "../../contract/json";
import type { Answer, Call } from "../exchange";

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 100;
const CURSOR = /^fake-cursor-(\d+)$/;

/** An item with the number that cursors count by: items removed meanwhile shift no page. */
export interface Numbered {
  readonly sequence: number;
  readonly item: JsonObject;
}

const positive = (text: string | undefined, fallback: number): number => {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value > 0 ? value : fallback;
};

/** One page of a list, below `key`. A cursor beats a page number. */
export function page(call: Call, key: string, all: readonly Numbered[], cap: number): Answer {
  const size = Math.min(positive(call.query.per_page, DEFAULT_PAGE), LARGEST_PAGE, cap);
  const after = CURSOR.exec(call.query.cursor ?? "")?.[1];
  const sorted = [...all].sort((left, right) => left.sequence - right.sequence);
  const rest =
    after === undefined
      ? sorted.slice((positive(call.query.page, 1) - 1) * size)
      : sorted.filter(({ sequence }) => sequence > Number(after));
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  const hasNextPage = rest.length > shown.length;
  return {
    status: 200,
    body: {
      data: { [key]: shown.map(({ item }) => item) },
      pagination: {
        hasNextPage,
        ...(hasNextPage && last && { cursor: `fake-cursor-${last.sequence}` }),
        count: shown.length,
      },
    },
  };
}

export const numbered = (items: readonly JsonObject[]): Numbered[] =>
  items.map((item, index) => ({ sequence: index + 1, item }));
