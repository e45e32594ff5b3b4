import { expect } from "chai";
import { createConsumer } from "../support/consumer";
import { moduleProgram, vendoredTypeScript } from "./programs";

const preamble = `import * as pulumi from "@pulumi/pulumi";
import {
  MigetAddon,
  NorthflankAddon,
  getMigetAddons,
  getMigetAddonsOutput,
  getNorthflankAddons,
  getNorthflankAddonTypes,
  getNorthflankAddonVersions,
  getNorthflankAddonVersionsOutput,
  getNorthflankPlans,
  getNorthflankPlansOutput,
  type MigetAddonArgs,
  type NorthflankPlan,
} from "pulumi-paas-addons";

const appUuid = "00000000-0000-4000-8000-00000000a990";
const projectId = pulumi.output("demo-project");
const billing = { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 };
const base = { projectId, type: "redis", version: "latest", billing };
declare const config: pulumi.Config;
declare const someType: pulumi.Output<"postgres">;
`;

/** What a user may write, each output with its type. */
const right = `
const orders = new MigetAddon("orders", { appUuid, type: "postgres", postgresVersion: "17", instances: 3 });
new MigetAddon("shop", { appUuid: pulumi.output(appUuid), type: "mysql", mysqlVersion: pulumi.secret("8.2") });
new MigetAddon("queue", { appUuid, type: "valkey", valkeyVersion: "7.2", ramSize: undefined });
new MigetAddon("uploads", { appUuid, type: "storage", mountPoint: "/data", storageAccess: "RWX", subPath: "a" });
new MigetAddon("shared", { appUuid, type: "storage", serviceId: 7 }, { protect: true });
new MigetAddon("sized", { appUuid, type: "postgres", postgresVersion: config.require("version"), instances: config.getObject("instances") });
const args: MigetAddonArgs = { appUuid, type: "mysql", mysqlVersion: "8.0", adopt: "some-id" };
new MigetAddon("args", args);
const sessions = new NorthflankAddon("sessions", {
  ...base,
  tlsEnabled: true,
  ipPolicies: [{ addresses: [pulumi.output("192.0.2.10")], action: "ALLOW" }],
  backupSchedules: [{ scheduling: { interval: "daily", hour: [3], minute: [0] }, backupType: "dump", retentionTime: 7 }],
  typeSpecificSettings: { redisMaxMemoryPolicy: "noeviction" },
});
new NorthflankAddon("open", { ...base, type: "new-type", billing: { ...billing, deploymentPlan: "new-plan", storageClass: config.get("class") } });
const uuid: pulumi.Output<string> = orders.uuid;
const uri: pulumi.Output<string | undefined> = orders.connection.uri;
const port: pulumi.Output<number | undefined> = sessions.connection.port;
const url: pulumi.Output<string> = orders.url;
const plainPort: pulumi.Output<number> = sessions.port;
const environment: { [name: string]: pulumi.Input<string> } = { DATABASE_URL: url, REDIS_HOST: sessions.host };
const vars: pulumi.Output<Readonly<Record<string, string>>> = sessions.vars;
const label: pulumi.Output<string> = orders.label;
const adopted: NorthflankAddon = NorthflankAddon.get("other", "demo-project/other", { parent: orders });
const read: MigetAddon = MigetAddon.get("read", pulumi.interpolate\`\${appUuid}/\${uuid}\`);
const version: pulumi.Output<string> = getNorthflankAddonVersionsOutput({ type: sessions.type }).latest;
const plan: pulumi.Output<string> = getNorthflankPlansOutput().smallest.id;
const uuids = getMigetAddonsOutput({ appUuid: orders.appUuid }, { dependsOn: [orders] }).addons.apply(
  (all) => all.map((each): string => each.uuid),
);
new NorthflankAddon("newest", { ...base, version, billing: { ...billing, deploymentPlan: plan } });
async function look(): Promise<NorthflankPlan | undefined> {
  const { latest } = await getNorthflankAddonVersions({ type: "redis", version: "8-latest" }, { parent: orders });
  const { plans, smallest } = await getNorthflankPlans({ minCpu: 0.5, minMemory: undefined });
  const { addonTypes } = await getNorthflankAddonTypes();
  const sizes: readonly number[] = addonTypes[0]?.storage?.options ?? [];
  const { addons } = await getNorthflankAddons({ projectId: "demo-project", type: "redis" });
  const there: MigetAddon[] = (await getMigetAddons({ appUuid })).addons.map(({ id }) => MigetAddon.get(id, id));
  return latest === "" || sizes.length + addons.length + there.length > 0 ? plans[0] : smallest;
}
export { uri, port, vars, label, adopted, read, uuids, look };
`;

/** What the compiler must refuse, a line each. */
const wrong = [
  `new MigetAddon("a", { appUuid, type: "postgres" });`,
  `new MigetAddon("a", { appUuid, type: "postgres", postgresVersion: 17 });`,
  `new MigetAddon("a", { appUuid, type: "postgres", postgresVersion: "17", mysqlVersion: "8.2" });`,
  `new MigetAddon("a", { appUuid, type: "postgres", postgresVersion: "17", instances: 2 });`,
  `new MigetAddon("a", { appUuid, type: "postgres", postgresVersion: "17", creationMode: "copy" });`,
  `new MigetAddon("a", { appUuid, type: "postgres", postgresVersion: "17", ramSzie: 256 });`,
  `new MigetAddon("a", { type: "postgres", postgresVersion: "17" });`,
  `new MigetAddon("a", { appUuid, type: "mysql", mysqlVersion: "8.2", publicAccess: true });`,
  `new MigetAddon("a", { appUuid, type: "mysql", valkeyVersion: "7.2" });`,
  `new MigetAddon("a", { appUuid, type: "valkey", valkeyVersion: "7.2", instances: 3 });`,
  `new MigetAddon("a", { appUuid, type: "storage", mountPoint: "/data" });`,
  `new MigetAddon("a", { appUuid, type: "storage", mountPoint: "/data", storageAccess: "RWO", ramSize: 1 });`,
  `new MigetAddon("a", { appUuid, type: "storage", mountPoint: "/data", storageAccess: "RWO", paused: true });`,
  `new MigetAddon("a", { appUuid, type: "storage", mountPoint: "/data", storageAccess: "RO" });`,
  `new MigetAddon("a", { appUuid, type: "storage", serviceId: 7, mountPoint: "/data" });`,
  `new MigetAddon("a", { appUuid, type: "oracle" });`,
  `new MigetAddon("a", { appUuid, type: someType, postgresVersion: "17" });`,
  `new MigetAddon("a");`,
  `new NorthflankAddon("a", { projectId, type: "redis", version: "latest" });`,
  `new NorthflankAddon("a", { projectId, type: "redis", billing });`,
  `new NorthflankAddon("a", { ...base, billing: { deploymentPlan: "nf-compute-20", storage: 4096 } });`,
  `new NorthflankAddon("a", { ...base, billing: { ...billing, storage: "4096" } });`,
  `new NorthflankAddon("a", { ...base, ipPolicies: [{ addresses: ["192.0.2.10"], action: "DROP" }] });`,
  `new NorthflankAddon("a", { ...base, ipPolicies: [{ addresses: "192.0.2.10", action: "ALLOW" }] });`,
  `new NorthflankAddon("a", { ...base, typeSpecificSettings: { redisMaxMemoryPolicy: "sometimes" } });`,
  `new MigetAddon("a", { appUuid, type: "postgres", postgresVersion: "17", instances: config.getNumber("instances") });`,
  `new NorthflankAddon("a", { ...base, tlsEnable: true });`,
  `new NorthflankAddon("a", { ...base, adopt: 1 });`,
  `new NorthflankAddon("a", { ...base }, { parent: "other" });`,
  `MigetAddon.get("a");`,
  `export const n: pulumi.Output<number> = MigetAddon.get("a", "b").uuid;`,
  `MigetAddon.get("a", "b").connection.url;`,
  `new NorthflankAddon("a", base).addonId = projectId;`,
  `getNorthflankAddonVersions();`,
  `getNorthflankAddonVersions({ type: projectId });`,
  `getNorthflankPlans({ minCpu: "1" });`,
  `getNorthflankAddons({ projectId: "a", app: "b" });`,
  `getMigetAddons({ appUuid, type: "redis" });`,
  `getMigetAddonsOutput({ appUuid, type: pulumi.output("redis") });`,
  `getMigetAddons({ appUuid }, { dependsOn: [] });`,
];

/** Settings under which a package's types are read in different ways; once all of them are checked. */
const settings = {
  "the settings of `pulumi new typescript`": {
    skipLibCheck: false,
    target: "es2020",
    module: "commonjs",
    moduleResolution: "node",
  },
  "CommonJS of present Node": {
    target: "es2022",
    module: "nodenext",
    moduleResolution: "nodenext",
  },
  "a bundler": { target: "es2022", module: "esnext", moduleResolution: "bundler" },
};

function settingsText(options: object, files: readonly string[]): string {
  const strict = {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    types: [],
  };
  return JSON.stringify({ compilerOptions: { ...strict, ...options }, files });
}

describe("the package's types", function () {
  this.timeout(90_000);

  for (const [title, options] of Object.entries(settings)) {
    it(`take what is right and refuse what is wrong, with ${title}`, async () => {
      // An expected error that does not come is an error.
      const negative = wrong.map((line) => `// @ts-expect-error\n${line}\n`).join("");
      const files = {
        "tsconfig.json": settingsText(options, ["right.ts", "wrong.ts"]),
        "right.ts": preamble + right,
        "wrong.ts": preamble + negative,
      };
      const consumer = await createConsumer({ files });
      const outcome = await consumer.tsc();
      consumer.dispose();
      expect(outcome.code, outcome.stdout).to.equal(0);
    });
  }

  it("are seen by ES modules", async () => {
    const options = settings["CommonJS of present Node"];
    const files = {
      "tsconfig.json": settingsText(options, ["index.ts"]),
      "index.ts": moduleProgram,
    };
    const consumer = await createConsumer({ files, type: "module" });
    const outcome = await consumer.tsc();
    consumer.dispose();
    expect(outcome.code, outcome.stdout).to.equal(0);
  });

  it("are checked by the TypeScript 3.8 that comes with the SDK", async () => {
    const wrongProgram = moduleProgram.replace('postgresVersion: "17"', "postgresVersion: 17");
    const files = { "index.ts": wrongProgram, "typescript.cjs": vendoredTypeScript };
    const consumer = await createConsumer({ files });
    const outcome = await consumer.node("index.ts", ["--require", "./typescript.cjs"]);
    consumer.dispose();
    expect(outcome.code).not.to.equal(0);
    // This one, and none in the package's own types.
    const [error, ...others] = outcome.stderr.match(/error TS.*/gu) ?? [];
    expect(error).to.match(
      /^error TS2322: Type 'number' is not assignable to type 'Input<.*string/u,
    );
    expect(others).to.deep.equal([]);
  });
});
