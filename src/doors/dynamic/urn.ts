import { createRequire } from "node:module";

/** The URN of the deletion with this id that the SDK is about to hand on. */
export type UrnOf = (id: string) => string | undefined;

let shared: UrnOf | undefined;

/**
 * The SDK tells dynamic providers the id of what they are to delete, but not its URN, which is in the
 * same message. The plugin reads the id from the message just before it calls the provider, so that
 * call is where the URN can be had. Without it, the URN in the state stands in for it.
 */
export function deletionUrns(): UrnOf {
  shared ??= watch(messages());
  return shared;
}

function messages(): unknown {
  try {
    const load: (path: string) => unknown = createRequire(__filename);
    return load("@pulumi/pulumi/proto/provider_pb.js");
  } catch {
    return undefined;
  }
}

/** Exported for its test. */
export function watch(messages: unknown): UrnOf {
  const none = () => undefined;
  const message = part(messages, "DeleteRequest");
  const prototype = part(message, "prototype");
  const [getId, getUrn] = [part(prototype, "getId"), part(prototype, "getUrn")];
  if (typeof prototype !== "object" || prototype === null) return none;
  if (typeof getId !== "function" || typeof getUrn !== "function") return none;
  let last: { readonly id: unknown; readonly urn: unknown } | undefined;
  Reflect.set(prototype, "getId", function (this: unknown): unknown {
    const id: unknown = Reflect.apply(getId, this, []);
    last = { id, urn: Reflect.apply(getUrn, this, []) };
    return id;
  });
  return (id) => {
    const urn = last?.id === id ? last.urn : undefined;
    return typeof urn === "string" && urn !== "" ? urn : undefined;
  };
}

function part(value: unknown, name: string): unknown {
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  return isObject ? Reflect.get(value, name) : undefined;
}
