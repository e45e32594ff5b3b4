import { at, type Props } from "../fields/values";
import { changesOf } from "./diff";
import type { AddonKind, RemoteAddon } from "./kind";

/**
 * That inputs left the program whose value the platform keeps, since leaving them out means nothing to
 * its API; undefined where there are none. What is replaced begins without them.
 */
export function keptWarning<E extends RemoteAddon>(
  { fields, title }: AddonKind<E>,
  olds: Props,
  news: Props,
): string | undefined {
  if (changesOf(fields, olds, news).some(({ kind }) => kind === "replace")) return undefined;
  const kept = Object.entries(fields).flatMap(([path, field]) => {
    const isSent = field.change === "update" && field.api !== undefined;
    const isRemoved = at(olds, path) !== undefined && at(news, path) === undefined;
    return isSent && isRemoved && field.whenRemoved === undefined ? [path] : [];
  });
  if (kept.length === 0) return undefined;
  return `no longer in the program: ${kept.join(", ")}. ${title} keeps the value, since its API has no way to take it back. To change it, give another value.`;
}
