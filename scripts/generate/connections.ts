import { types as migetTypes } from "../../src/miget/fields";
import { detailsOf as migetDetails } from "../../src/miget/connection";
import { isRecord } from "../../src/fields/values";
import { connectionCases, password } from "../../test/support/connection-cases";
import { code, list, table } from "./table";

/** What `uri` and `vars` look like where the platform gives no more than host and login. */
export function migetUris(): string {
  const rows = migetTypes.flatMap((type) => {
    const { connection, vars } = migetDetails({
      uuid: "",
      state: "",
      type,
      name: "assigned-name",
      connection_details: {
        internal: { hostname: "host", username: "user", password: "password" },
      },
    });
    if (connection?.uri === undefined) return [];
    const names = Object.keys(vars).map((name) =>
      code(name.replace("ASSIGNED_NAME", "<ASSIGNED_NAME>")),
    );
    return [[type, code(schemeOf(connection.uri)), String(connection.port), list(names)]];
  });
  return table(["Type", "Scheme of `uri`", "Port", "`vars`"], rows);
}

/** The tests' own cases: which keys are answered, and what is made of them. */
export function northflankConnections(): string {
  const rows = connectionCases.map(({ type, variant, envs, secrets, connection }) => {
    const { uri, ...others } = connection;
    const keys = Object.keys({ ...envs, ...secrets }).map(code);
    const parts = Object.entries(others).map(([name, value]) => `${code(name)} ${shown(value)}`);
    return [type, variant, keys.join(", "), uri === undefined ? "–" : shown(uri), parts.join(", ")];
  });
  return table(["Type", "Variant", "Keys", "`uri`", "Other properties of `connection`"], rows);
}

/** A value as it stands in the table: secrets left out, an object by its members. */
function shown(value: unknown): string {
  if (!isRecord(value)) {
    const text = String(value).replace(/(:\/\/[^:@/]*:)[^@]*@/u, "$1…@");
    return code(text === password ? "…" : text);
  }
  const members = Object.entries(value).map(([name, entry]) => `${name}: ${shown(entry)}`);
  return `{ ${members.join(", ")} }`;
}

function schemeOf(uri: string): string {
  return new URL(uri).protocol;
}
