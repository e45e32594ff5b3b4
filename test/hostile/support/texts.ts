import { runtime } from "@pulumi/pulumi";

/**
 * Values that break careless code, for answers of a platform and for inputs of a program alike.
 */

/** What the engine's wire format takes for a value that is not known yet, one for each type. */
export const unknownSentinels = [
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
] as const;

/** The key by which the engine tells that an object stands for something else. */
export const signatureKey = runtime.specialSigKey;

/** What the key's value makes of an object: secret, asset, archive, resource, output, bytes. */
const signatures = [
  runtime.specialSecretSig,
  "c44067f5952c0a294b673a41bacd8c17",
  "0def7320c3a5731c473e5ecbe6d01bc7",
  "5cf8f73096256a8f31e491e813e4eb8e",
  "d0e6a833031e9bbcd3f4e8bde6ca49a4",
] as const;

/** Objects that the engine takes for something else, or fails at. */
export const magicObjects: readonly Readonly<Record<string, unknown>>[] = [
  ...signatures.map((signature) => ({ [signatureKey]: signature, value: "smuggled" })),
  { [signatureKey]: signatures[0] },
  { [signatureKey]: signatures[1], path: "/etc/hostname" },
  { [signatureKey]: signatures[3], urn: "urn:pulumi:a::b::c::d", id: unknownSentinels[0] },
  { [signatureKey]: "no signature at all" },
  { [signatureKey]: null },
];

/** Keys that objects have already, or that mean something to somebody. */
export const oddKeys = [
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "then"],
  ...["", ".", "..", "a.b", "a[0]", "0", "length", "id", "urn", "__provider", "__defaults"],
  ...["\u0000", "a\nb", "\ud800", "\udc00x", "ключ", "🗝️", "\u202egnp", "k".repeat(5000)],
  signatureKey,
  unknownSentinels[0],
];

/** Texts of every kind that a terminal, a path, a header, a file or a parser may trip over. */
export const oddTexts = [
  ...["", " ", "\u0000", "a\u0000b", "\u001b[31mred\u001b[0m", "line\nline", "line\r\nline", "\t"],
  ...["\ud800", "a\udfffb", "\ud83d", "x\u2028y", "\ufeff", "\u202egnp.exe", "a\u2066b"],
  ...["данные", "数据库", "قاعدة بيانات", "🐘🐘🐘", "👩‍👩‍👧‍👦", "e\u0301\u0302\u0303", "Ω".repeat(300)],
  ...["NaN", "Infinity", "-0", "1e400", "null", "true", "[]"],
  ...["$(touch x)", "`id`", "'; DROP TABLE x; --", "<script>alert(1)</script>", "%s%n", "{{7*7}}"],
  ...["__proto__", "constructor", "2026-13-45T99:99:99Z", "0x10", "١٢٣"],
  ...["postgres://u:not-a-real-secret@h/d", "://", "a://b@c@d:99999/e?f#g", "\\u0000", "%00%zz"],
  ...unknownSentinels,
  signatureKey,
  ...["x".repeat(100_000), "🐘".repeat(300), `${"y".repeat(499)}🐘`, "\n".repeat(5000)],
];

/** Texts that are no id of anything, and that may lead a path elsewhere. */
export const oddIds = [
  ...["", ".", "..", "...", "a/b", "/", "../other", "a/..", "./", "%2e%2e", "%2E.", "..%2f", "%00"],
  ...["a\\..\\b", "..\\", "a?b", "a#b", ";", "a;b", "a\u0000b", "a\nb", "\t", " ", "a b", "\ud800"],
  ...[
    "https://elsewhere.example.com/x",
    "//elsewhere.example.com",
    "@",
    "ä",
    "．．",
    "\u2024\u2024",
  ],
  ...["$(touch x)", "a,b", "__proto__", "constructor", "x".repeat(5000), unknownSentinels[0]],
];

/** JSON texts of numbers that are more than a number can hold, or less than anything. */
export const oddNumbers = [
  ...["1e400", "-1e400", "1e308", "-1e308", "9007199254740993", "-9007199254740993", "1e21"],
  ...["5e-324", "-0", "-1", "0", "0.1", "0.30000000000000004", "2147483648", "4294967296"],
];

/** JSON text that is nested deeper than any stack is. */
export function deepText(levels: number, kind: "list" | "object"): string {
  const [open, close] = kind === "list" ? ["[", "]"] : ['{"a":', "}"];
  return `${open.repeat(levels)}1${close.repeat(levels)}`;
}

/** The same as a value. */
export function deepValue(levels: number, kind: "list" | "object"): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = kind === "list" ? [value] : { a: value };
  return value;
}
