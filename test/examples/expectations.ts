import { expect } from "chai";
import type { Emulator, MigetAddonFacts, NorthflankAddonFacts } from "../emulator/index";
import { recordAt, textOf } from "../support/json";

/** What was there before the examples ran. */
export interface Seeded {
  readonly reports: MigetAddonFacts;
  readonly legacy: NorthflankAddonFacts;
}

interface Run {
  readonly outputs: Record<string, unknown>;
  readonly emulator: Emulator;
  readonly seeded: Seeded;
}

export interface Expectation {
  /** The outputs that the CLI shows; all others must be secret. */
  readonly visible: readonly string[];
  check(run: Run): void;
}

/** What `adopt-existing` takes over. */
export const legacy = {
  name: "legacy-db",
  type: "postgresql",
  version: "16.5",
  billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
  description: "Made by hand",
};

function miget({ emulator }: Run, label: string): MigetAddonFacts {
  const found = emulator.miget.addons().filter((addon) => addon.label === label);
  expect(found, `Miget's add-ons with the label ${label}`).to.have.lengthOf(1);
  return found[0] ?? expect.fail();
}

/** A URI with this scheme that opens this Miget database. */
function opens(uri: unknown, scheme: string, { name, password }: MigetAddonFacts): void {
  const url = new URL(textOf(uri));
  expect(url.protocol).to.equal(`${scheme}:`);
  expect(url.password).to.equal(password);
  expect(url.hostname).to.match(new RegExp(`^${name}\\.`));
}

/** A URI with this scheme that opens this Northflank add-on. */
function reaches(uri: unknown, scheme: string, addon: NorthflankAddonFacts): void {
  const url = new URL(textOf(uri));
  expect(url.protocol).to.equal(`${scheme}:`);
  expect(url.hostname).to.contain(`${addon.id}--`);
  expect(addon.validPasswords).to.include(url.password);
}

/** Checks what all Northflank examples export, and gives the add-on. */
function northflank(run: Run, id: string, scheme: string): NorthflankAddonFacts {
  const addon = run.emulator.northflank.get(id);
  expect(run.outputs).to.include({ addonId: id, state: "running" });
  reaches(run.outputs.uri, scheme, addon);
  return addon;
}

export const expectations: Readonly<Record<string, Expectation>> = {
  "adopt-existing": {
    visible: ["legacyId", "reportsState", "reportsType"],
    check: (run) => {
      const { outputs, seeded, emulator } = run;
      const adopted = emulator.northflank.get("legacy-db");
      expect(adopted.uid, "it was not made anew").to.equal(seeded.legacy.uid);
      expect(adopted.input.description).to.equal("Managed by Pulumi");
      expect(outputs.legacyId).to.equal("legacy-db");
      reaches(outputs.legacyUri, "postgresql", adopted);
      expect(outputs).to.include({ reportsType: "mysql", reportsState: "healthy" });
      opens(outputs.reportsUri, "mysql", seeded.reports);
    },
  },
  "connect-app": {
    visible: ["databaseHost"],
    check: (run) => {
      const database = miget(run, "invoices");
      const queue = run.emulator.northflank.get("mail-queue");
      const environment = recordAt(run.outputs.environment);
      opens(environment.DATABASE_URL, "postgres", database);
      expect(environment.JDBC_URL).to.match(/^jdbc:postgresql:\/\/invoices-.*:5432\/demo_db$/);
      expect(environment).to.include({
        JDBC_USER: "demo_user",
        JDBC_PASSWORD: database.password,
      });
      reaches(environment.AMQP_URL, "amqp", queue);
      const lines = textOf(run.outputs.dotenv).trimEnd().split("\n");
      const written = Object.entries(environment).map(
        ([name, value]) => `${name}="${textOf(value)}"`,
      );
      expect(lines.sort()).to.deep.equal(written.sort());
      expect(textOf(run.outputs.databaseHost)).to.match(new RegExp(`^${database.name}\\.`));
    },
  },
  environments: {
    visible: [],
    check: (run) => {
      const addon = run.emulator.northflank.get("dev-app");
      expect(addon.input.billing).to.deep.include({ storage: 4096, replicas: 1 });
      reaches(run.outputs.url, "postgresql", addon);
    },
  },
  "miget-mysql": {
    visible: ["uuid", "state"],
    check: (run) => {
      const addon = miget(run, "shop");
      expect(run.outputs).to.include({ uuid: addon.uuid, state: "healthy" });
      expect(addon).to.include({ type: "mysql", version: "8.2", ramMib: 256, diskGib: 1 });
      opens(run.outputs.uri, "mysql", addon);
    },
  },
  "miget-postgres": {
    visible: ["uuid", "assignedName", "state"],
    check: (run) => {
      const addon = miget(run, "Ledger");
      const { outputs } = run;
      expect(outputs).to.include({ uuid: addon.uuid, assignedName: addon.name, state: "healthy" });
      expect(addon).to.include({ type: "postgres", publicAccess: true, ramMib: 512, diskGib: 2 });
      opens(outputs.uri, "postgres", addon);
      opens(outputs.externalUri, "postgres", addon);
      expect(outputs.externalUri).not.to.equal(outputs.uri);
    },
  },
  "miget-storage": {
    visible: ["uploadsUuid", "uploadsState", "sharedUuid", "sharedState"],
    check: (run) => {
      const [uploads, shared] = [miget(run, "uploads"), miget(run, "shared")];
      expect(run.outputs).to.include({
        uploadsUuid: uploads.uuid,
        uploadsState: "bound",
        sharedUuid: shared.uuid,
        sharedState: "bound",
      });
      expect(uploads.settings).to.include({ mount_point: "/data/uploads", access_type: "RWO" });
      expect(shared.settings).to.include({ access_type: "RWX", sub_path: "production" });
    },
  },
  "miget-valkey": {
    visible: ["uuid", "state", "variableNames"],
    check: (run) => {
      const addon = miget(run, "cache");
      expect(run.outputs).to.include({ uuid: addon.uuid, state: "healthy" });
      opens(run.outputs.uri, "redis", addon);
      const own = `${addon.name.toUpperCase().replaceAll("-", "_")}_URL`;
      expect(run.outputs.variableNames).to.have.members([own, "REDIS_URL"]);
    },
  },
  "northflank-minio": {
    visible: ["addonId", "state"],
    check: (run) => {
      const { outputs, emulator } = run;
      const addon = emulator.northflank.get("assets");
      expect(outputs).to.include({ addonId: "assets", state: "running" });
      expect(textOf(outputs.endpoint)).to.match(/^https:\/\/[^@]+:9000$/);
      expect(textOf(outputs.externalEndpoint)).to.match(/^https:\/\/[^@]+$/);
      expect(outputs.externalEndpoint).not.to.equal(outputs.endpoint);
      expect(textOf(outputs.accessKey)).not.to.equal("");
      expect(addon.validPasswords).to.include(outputs.secretKey);
    },
  },
  "northflank-mongodb": {
    visible: ["addonId", "state"],
    check: (run) => {
      northflank(run, "events-db", "mongodb");
      expect(textOf(run.outputs.adminUri)).to.match(/^mongodb:/);
      expect(recordAt(run.outputs.vars)).to.include.keys("MONGO_SRV", "USERNAME", "PASSWORD");
    },
  },
  "northflank-mysql": {
    visible: ["addonId", "state"],
    check: (run) => {
      northflank(run, "catalogue-db", "mysql");
      expect(textOf(run.outputs.uri)).to.match(/\/catalogue$/);
    },
  },
  "northflank-postgresql": {
    visible: ["addonId", "state", "resolvedVersion"],
    check: (run) => {
      const addon = northflank(run, "accounts-db", "postgresql");
      expect(run.outputs.resolvedVersion).to.equal("16.5");
      expect(addon.schedules).to.have.lengthOf(2);
      expect(addon.input.typeSpecificSettings).to.deep.equal({
        postgresqlConnectionPoolerEnabled: true,
        postgresqlConnectionPoolerReplicas: 2,
      });
      reaches(run.outputs.externalUri, "postgresql", addon);
      expect(run.outputs.externalUri).not.to.equal(run.outputs.uri);
    },
  },
  "northflank-rabbitmq": {
    visible: ["addonId", "state"],
    check: (run) => {
      northflank(run, "jobs", "amqps");
      expect(textOf(run.outputs.uri).endsWith(`/${textOf(run.outputs.vhost)}`)).to.equal(true);
    },
  },
  "northflank-redis": {
    visible: ["addonId", "state"],
    check: (run) => {
      const addon = northflank(run, "page-cache", "rediss");
      expect(recordAt(addon.input.typeSpecificSettings)).to.include({
        redisMaxMemoryPolicy: "allkeys-lru",
      });
    },
  },
  "preview-environments": {
    visible: ["addonId"],
    check: ({ outputs, emulator }) => {
      reaches(outputs.url, "postgresql", emulator.northflank.get("dev-shop"));
    },
  },
  "unit-tests": {
    visible: ["addonId", "version"],
    check: (run) => {
      const { outputs, emulator } = run;
      const addon = emulator.northflank.get("invoices-db");
      expect(outputs).to.include({ addonId: "invoices-db", version: "16.5" });
      // The smallest of the emulator's plans that has 512 MB.
      expect(addon.input.billing).to.include({ deploymentPlan: "nf-compute-20", replicas: 1 });
      reaches(outputs.databaseUrl, "postgresql", addon);
    },
  },
  quickstart: {
    visible: [
      ...["ordersUuid", "ordersState"],
      ...["billingId", "billingState", "sessionsId", "sessionsState"],
    ],
    check: (run) => {
      const { outputs, emulator } = run;
      const orders = miget(run, "orders");
      expect(outputs).to.include({
        ordersUuid: orders.uuid,
        ordersState: "healthy",
        billingId: "billing-db",
        billingState: "running",
        sessionsId: "sessions",
        sessionsState: "running",
      });
      opens(outputs.ordersUri, "postgres", orders);
      reaches(outputs.billingUri, "postgresql", emulator.northflank.get("billing-db"));
      reaches(outputs.sessionsUri, "redis", emulator.northflank.get("sessions"));
    },
  },
};
