import { expect } from "chai";
import type { JsonObject } from "../contract/json";
import { DEFAULT_APP, type Emulator } from "../emulator/index";
import { evaluate } from "../support/generated-program";
import { textOf } from "../support/json";
import { stackName } from "../support/project-files";
import { describeWithCli } from "../support/skip";
import { Secrets } from "./secrets";
import { did, each, stackFor, stages } from "./stack";

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
const exposed = { tlsEnabled: true, externalAccessEnabled: true };
const schedule = (interval: object, backupType: string, more: object = {}): JsonObject => ({
  scheduling: { minute: [30], ...interval },
  backupType,
  retentionTime: 7,
  ...more,
});

/** Add-ons of every type, with settings that nobody has by default, and names that are hard to write. */
const miget: readonly JsonObject[] = [
  {
    type: "postgres",
    label: 'Orders "db"; \u202e`${x}`\n*/',
    name: "orders",
    postgres_version: "16",
    instances: 3,
    public_access: "1",
    ram_size: 300.5,
    cpu_size: 0.75,
    disk_size: 1.3,
  },
  {
    type: "postgres",
    label: "鏡",
    name: "mirror",
    postgres_version: "17",
    creation_mode: "external_replica",
  },
  { type: "mysql", label: "class", name: "shop", mysql_version: "8.2", disk_size: 2.5 },
  { type: "valkey", label: "Sessions", name: "queue", valkey_version: "7.2", ram_size: 48 },
  {
    type: "storage",
    label: "Uploads",
    name: "uploads",
    mount_point: "/data/ä b",
    storage_access: "RWX",
    sub_path: "a/b",
    disk_size: 3,
  },
  { type: "storage", label: "Shared", name: "shared", service_id: 7 },
];
const northflank: readonly JsonObject[] = [
  {
    name: "Orders DB",
    type: "postgresql",
    version: "16.4",
    billing: { ...billing, replicas: 2, storageClass: "nvme" },
    description: '`${x}` "quoted"; */ evil() /*',
    tags: ["blue", "green"],
    stageId: "production",
    ...exposed,
    ipPolicies: [
      { addresses: ["192.0.2.1", "2001:db8::/32"], action: "ALLOW" },
      { addresses: ["0.0.0.0/0"], action: "DENY" },
    ],
    typeSpecificSettings: { postgresqlSupabaseMode: true, postgresqlWalLevel: "logical" },
    backupSchedules: [
      schedule({ interval: "daily", hour: [2, 14] }, "dump", { compressionType: "zstd" }),
      schedule({ interval: "weekly", hour: [3], day: [0, 6] }, "snapshot"),
    ],
  },
  {
    name: "shop",
    type: "mysql",
    version: "8.0.40",
    billing,
    tlsEnabled: true,
    vpcAccessible: true,
  },
  { name: "Events", type: "mongodb", version: "latest", billing },
  { name: "Sessions", type: "redis", version: "8.6.1", billing },
  { name: "files", type: "minio", version: "latest", billing: { ...billing, replicas: 4 } },
  { name: "jobs", type: "rabbitmq", version: "latest", billing, ...exposed },
];
function seed(emulator: Emulator): void {
  for (const fields of miget) emulator.miget.seed(DEFAULT_APP, fields);
  for (const fields of northflank) emulator.northflank.seed(fields);
  const [stopped] = emulator.miget.addons().filter(({ type }) => type === "valkey");
  emulator.miget.setState(stopped?.uuid ?? "", "stopped");
  emulator.northflank.setStatus("sessions", "paused");
}

describeWithCli("a program that was printed for existing add-ons", function () {
  this.timeout(180_000);
  stages();

  const stack = stackFor({}, () => ({ language: "typescript" }));
  const bin = "node_modules/pulumi-paas-addons/dist/cli/main.js";
  let original: string;
  let program: string;
  let names: readonly string[];
  const everything = () => {
    const { emulator } = stack();
    return JSON.stringify([emulator.miget.addons(), emulator.northflank.addons()]);
  };
  const nothingHappened = () => {
    expect(stack().writes()).to.deep.equal([]);
    expect(everything()).to.equal(original);
    expect(stack().emulator.violations).to.deep.equal([]);
  };

  before(() => {
    seed(stack().emulator);
    original = everything();
  });

  it("is made with the tokens of the stack's configuration, which the doctor finds well", async () => {
    const { project, printed, emulator } = stack();
    const examined = await project.node(bin, ["doctor", "--stack", stackName]);
    expect(examined.code, examined.stdout).to.equal(0);
    expect(examined.stdout).to.contain("from the stack's miget:apiToken");

    const set = ["--set", "mysqlVersion=8.2", "--set", "valkeyVersion=7.2"];
    const made = await project.node(bin, ["import", "--all", "--stack", stackName, ...set]);
    printed.push(examined.stdout, examined.stderr, made.stdout, made.stderr);
    expect(made.code, made.stderr).to.equal(0);
    program = made.stdout;
    project.setProgram(program);
    names = evaluate(program).resources.map(({ name }) => name);
    expect(names).to.have.lengthOf(miget.length + northflank.length);
    expect(emulator.requests.every(({ method }) => method === "GET")).to.equal(true);
  });

  it("asks for what the API does not tell", async () => {
    const { project } = stack();
    const failed = await stack().preview({ expect: "failure" });
    expect(failed.output).to.match(
      /Missing required configuration variable 'test:\w+PostgresVersion'/u,
    );
    // Each key is put where the version belongs, so that the add-on tells which version that is.
    const { keys, resources } = evaluate(program, (key) => key);
    const versions = resources.flatMap(({ args }) => {
      const { postgresVersion: key, label } = args;
      if (typeof key !== "string") return [];
      const [found] = stack()
        .emulator.miget.addons()
        .filter((addon) => addon.type === "postgres" && addon.label === textOf(label));
      const version = found?.version;
      return [[key, version ?? ""] as const];
    });
    expect(versions.map(([key]) => key)).to.deep.equal(keys);
    await project.setConfig(
      Object.fromEntries(versions.map(([key, version]) => [`test:${key}`, version])),
    );
  });

  it("takes them over and changes nothing", async () => {
    const result = await stack().up();
    expect(did(result)).to.deep.equal(each(names, "create"));
    nothingHappened();
  });

  it("shows no change afterwards, nor after a refresh", async () => {
    expect(did(await stack().preview())).to.deep.equal(each(names, "same"));
    expect(did(await stack().refresh())).to.deep.equal(each(names, "same"));
    expect(did(await stack().up())).to.deep.equal(each(names, "same"));
    nothingHappened();
  });

  it("keeps them from being destroyed", async () => {
    const result = await stack().destroy({ expect: "failure" });
    expect(result.output).to.contain("deletionProtection is true in the state");
    nothingHappened();
  });

  it("tells no secret", () => {
    const secrets = new Secrets(stack());
    secrets.collect();
    expect(secrets.size).to.be.above(10);
    expect(secrets.leaks()).to.deep.equal([]);
  });
});
