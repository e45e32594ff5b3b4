import { truncate } from "../http/redact";
import type { RemoteAddon, AddonKind } from "./kind";
import { isRecord, type Props, withAt } from "../fields/values";

/**
 * What a partial failure saves travels in a header of the answer, and the SDK's server does not answer
 * at all where that is larger than 64 KiB (found on the plugin host): `pulumi up` would hang, and what
 * was created would be in no state.
 */
const roomForHeader = 60_000;
/** At most so many bytes does the wire format add to a value. */
const overhead = 12;
/** Bytes of all inputs together; check refuses more, so that they always fit. */
export const mostInputs = 24_000;
/** Bytes of a reason: in UTF-8, and as a header has them. */
const mostReason = { plain: 4500, encoded: 12_000 };

/**
 * The properties of a partial failure, made to fit: outputs go, the longest first. The next update
 * reads them again. Inputs, the id and what the door has added stay.
 */
export function fitHeader<E extends RemoteAddon>(
  { fields, idOutput }: AddonKind<E>,
  properties: Props,
  reason: string,
): Props {
  // The reason stands in a header of its own, and twice in the one that holds the properties.
  const said = Buffer.byteLength(reason);
  const fits = (props: Props) =>
    encodeURI(reason).length + ((sizeOf(props) + 2 * said) * 4) / 3 < roomForHeader;
  const kept = new Set([idOutput, ...Object.keys(fields).map((path) => path.split(".")[0])]);
  const longest = Object.entries(properties)
    .filter(([name]) => !kept.has(name) && !name.startsWith("__"))
    .sort(([, a], [, b]) => sizeOf(b) - sizeOf(a));
  let slim = properties;
  for (const [name] of longest) {
    if (fits(slim)) break;
    slim = withAt(slim, name, undefined);
  }
  return slim;
}

/** The beginning of a reason that leaves room for all inputs. */
export function fitReason(reason: string): string {
  let short = reason;
  while (
    Buffer.byteLength(short) > mostReason.plain ||
    encodeURI(short).length > mostReason.encoded
  ) {
    short = truncate(short, Math.floor(short.length * 0.8));
  }
  return short;
}

/** Bytes on the wire, at most. */
export function sizeOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value) + overhead;
  if (Array.isArray(value))
    return value.reduce((sum: number, entry) => sum + sizeOf(entry), overhead);
  if (!isRecord(value)) return overhead;
  return Object.entries(value).reduce(
    (sum, [key, entry]) => sum + Buffer.byteLength(key) + overhead + sizeOf(entry),
    overhead,
  );
}
