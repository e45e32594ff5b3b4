import { engineMark } from "../http/json";
import { maskSecrets } from "../http/redact";
import { timeoutsField } from "../fields/common";
import type { FieldTable } from "../fields/field";
import { connectionSecrets, inputsOf } from "./session";
import { isRecord, type Props } from "../fields/values";

/** How the engine's wire format marks a secret, in both directions; a test holds it against the SDK's. */
export const secretMark = {
  key: engineMark,
  value: "1b47061264138c4ac30d75fd1eb44270",
};

/** Outputs that are secret as a whole. */
const secretOutputs = ["vars", "credentials", "connection"];

/**
 * The state with a mark at each text of an output that repeats a secret input, such as a name that
 * the platform made of a secret one, or the add-on's own connection data: the engine then keeps it
 * encrypted. Inputs it knows itself.
 */
export function markSecrets<E>(
  table: FieldTable<E>,
  state: Props,
  inputSecrets: readonly string[],
): Record<string, unknown> {
  const secrets = [...inputSecrets, ...connectionSecrets(state)];
  if (secrets.length === 0) return { ...state };
  const inputs = inputsOf(table, state);
  const isPlain = (name: string) =>
    name in inputs || name.startsWith("__") || [timeoutsField, ...secretOutputs].includes(name);
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [
      name,
      isPlain(name) ? value : sealed(value, secrets),
    ]),
  );
}

function sealed(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") {
    const repeats = maskSecrets(value, secrets) !== value;
    return repeats ? { [secretMark.key]: secretMark.value, value } : value;
  }
  if (Array.isArray(value)) return value.map((entry: unknown) => sealed(entry, secrets));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, sealed(entry, secrets)]),
  );
}
