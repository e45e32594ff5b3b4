import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { isRecord, type Props, unknownValue } from "../../fields/values";
import { secretMark } from "../../provider/mark-secrets";
import { toState } from "../../provider/state";

/** What stands on the wire for a value that is not known yet, by the type that is expected there. */
const unknowns = new Set([
  unknownValue,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Properties as they came: in plain, and where the engine had marked them secret. */
export interface Received {
  readonly props: Props;
  /** Dotted paths; places in lists are left out. */
  readonly secretPaths: readonly string[];
}

export function received(struct: Struct | undefined): Received {
  const paths = new Set<string>();
  const plain = unwrapped(struct?.toJavaScript() ?? {}, "", paths);
  return { props: isRecord(plain) ? plain : {}, secretPaths: [...paths].sort() };
}

function unwrapped(value: unknown, path: string, paths: Set<string>): unknown {
  if (typeof value === "string") return unknowns.has(value) ? unknownValue : value;
  if (Array.isArray(value)) return value.map((entry: unknown) => unwrapped(entry, path, paths));
  if (!isRecord(value)) return value;
  if (value[secretMark.key] === secretMark.value) {
    paths.add(path);
    return unwrapped(value.value, path, paths);
  }
  const entries = Object.entries(value).map(([key, entry]) => {
    return [key, unwrapped(entry, path === "" ? key : `${path}.${key}`, paths)] as const;
  });
  return Object.fromEntries(entries);
}

/** Properties for the engine, with a mark at each of these paths. */
export function toStruct(props: Props, secretPaths: readonly string[]): Struct {
  const marked = secretPaths.reduce<unknown>((value, path) => {
    return markedAt(value, path.split("."));
  }, toState(props));
  return Struct.fromJavaScript(isRecord(marked) ? wireRecord(marked) : {});
}

function markedAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (isRecord(value) && value[secretMark.key] === secretMark.value) return value;
  if (key === undefined) return { [secretMark.key]: secretMark.value, value };
  if (Array.isArray(value)) return value.map((entry: unknown) => markedAt(entry, [key, ...rest]));
  if (!isRecord(value) || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: markedAt(value[key], rest) };
}

function wireRecord(record: Props): Record<string, JavaScriptValue> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, wireValue(value)]));
}

function wireValue(value: unknown): JavaScriptValue {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.map(wireValue);
  return isRecord(value) ? wireRecord(value) : null;
}
