import { isIPv4, isIPv6 } from "node:net";
import { at, isRecord, type Props } from "../../../src/fields/values";
import { type Checks, migetChecks, northflankChecks } from "../../unit/support/platforms";
import { kindOf } from "./schedules";

/** Why check refuses what the contract's schema of the create body accepts. */
export interface Difference {
  readonly reason: string;
  /** An example, over the base program. */
  readonly shown: Props;
  readonly refuses: (inputs: Props) => boolean;
}

/** A rule about one value; one that is left out breaks none. */
function about(paths: readonly string[], isRight: (value: unknown) => boolean) {
  return (inputs: Props) =>
    paths.some((path) => {
      const values = allAt(inputs, path.split("."));
      return values.some((value) => value !== undefined && value !== null && !isRight(value));
    });
}

/** The values at a path, in which `*` stands for every entry of a list. */
function allAt(value: unknown, keys: readonly string[]): unknown[] {
  const [key, ...rest] = keys;
  if (key === undefined) return [value];
  if (key === "*") return listOf(value).flatMap((entry) => allAt(entry, rest));
  return isRecord(value) && Object.hasOwn(value, key) ? allAt(value[key], rest) : [];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isText = (value: unknown) => typeof value === "string" && value.trim() !== "";
/** What can be a part of a path, as it is. */
const isId = (value: unknown) =>
  isText(value) &&
  !/^\.{1,2}$|[/\\?#%\s\p{C}\p{Z}"$&'()*,;<>`|!^[\]{}]/u.test(String(value)) &&
  String(value).length <= 256;
const isFlag = (value: unknown) => typeof value === "boolean";
const isFilled = (value: unknown) => typeof value !== "string" || value.trim() !== "";
const atLeastOne = (value: unknown) => typeof value !== "number" || value >= 1;
const isExact = (value: unknown) =>
  typeof value !== "number" || !Number.isInteger(value) || Number.isSafeInteger(value);

/** Properties that are no inputs, in the resource and in the objects that its inputs make up. */
function strangers({ table }: Checks): (inputs: Props) => boolean {
  const paths = Object.keys(table);
  const names = new Set(paths.map((path) => path.split(".")[0] ?? ""));
  const groups = new Set(
    paths.filter((path) => path.includes(".")).map((path) => path.split(".")[0] ?? ""),
  );
  return (inputs) =>
    Object.entries(inputs).some(([name, value]) => {
      if (name.startsWith("__") || value === undefined || value === null) return false;
      if (!names.has(name)) return name !== "customTimeouts";
      if (!groups.has(name)) return false;
      if (!isRecord(value)) return true;
      return Object.entries(value).some(
        ([key, inner]) => (inner ?? undefined) !== undefined && !paths.includes(`${name}.${key}`),
      );
    });
}

const adoptRule = about(["adopt"], (value) => isFlag(value) || isId(value));

const storage = { type: "storage", postgresVersion: undefined };
const daily = {
  scheduling: { interval: "daily", minute: [30], hour: [2] },
  backupType: "snapshot",
  retentionTime: 7,
};

function shared(checks: Checks): readonly Difference[] {
  return [
    {
      reason: "a misspelt property is an error",
      shown: { ramsize: 1 },
      refuses: strangers(checks),
    },
    { reason: "adopt is true, false or an id", shown: { adopt: 1 }, refuses: adoptRule },
    {
      reason: "switches that are no part of the body are switches all the same",
      shown: { paused: "yes" },
      refuses: about(
        [
          "allowReplace",
          "deletionProtection",
          "waitForReady",
          "paused",
          "keepOldPassword",
          "syncAppVariables",
        ],
        isFlag,
      ),
    },
    {
      reason: "a password version is a text",
      shown: { passwordVersion: 2 },
      refuses: about(["passwordVersion"], isText),
    },
  ];
}

const blankInMiget = [
  ...["label", "name", "postgresVersion", "mysqlVersion", "valkeyVersion", "externalHost"],
  ...["replicationUsername", "replicationPassword", "caCrt", "tlsCrt", "tlsKey", "s3Endpoint"],
  ...["s3Bucket", "s3Path", "s3AccessKey", "s3SecretKey"],
];

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;

export const migetDifferences: readonly Difference[] = [
  ...shared(migetChecks),
  {
    reason: "appUuid is a UUID",
    shown: { appUuid: "my-app" },
    refuses: ({ appUuid }) => typeof appUuid !== "string" || !uuid.test(appUuid),
  },
  {
    reason: "workspaceId is a header",
    shown: { workspaceId: 1 },
    refuses: about(["workspaceId"], isText),
  },
  { reason: "texts are not blank", shown: { label: " " }, refuses: about(blankInMiget, isFilled) },
  {
    reason: "sizes are above 0",
    shown: { ramSize: 0 },
    refuses: about(["ramSize", "cpuSize", "diskSize"], (v) => typeof v !== "number" || v > 0),
  },
  {
    reason: "switches are booleans in a program, and texts in the body only",
    shown: { publicAccess: "1" },
    refuses: about(["publicAccess", "s3Enabled"], isFlag),
  },
  {
    reason:
      "the documented page lists every field for every type; those of other types are refused",
    shown: { mysqlVersion: "8.2" },
    refuses: (inputs) =>
      Object.entries(migetChecks.table).some(
        ([path, { types }]) =>
          at(inputs, path) !== undefined &&
          !(types ?? [inputs.type]).some((type) => type === inputs.type),
      ),
  },
  {
    reason: "with serviceId the mount point and the access come from the service",
    shown: { ...storage, serviceId: 1, mountPoint: "/data" },
    refuses: ({ serviceId, mountPoint, storageAccess }) =>
      (serviceId ?? undefined) !== undefined &&
      (mountPoint ?? storageAccess ?? undefined) !== undefined,
  },
  {
    reason: "the ids of services begin at 1",
    shown: { ...storage, serviceId: 0 },
    refuses: about(["serviceId"], atLeastOne),
  },
  {
    reason: "ports are from 1 to 65535",
    shown: { externalPort: 0 },
    refuses: about(["externalPort"], (v) => typeof v !== "number" || (v >= 1 && v <= 65_535)),
  },
  {
    reason: "a mount point is an absolute path",
    shown: { ...storage, mountPoint: "data", storageAccess: "RWO" },
    refuses: about(["mountPoint"], (v) => typeof v !== "string" || v.startsWith("/")),
  },
];

const countsInNorthflank = [
  ...["billing.storage", "billing.replicas", "billing.diskAutoscaling.maxSizeMib"],
  "billing.zonalRedundancy.minZones",
  "typeSpecificSettings.postgresqlConnectionPoolerReplicas",
  "typeSpecificSettings.postgresqlReadConnectionPoolerReplicas",
  "typeSpecificSettings.mysqlRouterReplicas",
  ...[
    "backupSchedules.*.retentionTime",
    "backupSchedules.*.additionalDestinations.*.retentionTime",
  ],
];

function isAddress(value: string): boolean {
  const [address = "", bits = "0", ...rest] = value.split("/");
  const most = isIPv4(address) ? 32 : isIPv6(address) && !address.includes("%") ? 128 : -1;
  return rest.length === 0 && /^\d{1,3}$/u.test(bits) && Number(bits) <= most;
}

const isSlug = (value: unknown) => typeof value === "string" && /^[A-Za-z0-9-]+$/u.test(value);

export const northflankDifferences: readonly Difference[] = [
  ...shared(northflankChecks),
  {
    reason: "projectId and teamId are parts of the path",
    shown: { teamId: "a/b" },
    refuses: (inputs) => !isSlug(inputs.projectId) || about(["teamId"], isSlug)(inputs),
  },
  {
    reason: "texts are not blank",
    shown: { customCredentials: { dbName: "" } },
    refuses: about(["type", "version", "customCredentials.dbName"], isFilled),
  },
  {
    reason: "a name has no line breaks",
    shown: { name: "orders\ndb" },
    refuses: about(["name"], (v) => typeof v !== "string" || !/[\n\r\u2028\u2029]/u.test(v)),
  },
  {
    reason: "annotations are an object, though one client has a text",
    shown: { metadata: { annotations: "a" } },
    refuses: about(["metadata.annotations"], (v) => typeof v !== "string"),
  },
  {
    reason: "counts and days begin at 1",
    shown: { typeSpecificSettings: { mysqlRouterReplicas: 0 } },
    refuses: about(countsInNorthflank, atLeastOne),
  },
  {
    reason: "integers are exact ones",
    shown: { typeSpecificSettings: { mysqlRouterReplicas: 1e300 } },
    refuses: about(countsInNorthflank, isExact),
  },
  {
    reason: "exposure needs TLS said to be on, which is off where nothing is said",
    shown: { tlsEnabled: undefined, vpcAccessible: true },
    refuses: ({ tlsEnabled, externalAccessEnabled, vpcAccessible }) =>
      tlsEnabled !== true && (externalAccessEnabled === true || vpcAccessible === true),
  },
  {
    reason: "addresses of rules are addresses or ranges",
    shown: { ipPolicies: [{ addresses: ["10/8"], action: "DENY" }] },
    refuses: about(["ipPolicies.*.addresses.*"], (v) => typeof v !== "string" || isAddress(v)),
  },
  {
    reason: "the guide: three schedules at most, one per interval and type",
    shown: { backupSchedules: [daily, daily] },
    refuses: ({ backupSchedules }) => {
      const kinds = listOf(backupSchedules).filter(isRecord).map(kindOf);
      return kinds.length > 3 || new Set(kinds).size < kinds.length;
    },
  },
  {
    reason: "the schema's descriptions: destination for dumps, copies for snapshots",
    shown: { backupSchedules: [{ ...daily, customDestinationId: "abc" }] },
    refuses: ({ backupSchedules }) =>
      listOf(backupSchedules)
        .filter(isRecord)
        .some(({ backupType, customDestinationId, additionalDestinations }) =>
          backupType === "dump"
            ? (additionalDestinations ?? undefined) !== undefined
            : (customDestinationId ?? undefined) !== undefined,
        ),
  },
];
