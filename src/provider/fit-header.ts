import type { RemoteAddon, AddonKind } from "./kind";
import { digestKey, digestOf } from "../fields/digest";
import { at, isRecord, type Props, withAt } from "../fields/values";

/**
 * What a partial failure saves travels in a header of the answer, and the SDK's server does not answer
 * at all where that is larger than 64 KiB (found on the plugin host): `pulumi up` would hang, and what
 * was created would be in no state.
 */
const roomForHeader = 60_000;
/** Bytes; a shorter value is not worth it. */
const shortest = 512;
/** At most so many bytes does the wire format add to a value. */
const overhead = 12;

/**
 * The properties of a partial failure, made to fit. First go outputs, which the next update reads
 * again; then the longest inputs, of which only a digest is kept, so that they still compare; last
 * the connection data, which a paused add-on may not show again soon.
 */
export function fitHeader<E extends RemoteAddon>(
  { fields, stickyOutputs, idOutput }: AddonKind<E>,
  properties: Props,
  reason: string,
): Props {
  // The reason stands in a header of its own, and twice in the one that holds the properties.
  const said = Buffer.byteLength(reason);
  const fits = (props: Props) =>
    encodeURI(reason).length + ((sizeOf(props) + 2 * said) * 4) / 3 < roomForHeader;
  if (fits(properties)) return properties;
  const kept = new Set(Object.keys(fields).map((path) => path.split(".")[0]));
  for (const name of [idOutput, ...Object.keys(stickyOutputs)]) kept.add(name);
  const entries = Object.entries(properties);
  let slim: Props = Object.fromEntries(
    entries.filter(
      ([name, value]) => kept.has(name) || name.startsWith("__") || sizeOf(value) < shortest,
    ),
  );
  const longest = Object.keys(fields)
    .map((path) => ({ path, size: sizeOf(at(slim, path)) }))
    .filter(({ size }) => size >= shortest)
    .sort((a, b) => b.size - a.size);
  for (const { path } of longest) {
    if (fits(slim)) return slim;
    slim = withAt(slim, path, { [digestKey]: digestOf(at(slim, path)) });
  }
  return fits(slim) ? slim : { ...slim, ...stickyOutputs };
}

/** Bytes on the wire, at most. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value) + overhead;
  if (Array.isArray(value))
    return value.reduce((sum: number, entry) => sum + sizeOf(entry), overhead);
  if (!isRecord(value)) return overhead;
  return Object.entries(value).reduce(
    (sum, [key, entry]) => sum + Buffer.byteLength(key) + overhead + sizeOf(entry),
    overhead,
  );
}
