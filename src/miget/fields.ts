import * as codec from "../fields/codecs";
import { commonFields } from "../fields/common";
import type { Field, FieldTable, Setting } from "../fields/field";
import type { RemoteMigetAddon } from "./codecs";
import { isPublic } from "./connection";
import { phaseOf } from "./states";
import { volumeFields } from "./volume";

/** The add-on types that can be created. */
export const types = ["postgres", "mysql", "valkey", "storage"] as const;
export const databases: readonly string[] = ["postgres", "mysql", "valkey"];

/** The versions of the vendor's material. */
export const knownVersions = {
  postgres: ["18", "17", "16", "15", "14", "13"],
  mysql: ["8.2", "8.0"],
  valkey: ["7.2", "7"],
} as const;

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

/** Small plans answer this whatever was sent. */
const pinnedCores = 0.1;

/** The workspace to act in. */
export const workspace: Setting = { key: "miget:workspaceId", variables: ["MIGET_WORKSPACE_ID"] };

type Row = Field<RemoteMigetAddon>;

/** Bytes in a unit, with the fewest digits that stand for them: 0.1 and not 0.0999999996. */
function inUnits(bytes: number, unit: number): number {
  const rounded = (digits: number) => Number((bytes / unit).toPrecision(digits));
  const candidates = Array.from({ length: 8 }, (_, index) => rounded(index + 1));
  return candidates.find((each) => Math.abs(each * unit - bytes) <= 1) ?? rounded(9);
}

/** A size that is sent in a unit and answered in bytes under `quota`. */
function size(
  quota: string,
  unitName: string,
  unit: number,
): Partial<Row> & Pick<Row, "codec" | "api"> {
  const bytes = (value: unknown) =>
    typeof value === "number" ? Math.round(value * unit) : undefined;
  return {
    codec: codec.positive(unitName),
    api: quota,
    observe: ({ body }, declared) => {
      const seen = body.quota?.[quota];
      if (typeof seen !== "number") return undefined;
      const wanted = bytes(declared);
      // Half a unit is not a whole number of bytes everywhere; the server may round either way.
      if (wanted !== undefined && Math.abs(wanted - seen) <= 1) return declared;
      return inUnits(seen, unit);
    },
    same: (a, b) => bytes(a) !== undefined && bytes(a) === bytes(b),
  };
}

function replicationField(api: string, doc: string, rest: Partial<Row> = {}): Row {
  return {
    doc,
    codec: codec.text,
    types: ["postgres"],
    change: "replace",
    replaceReason: "where a replica follows from is set at its creation",
    api,
    // To a database that follows nothing, or no longer does, they mean nothing.
    same: (_old, _next, { news }) => news.creationMode !== "external_replica",
    ...rest,
  };
}

const switchCodes = {
  codec: codec.flag,
  encode: (value: unknown) => (value === true ? "1" : "0"),
};

/** Every input of MigetAddon. The facts are those of the API reference and the vendor's material. */
export const fields = {
  appUuid: {
    doc: "UUID of the app that owns the add-on. An add-on lives on its app's resource and cannot move.",
    codec: codec.matching(
      /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu,
      "must be the UUID of an app; `npx pulumi-paas-addons doctor` lists your apps with theirs",
    ),
    required: true,
    change: "replace",
    replaceReason: "an add-on cannot move to another app",
  },
  workspaceId: {
    doc: "Workspace to act in, sent as `X-Workspace-Id`.",
    codec: codec.text,
    defaultFrom: { setting: workspace },
    change: "record",
  },
  type: {
    doc: "Kind of add-on. In the program a literal, not an Output.",
    codec: codec.oneOf(...types),
    required: true,
    change: "replace",
    replaceReason: "the type of an add-on is fixed",
    api: "type",
    observe: ({ type }) => type,
  },
  name: {
    doc: "Wanted identifier. The server appends a suffix; see the output `assignedName`.",
    codec: codec.text,
    defaultFrom: "the Pulumi resource name",
    change: "replace",
    replaceReason: "the server gives the name once",
    api: "name",
    // The server's own name never equals the one that was asked for.
    observe: ({ body }, declared) => (declared === undefined ? body.name : undefined),
  },
  label: {
    doc: "Display name. Together with the type it is the natural key within the app.",
    codec: codec.text,
    defaultFrom: { input: "name" },
    change: "update",
    step: "settings",
    api: "label",
    observe: ({ body }) => body.label,
    // A server may trim a label and compose its characters.
    same: (a, b) =>
      typeof a === "string" && typeof b === "string" && normalLabel(a) === normalLabel(b),
  },
  ramSize: {
    doc: "Memory.",
    types: databases,
    change: "update",
    step: "settings",
    ...size("ram_size", "MiB", mebibyte),
  },
  cpuSize: {
    doc: "CPU. Small plans answer 0.1 cores whatever was sent; that is no drift.",
    types: databases,
    codec: codec.positive("cores"),
    change: "update",
    step: "settings",
    api: "cpu_size",
    observe: ({ body }, declared) => {
      const seen = body.quota?.cpu_size;
      const isOpen = declared !== undefined && declared !== pinnedCores;
      return seen === pinnedCores && isOpen ? undefined : seen;
    },
  },
  diskSize: {
    doc: "Disk. It can only grow.",
    change: "update",
    replaceWhen: ({ old, next }) =>
      typeof old === "number" && typeof next === "number" && next < old
        ? "a disk cannot shrink"
        : undefined,
    step: "settings",
    ...size("disk_size", "GiB", gibibyte),
  },
  postgresVersion: version("PostgreSQL major version, such as `17`.", "postgres"),
  mysqlVersion: version("MySQL version, such as `8.2`.", "mysql"),
  valkeyVersion: version("Valkey version, such as `7.2`.", "valkey"),
  publicAccess: {
    doc: "Whether the database can be reached from the internet.",
    ...switchCodes,
    types: ["postgres"],
    whenRemoved: false,
    change: "update",
    step: "settings",
    api: "public_access",
    isSlow: true,
    // A replica of a database elsewhere is public whatever was asked for.
    observe: ({ body }, _declared, inputs) =>
      inputs.creationMode === "external_replica" ? undefined : isPublic(body),
  },
  instances: {
    doc: "Nodes. More than one makes a high-availability cluster.",
    codec: codec.oneOf(1, 3, 5, 7),
    types: ["postgres"],
    change: "update",
    step: "settings",
    api: "instances",
    observe: ({ body }) => body.instances ?? body.settings?.instances,
  },
  creationMode: {
    doc: 'An empty database, or a replica of a database elsewhere, which is always public. Setting `"fresh"` promotes a replica: it leaves its source for good, and keeps its data. That call is known from the vendor\'s material only.',
    codec: codec.oneOf("fresh", "external_replica"),
    types: ["postgres"],
    whenRemoved: "fresh",
    change: "update",
    replaceWhen: ({ old, next }) =>
      old === "external_replica" && next === "fresh"
        ? undefined
        : 'how a database begins is set at its creation; only `"fresh"`, written out, promotes a replica',
    step: "promote",
    api: "creation_mode",
  },
  externalHost: replicationField(
    "external_host",
    "Host of the source database; for `external_replica`.",
  ),
  externalPort: replicationField("external_port", "Port of the source database.", {
    codec: codec.whole("", 1, 65_535),
    whenRemoved: 5432,
  }),
  authType: replicationField(
    "auth_type",
    "How replication authenticates; for `external_replica`.",
    {
      codec: codec.oneOf("password", "tls"),
    },
  ),
  replicationUsername: replicationField(
    "replication_username",
    "Replication user; for `external_replica`.",
  ),
  replicationPassword: replicationField(
    "replication_password",
    'Its password; for `authType: "password"`.',
    { secret: true },
  ),
  caCrt: replicationField("ca_crt", 'CA certificate, PEM; for `authType: "tls"`.'),
  tlsCrt: replicationField("tls_crt", 'Client certificate, PEM; for `authType: "tls"`.'),
  tlsKey: replicationField("tls_key", 'Client key, PEM; for `authType: "tls"`.', { secret: true }),
  s3Enabled: replicationField("s3_enabled", "Fall back to a WAL archive in S3.", {
    ...switchCodes,
    whenRemoved: false,
  }),
  s3Endpoint: replicationField("s3_endpoint", "S3 endpoint; with `s3Enabled`."),
  s3Bucket: replicationField("s3_bucket", "S3 bucket; with `s3Enabled`."),
  s3Path: replicationField("s3_path", "Path in the bucket; with `s3Enabled`."),
  s3AccessKey: replicationField("s3_access_key", "S3 key id; with `s3Enabled`.", { secret: true }),
  s3SecretKey: replicationField("s3_secret_key", "S3 secret; with `s3Enabled`.", { secret: true }),
  ...volumeFields,
  paused: {
    doc: "Stop the database; it keeps its data.",
    codec: codec.flag,
    types: databases,
    whenRemoved: false,
    change: "update",
    step: (next) => (next === true ? "stop" : "start"),
    observe: ({ state }) => {
      const phase = phaseOf(state);
      return phase === "paused" ? true : phase === "ready" ? false : undefined;
    },
  },
  passwordVersion: {
    doc: "Any new value rotates the password. Set at creation it rotates nothing.",
    codec: codec.text,
    types: databases,
    change: "update",
    step: "rotate",
  },
  syncAppVariables: {
    doc: "Set the app's own variables, such as `DATABASE_URL`, to the add-on's URL after a rotation of the password, and at once when this is switched on. Otherwise they keep the former password. The call is known from the vendor's material only.",
    codec: codec.flag,
    types: databases,
    change: "update",
    step: "variables",
  },
  ...commonFields,
} as const satisfies FieldTable<RemoteMigetAddon>;

/** A label as it is compared. */
export function normalLabel(label: string): string {
  return label.normalize("NFC").trim();
}

function version(doc: string, type: keyof typeof knownVersions): Row {
  return {
    doc: `${doc} Required for its type. Which versions there are, the server decides.`,
    codec: codec.knowing(codec.text, ...knownVersions[type]),
    required: true,
    types: [type],
    change: "replace",
    replaceReason: "Miget has no upgrade in place",
    api: `${type}_version`,
  };
}
