/** Levels of nesting; documented answers have fewer than ten. */
const deepest = 64;

/**
 * What has a meaning of its own to the Pulumi engine, wherever it stands in a value: its words for
 * values not known yet, and the key that marks secrets, assets and references. A platform's answer
 * that repeats one of them must not be taken for the engine's own.
 * From github.com/pulumi/pulumi: sdk/go/common/resource/plugin/rpc.go, sdk/go/common/resource/sig.
 */
const engineWords: ReadonlySet<string> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
/** The key of that mark. */
export const engineMark = "4dabf18193072939515e22adb298388d";
const unusableKeys: ReadonlySet<string> = new Set([
  engineMark,
  // Assigned to an object, it would become its prototype.
  "__proto__",
]);

/**
 * The JSON of an answer, made harmless: nothing in it that the engine would take for its own, that has
 * no place in UTF-8 or in JSON again, or that would change a prototype. Throws for what is no JSON, or
 * is nested deeper than anything that the platforms answer.
 */
export function parseAnswer(text: string): unknown {
  let value: unknown;
  try {
    // A byte order mark counts as white space.
    value = JSON.parse(text.trim());
  } catch {
    throw new Error("its JSON is broken");
  }
  return harmless(value, 0);
}

function harmless(value: unknown, depth: number): unknown {
  if (depth > deepest) throw new Error(`its JSON is nested deeper than ${deepest} levels`);
  if (typeof value === "string") return engineWords.has(value) ? "" : wellFormed(value);
  // 1e400 is JSON, and infinite once it is read.
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map((entry) => harmless(entry, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !unusableKeys.has(key))
      .map(([key, entry]) => [wellFormed(key), harmless(entry, depth + 1)]),
  );
}

/** Without halves of surrogate pairs, which UTF-8 cannot hold: the engine's wire format would fail. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
