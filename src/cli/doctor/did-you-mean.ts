import { distance } from "fastest-levenshtein";
import type { Scope } from "../source";

/** More candidates than these are no help. */
const mostNamed = 5;

/** What may have been meant by an id that is not there: what is called alike, else the only ones. */
export function suggestion(id: string, seen: readonly Scope[]): string | undefined {
  const [nearest, ...others] = seen
    .map((scope) => {
      const apart = [scope.id, scope.title].map((text) => distance(id, text));
      return { id: scope.id, apart: Math.min(...apart) };
    })
    .sort((a, b) => a.apart - b.apart);
  if (nearest === undefined) return undefined;
  if (others.length === 0 || nearest.apart * 2 <= id.length) return `Did you mean ${nearest.id}?`;
  if (others.length >= mostNamed) return undefined;
  return `The token sees ${[nearest, ...others].map((scope) => scope.id).join(", ")}.`;
}
