import { types as migetTypes } from "../../src/miget/fields";
import { detailsOf as migetDetails } from "../../src/miget/connection";
import { detailsOf as northflankDetails } from "../../src/northflank/connection";
import { code, list, table } from "./table";

/** What stands for an answer that gives a host and a login, and no URI of its own. */
const login = { HOST: "host", USERNAME: "user", PASSWORD: "password" };
const keys = { HOST: "host", ACCESS_KEY: "user", SECRET_KEY: "password" };

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

/** The types of which it is known where their credentials are. */
export const northflankTypes: readonly string[] = [
  "postgresql",
  "mysql",
  "mongodb",
  "redis",
  "minio",
  "rabbitmq",
];

export function northflankUris(): string {
  const rows = northflankTypes.map((type) => {
    const connect = (more: Readonly<Record<string, string>>) =>
      northflankDetails(type, { envs: more, secrets: type === "minio" ? keys : login }).connection;
    const plain = connect({});
    const tls = connect({ TLS_ENABLED: "true" });
    if (plain?.uri === undefined || tls?.uri === undefined) {
      throw new Error(`${type} has no URI`);
    }
    return [type, code(schemeOf(plain.uri)), code(schemeOf(tls.uri)), String(plain.port)];
  });
  return table(["Type", "Scheme of `uri`", "With TLS", "Port"], rows);
}

function schemeOf(uri: string): string {
  return new URL(uri).protocol;
}
