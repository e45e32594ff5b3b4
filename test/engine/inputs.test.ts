import { expect } from "chai";
import { objectAt } from "../contract/json";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { describeWithCli } from "../support/skip";
import { migetAddon, northflankAddon } from "./addons";
import { Code, output, type Args, type Declared } from "./program";
import { Secrets } from "./secrets";
import { did, each, stackFor } from "./stack";

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

function miget(args: Args): Declared {
  return {
    name: "orders",
    class: "MigetAddon",
    args: { appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17", ...args },
  };
}

function northflank(args: Args): Declared {
  return {
    name: "billing-db",
    class: "NorthflankAddon",
    args: {
      projectId: DEFAULT_PROJECT,
      type: "postgresql",
      version: "16-latest",
      billing,
      ...args,
    },
  };
}

/** A value that is known only when the add-on of that name exists. */
const later = (name: string, value: string) => output(name, `createdAt.apply(() => (${value}))`);

describeWithCli("inputs", function () {
  this.timeout(60_000);
  const stack = stackFor();

  afterEach(() => {
    expect(stack().emulator.violations).to.deep.equal([]);
  });

  it("may follow from another add-on's outputs, at any depth", async () => {
    const { emulator } = stack();
    const first = [miget({ label: "Orders" }), northflank({})];
    const access = { tlsEnabled: true, externalAccessEnabled: true };
    const following: Declared[] = [
      {
        ...northflank({
          ...access,
          billing: { ...billing, storage: later("orders", "12288") },
          ipPolicies: [{ addresses: [later("orders", '"192.0.2.10"')], action: "ALLOW" }],
          metadata: { labels: { owner: output("orders", "uuid") } },
          backupSchedules: later(
            "orders",
            '[{ scheduling: { interval: "daily", hour: [3], minute: [0] }, backupType: "dump", retentionTime: 7 }]',
          ),
        }),
        name: "reports",
      },
      {
        ...miget({
          label: output("billing-db", "addonId"),
          ramSize: later("billing-db", "256"),
          publicAccess: later("billing-db", "true"),
        }),
        name: "archive",
      },
    ];
    stack().declare([...first, ...following]);
    const names = ["orders", "billing-db", "reports", "archive"];
    expect(did(await stack().preview())).to.deep.equal(each(names, "create"));
    expect(did(await stack().up())).to.deep.equal(each(names, "create"));

    const [orders, archive] = emulator.miget.addons();
    expect(archive).to.include({ label: "billing-db", ramMib: 256, publicAccess: true });
    const { input, schedules } = emulator.northflank.get("reports");
    expect(objectAt(input, "billing").storage).to.equal(12288);
    expect(input).to.deep.include({
      ipPolicies: [{ addresses: ["192.0.2.10"], action: "ALLOW" }],
      metadata: { labels: { owner: orders?.uuid } },
    });
    expect(schedules).to.have.lengthOf(1);

    expect(did(await stack().up())).to.deep.equal(each(names, "same"));
    await stack().destroy();
  });

  it("are checked in the preview, all problems of a resource at once", async () => {
    const cases = [
      {
        resource: miget({ ramSzie: 256, diskSize: -1, instances: 2, mysqlVersion: "8.2" }),
        problems: [
          /ramSzie is not an input of this resource\. Did you mean ramSize\?/,
          /diskSize must be a number of GiB above 0/,
          /instances must be 1, 3, 5 or 7/,
          /mysqlVersion is for mysql only/,
        ],
      },
      {
        resource: northflank({
          billing: { deploymentPlan: "nf-compute-20", storage: "much", replica: 1 },
          externalAccessEnabled: true,
          ipPolicies: [{ addresses: ["nowhere"], action: "ALLOW" }],
        }),
        problems: [
          /billing\.storage must be a whole number of MB/,
          /billing\.replica is not an input of this resource\. Did you mean replicas\?/,
          /billing\.replicas is required/,
          /externalAccessEnabled needs tlsEnabled: true/,
          /ipPolicies\[0\]\.addresses\[0\] must be an IPv4 or IPv6 address/,
        ],
      },
    ];
    for (const { resource, problems } of cases) {
      stack().declare([resource]);
      const result = await stack().preview({ expect: "failure" });
      for (const problem of problems) expect(result.output).to.match(problem);
      expect(result.output).not.to.match(/\n\s+at .*:\d+:\d+/);
    }
  });

  it("that are secret appear in no message, state or output", async () => {
    const secrets = new Secrets(stack());
    const canaries = {
      password: "not-a-real-replication-password",
      access: "not-a-real-s3-access-key",
      s3: "not-a-real-s3-secret-key",
      description: "not-a-real-description",
    };
    secrets.add(...Object.values(canaries));
    const secret = (value: string) => new Code(`pulumi.secret(${JSON.stringify(value)})`);
    const replica = {
      creationMode: "external_replica",
      externalHost: "db.example.com",
      authType: "password",
      replicationUsername: "replicator",
      replicationPassword: canaries.password,
      s3Enabled: true,
      s3Endpoint: "https://s3.example.com",
      s3Bucket: "wal",
      s3Path: "orders",
      s3AccessKey: canaries.access,
      s3SecretKey: canaries.s3,
    };
    stack().declare([miget(replica), northflank({ description: secret(canaries.description) })]);
    await stack().up();
    const { emulator } = stack();
    const { input } = northflankAddon(emulator, "postgresql");
    expect(input.description).to.equal(canaries.description);
    secrets.collect();
    await stack().refresh();

    // Neither what is wrong with one is shown, nor what the platform says of one.
    const wrong = { ...replica, replicationPassword: [canaries.password] };
    stack().declare([miget(wrong)]);
    const check = await stack().preview({ expect: "failure" });
    expect(check.output).to.contain("replicationPassword must be a non-empty string");
    const changed = `${canaries.description}-2`;
    const body = { error: { status: 422, message: `not allowed: ${changed}` } };
    emulator.faults.add({ kind: "status", status: 422, operationId: "patchAddon", body });
    stack().declare([miget(replica), northflank({ description: secret(changed) })]);
    const failed = await stack().up({ expect: "failure" });
    expect(failed.output).to.contain("not allowed");
    await stack().destroy();
    expect(secrets.leaks()).to.deep.equal([]);
  });

  it("do not replace a token that is missing: the message says what to run", async () => {
    stack().declare([miget({}), northflank({})]);
    const { project } = stack();
    for (const key of ["miget:apiToken", "northflank:apiToken"]) {
      await project.pulumi(["config", "rm", key, "--stack", "dev"]);
    }
    const result = await stack().up({ expect: "failure" });
    expect(result.output)
      .to.contain("Run `pulumi config set --secret miget:apiToken <token>`")
      .and.to.contain("the environment variable MIGET_API_TOKEN")
      .and.to.contain("Run `pulumi config set --secret northflank:apiToken <token>`")
      .and.to.contain("NORTHFLANK_API_TOKEN or NF_API_TOKEN");
    expect(stack().emulator.requests).to.deep.equal([]);

    const env = stack().emulator.env();
    const tokens = {
      MIGET_API_TOKEN: env.MIGET_API_TOKEN ?? "",
      NF_API_TOKEN: env.NORTHFLANK_API_TOKEN ?? "",
    };
    await stack().up({ env: tokens });
    expect(migetAddon(stack().emulator, "postgres").label).to.equal("orders");
  });
});
