import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { toStruct } from "../../support/plugin-messages";
import { isRecord, type JsonRecord } from "../../support/json";
import { signatureKey, unknownSentinels } from "./texts";

/** What is wrong with a value that leaves the provider: what the engine cannot carry or would misread. */
export function faultsIn(props: JsonRecord): string[] {
  const faults: string[] = [];
  // No recursion: what is checked here may be what recursion breaks at.
  const open: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [
    { value: props, path: "props", depth: 0 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path, depth } = next;
    if (depth > deepest) {
      faults.push(`${path.slice(0, 60)}… is nested too deeply`);
    } else if (typeof value === "string") {
      faults.push(...textFaults(value).map((fault) => `${path} ${fault}`));
    } else if (typeof value === "number") {
      if (!Number.isFinite(value)) faults.push(`${path} is ${String(value)}`);
    } else if (Array.isArray(value)) {
      value.forEach((entry: unknown, index) =>
        open.push({ value: entry, path: `${path}[${index}]`, depth: depth + 1 }),
      );
    } else if (isRecord(value)) {
      if (Object.getPrototypeOf(value) !== Object.prototype)
        faults.push(`${path} is no plain object`);
      for (const [key, entry] of Object.entries(value)) {
        if (key === signatureKey) faults.push(`${path} has the engine's signature key`);
        if (key === "__proto__") faults.push(`${path} has the key __proto__`);
        if (/\p{Surrogate}/u.test(key)) faults.push(`${path} has half of a character in a key`);
        open.push({ value: entry, path: `${path}.${key}`, depth: depth + 1 });
      }
    } else if (value !== null && typeof value !== "boolean") {
      faults.push(`${path} is ${typeof value}`);
    }
  }
  return faults.length > 0 ? faults : wireFaults(props);
}

/** More than any answer of the platforms has, and far less than any parser's limit. */
const deepest = 64;

function textFaults(text: string): string[] {
  return [
    ...(/\p{Surrogate}/u.test(text) ? ["holds half of a character"] : []),
    ...(unknownSentinels.some((sentinel) => text === sentinel) ? ["counts as not known"] : []),
  ];
}

/** The way over the wire and back must change nothing. */
function wireFaults(props: JsonRecord): string[] {
  const back = Struct.deserializeBinary(toStruct(props).serializeBinary()).toJavaScript();
  return canonical(back) === canonical(props) ? [] : ["the wire changes it"];
}

/** JSON in which the order of keys does not count, as on the wire. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
