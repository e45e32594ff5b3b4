import * as t from "io-ts";

/**
 * Left out, or null: codecs of answers require only what nothing can work without, so that what a
 * platform leaves unsaid of one add-on keeps nobody from working with the others.
 */
export function optional<C extends t.Mixed>(codec: C) {
  return t.union([codec, t.null, t.undefined]);
}

export const optionalText = optional(t.string);
export const optionalNumber = optional(t.number);
export const optionalFlag = optional(t.boolean);
export const optionalList = optional(t.array(t.unknown));
export const optionalRecord = optional(t.record(t.string, t.unknown));

/** For answers that carry nothing that is used. */
export const anything = t.unknown;
