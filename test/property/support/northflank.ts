import fc from "fast-check";
import { fields } from "../../../src/northflank/fields";
import { at, isRecord, type Props, withAt } from "../../../src/fields/values";
import { numberAt, objectAt, stringAt, stringsAt } from "../../contract/json";
import { DEFAULT_PROJECT, DEFAULT_TEAM } from "../../emulator/index";
import { addonTypes, plans } from "../../emulator/northflank/catalogue";
import { resolveVersion, upgradesFrom } from "../../emulator/northflank/versions";
import { calm, pick, someOf, together } from "./edit";
import { schedules } from "./schedules";
import { common, flag, text, word } from "./values";

const id = fc.stringMatching(/^[a-z0-9]{3,10}(?:-[A-Z0-9]{1,10}){0,2}$/u);
const network = fc.tuple(fc.nat(255), fc.nat(32)).map(([part, bits]) => `10.${part}.0.0/${bits}`);
const sixth = fc.ipV6().filter((ip) => !ip.includes("."));
const address = fc.oneof(
  fc.ipV4(),
  sixth,
  network,
  sixth.map((ip) => `${ip}/64`),
);
const punctuation = `a Z 0 9 . , ? \\ / ' " ( ) [ ] ; \` % ^ & * - _ : ! \n \t`.split(" ");
const native = addonTypes.filter((type) => stringsAt(type, "versions").length > 0);
export const northflankTypes = native.flatMap((type) => stringAt(type, "type") ?? []);

/** Valid values of every input in the table; one that is added there has to be added here. */
export const northflankValues: Readonly<Record<keyof typeof fields, fc.Arbitrary<unknown>>> = {
  ...common,
  projectId: fc.constant(DEFAULT_PROJECT),
  teamId: fc.constant(DEFAULT_TEAM),
  name: fc.stringMatching(/^[a-zA-Z](?:[- ]?[a-zA-Z0-9]{2,8}){1,3}$/u),
  type: fc.constantFrom(...northflankTypes),
  version: fc.constant("latest"),
  description: fc.string({ unit: fc.constantFrom(...punctuation), minLength: 1, maxLength: 200 }),
  tags: fc.array(id, { maxLength: 3 }),
  stageId: id,
  "billing.deploymentPlan": fc.constantFrom(...plans.flatMap((plan) => stringAt(plan, "id") ?? [])),
  "billing.storage": fc.integer({ min: 4096, max: 100_000 }),
  "billing.replicas": fc.integer({ min: 1, max: 5 }),
  "billing.storageClass": word,
  "billing.diskAutoscaling": fc.record(
    { enabled: flag, thresholdPercent: fc.constantFrom(75, 90), maxSizeMib: fc.constant(200_000) },
    { requiredKeys: ["enabled"] },
  ),
  "billing.zonalRedundancy": fc.record(
    { type: fc.constantFrom("required", "disabled"), minZones: fc.integer({ min: 1, max: 3 }) },
    { requiredKeys: [] },
  ),
  infrastructure: fc.record({ architecture: fc.constantFrom("x86", "arm") }, { requiredKeys: [] }),
  source: fc.record(
    {
      projectId: fc.constant(DEFAULT_PROJECT),
      addonId: fc.constant("origin"),
      backupId: fc.constant("latest"),
      backupType: fc.constantFrom("snapshot", "global"),
    },
    { requiredKeys: ["addonId", "backupId"] },
  ),
  customCredentials: fc.record({ dbName: text }, { requiredKeys: [] }),
  metadata: fc.record(
    { labels: fc.dictionary(word, text), annotations: fc.dictionary(word, text) },
    { requiredKeys: [] },
  ),
  tlsEnabled: flag,
  externalAccessEnabled: flag,
  vpcAccessible: flag,
  ipPolicies: fc.array(
    fc.record({
      addresses: fc.array(address, { maxLength: 3 }),
      action: fc.constantFrom("ALLOW", "DENY"),
    }),
    { maxLength: 3 },
  ),
  "typeSpecificSettings.redisMaxMemoryPolicy": fc.constantFrom("noeviction", "allkeys-lru"),
  "typeSpecificSettings.redisSentinelEnabled": flag,
  "typeSpecificSettings.postgresqlWalLevel": fc.constantFrom("replica", "logical"),
  "typeSpecificSettings.postgresqlSupabaseMode": flag,
  "typeSpecificSettings.postgresqlEdbMode": flag,
  "typeSpecificSettings.postgresqlConnectionPoolerEnabled": flag,
  "typeSpecificSettings.postgresqlConnectionPoolerReplicas": fc.integer({ min: 1, max: 5 }),
  "typeSpecificSettings.postgresqlReadConnectionPoolerEnabled": flag,
  "typeSpecificSettings.postgresqlReadConnectionPoolerReplicas": fc.integer({ min: 1, max: 5 }),
  "typeSpecificSettings.postgresqlImportMode": flag,
  "typeSpecificSettings.mysqlHaModeEnabled": flag,
  "typeSpecificSettings.mysqlHaRouterEnabled": flag,
  "typeSpecificSettings.mysqlRouterReplicas": fc.integer({ min: 1, max: 5 }),
  backupSchedules: schedules,
  paused: flag,
  passwordVersion: text,
  keepOldPassword: flag,
};

const table: Readonly<Record<string, { readonly change: string }>> = fields;
const networkPaths = ["tlsEnabled", "externalAccessEnabled", "vpcAccessible"];

const versionsOf = (type: string) =>
  native.flatMap((entry) => (entry.type === type ? stringsAt(entry, "versions") : []));

function offers(type: string, feature: string): boolean {
  const entry = native.find((each) => each.type === type) ?? {};
  return objectAt(entry, "features")[feature] !== false;
}

function fits(type: string, path: string): boolean {
  if (path === "customCredentials") return offers(type, "customDBName");
  if (path === "source") return offers(type, "forkAddon");
  const name = path.replace("typeSpecificSettings.", "");
  return name === path || name.startsWith(type);
}

/** Exact versions and the selectors that lead to them. */
function spelt(versions: readonly string[]): fc.Arbitrary<string> {
  const majors = versions.map((version) => `${version.split(".")[0] ?? ""}-latest`);
  return fc.constantFrom(...versions, ...majors);
}

/** Exposure needs TLS, and there is one kind at most. */
const exposure: fc.Arbitrary<Props> = fc.constantFrom<Props>(
  {},
  { tlsEnabled: false, externalAccessEnabled: false },
  { tlsEnabled: true },
  { tlsEnabled: true, externalAccessEnabled: true },
  { tlsEnabled: true, vpcAccessible: true, externalAccessEnabled: false },
);

/** High availability needs three replicas. */
function withReplicas(program: Props): Props {
  const settings = program.typeSpecificSettings;
  const special = isRecord(settings) ? settings : {};
  const available = special.redisSentinelEnabled === true || special.mysqlHaModeEnabled === true;
  const least = Math.max(available ? 3 : 1, Number(at(program, "billing.replicas")));
  return withAt(program, "billing.replicas", least);
}

/** Programs that are right in every respect, of one type. */
export function northflankProgram(type: string): fc.Arbitrary<Props> {
  const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    ...pick(northflankValues, (path) => fits(type, path) && !networkPaths.includes(path)),
    type: fc.constant(type),
    version: fc.oneof(fc.constant("latest"), spelt(versionsOf(type))),
  };
  const required = Object.entries(fields).filter(([, field]) => "required" in field);
  const program = someOf(
    values,
    required.map(([path]) => path),
  );
  return together(program, exposure).map(withReplicas);
}

export const northflankPrograms = northflankValues.type.chain((type) =>
  northflankProgram(String(type)),
);

/** The program with some inputs changed, added or dropped, as far as the platform does that in place. */
export function northflankSuccessor(program: Props): fc.Arbitrary<Props> {
  const type = String(program.type);
  const have = versionsOf(type).sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  const running = resolveVersion(String(program.version), have) ?? "";
  const next = upgradesFrom(running, have);
  const least = (path: string) => numberAt({ value: Number(at(program, path)) }, "value") ?? 1;
  const changeable = (path: string) =>
    table[path]?.change !== "replace" && fits(type, path) && !networkPaths.includes(path);
  const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    ...pick(northflankValues, changeable),
    version: next.length === 0 ? fc.constant(program.version) : fc.constantFrom(...next),
    "billing.storage": fc.nat(10_000).map((more) => least("billing.storage") + more),
    "billing.replicas": fc.nat(type === "minio" ? 0 : 2).map((n) => least("billing.replicas") + n),
    adopt: fc.constant(false),
    allowReplace: fc.constant(false),
  };
  const required = ["billing", "version"];
  const dropped = Object.keys(program).filter((path) => {
    return changeable(path) && !required.includes(path);
  });
  const unchanged: fc.Arbitrary<Props> = fc.constant({});
  const off = { externalAccessEnabled: false, vpcAccessible: false };
  const other = exposure.map((exposed) => ({ ...off, tlsEnabled: false, ...exposed }));
  const networking = type === "mysql" ? unchanged : fc.oneof(unchanged, other);
  return fc
    .tuple(fc.subarray(dropped), fc.record(values, { requiredKeys: [] }), networking)
    .map(([less, more, exposed]) => {
      const kept = less.reduce<Props>((props, path) => withAt(props, path, undefined), program);
      const changed = Object.entries(more).reduce<Props>(
        (props, [path, value]) => withAt(props, path, value),
        kept,
      );
      return calm(program, { ...changed, ...exposed }, ["passwordVersion", "version"]);
    });
}
