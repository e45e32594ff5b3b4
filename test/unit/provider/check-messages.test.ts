import { expect } from "chai";
import { type Props, withAt } from "../../../src/fields/values";
import { both, migetChecks, northflankChecks, onlyFailure, program } from "../support/platforms";

describe("check of misspelt inputs", () => {
  const postgres = program(migetChecks, "postgres");
  const northflank = program(northflankChecks, "postgresql");
  const table = [
    [migetChecks, postgres, "ramsize", "ramSize"],
    [migetChecks, postgres, "postgresversion", "postgresVersion"],
    [migetChecks, postgres, "publicAcces", "publicAccess"],
    [migetChecks, postgres, "adapt", "adopt"],
    [northflankChecks, northflank, "tlsEnable", "tlsEnabled"],
    [northflankChecks, northflank, "ipPolicy", "ipPolicies"],
    [northflankChecks, northflank, "billing.storageMb", "storage"],
    [northflankChecks, northflank, "billing.replica", "replicas"],
    [northflankChecks, northflank, "billing.diskAutoscaling.enable", "enabled"],
    [northflankChecks, northflank, "typeSpecificSettings.postgresWalLevel", "postgresqlWalLevel"],
    [northflankChecks, northflank, "infrastructure.arch", "architecture"],
    [northflankChecks, northflank, "customCredentials.dbname", "dbName"],
  ] as const;
  for (const [checks, base, wrong, meant] of table) {
    it(`suggests ${meant} for ${wrong}`, () => {
      const { property, reason } = onlyFailure(checks.check(withAt(base, wrong, "x")));
      expect(wrong).to.satisfy(
        (path: string) => path === property || path.startsWith(`${property}.`) || property === "",
      );
      expect(reason).to.match(new RegExp(`^${wrong} is not .*\\b${meant}\\b`, "u"));
    });
  }

  it("suggests the right one inside a list too", () => {
    const schedule = {
      scheduling: { interval: "daily", minute: [30], hours: [2], hour: [2] },
      backupType: "snapshot",
      retentionTime: 7,
    };
    const { reason } = onlyFailure(
      northflankChecks.check({ ...northflank, backupSchedules: [schedule] }),
    );
    expect(reason).to.match(/^backupSchedules\[0\]\.scheduling\.hours is not .*\bhour\b/u);
  });

  it("lists what there is where nothing is close, all of it", () => {
    const { reason } = onlyFailure(migetChecks.check({ ...postgres, zzz: 1 }));
    expect(reason).to.include("waitForReady").and.not.include("mysqlVersion");
  });

  for (const odd of ["__proto__", "constructor", "toString", "hasOwnProperty", "a.b", ""]) {
    it(`takes ${JSON.stringify(odd)} for a misspelt input inside an object`, () => {
      const billing: unknown = JSON.parse(
        JSON.stringify(northflank.billing).replace("{", `{${JSON.stringify(odd)}:1,`),
      );
      const { reason } = onlyFailure(northflankChecks.check({ ...northflank, billing }));
      expect(reason).to.include("is not an input");
      const sections: unknown = JSON.parse(`{${JSON.stringify(odd)}:1}`);
      const inner = northflankChecks.check({ ...northflank, customCredentials: sections });
      expect(onlyFailure(inner).reason).to.include("is not a property");
    });
  }
});

for (const { title, check, programs } of both) {
  describe(`the refusal to replace a ${title} add-on`, () => {
    const [, first = {}] = programs[0] ?? [];
    it("comes for a change of the add-on's place, name and type, and only without allowReplace", () => {
      const olds = check(first).inputs;
      const changes: Props =
        title === "Miget"
          ? { appUuid: "00000000-0000-4000-8000-00000000b001", name: "another" }
          : { projectId: "another", name: "Another name", type: "mysql" };
      for (const [path, next] of Object.entries(changes)) {
        const news = { ...first, [path]: next };
        const { property, reason } = onlyFailure(check(news, olds));
        expect(property).to.equal(path);
        expect(reason).to.include(JSON.stringify(first[path])).and.include(JSON.stringify(next));
        expect(reason).to.include(`put ${path} back to ${JSON.stringify(first[path])}`);
        expect(reason)
          .to.include("allowReplace: true")
          .and.match(/delete.*data/u);
        expect(check({ ...news, allowReplace: true }, olds).failures).to.deep.equal([]);
      }
    });
  });
}

describe("the refusal to replace, value by value", () => {
  const postgres = program(migetChecks, "postgres");
  const tls = program(migetChecks, "postgresExternalTls");
  const storage = program(migetChecks, "storageSharedMount");
  const orders = program(northflankChecks, "postgresql");
  const redis = program(northflankChecks, "redis");
  const fork = program(northflankChecks, "postgresqlFork");
  const policy = "typeSpecificSettings.redisMaxMemoryPolicy";
  const table = [
    [migetChecks, postgres, "diskSize", 1, 0.5],
    [migetChecks, postgres, "postgresVersion", "17", "16"],
    [migetChecks, { ...tls, externalPort: 5433 }, "externalPort", 5433, 5434],
    [migetChecks, { ...tls, externalPort: 5433 }, "externalPort", 5433, undefined, 5432],
    [migetChecks, tls, "externalPort", undefined, 5433],
    [migetChecks, tls, "creationMode", "external_replica", undefined, "fresh"],
    [migetChecks, tls, "externalHost", "source.example.com", `${"h".repeat(60)}.example.com`],
    [migetChecks, tls, "replicationUsername", "replicator", "r".repeat(200)],
    [migetChecks, storage, "mountPoint", "/srv/media", `/${"m".repeat(200)}`],
    [migetChecks, storage, "subPath", "media/uploads", "s".repeat(200)],
    [northflankChecks, orders, "billing.storage", 6144, 4096],
    [northflankChecks, redis, "billing.replicas", 3, 1],
    [northflankChecks, orders, "version", "16-latest", "15-latest"],
    [northflankChecks, fork, "version", "16.4", "16.3"],
    [northflankChecks, redis, policy, "allkeys-lru", "volatile-lfu"],
    [
      northflankChecks,
      fork,
      "source",
      fork.source,
      { addonId: "a".repeat(80), backupId: "latest" },
    ],
    [
      northflankChecks,
      orders,
      "customCredentials",
      { dbName: "orders" },
      { dbName: "o".repeat(99) },
    ],
    [northflankChecks, { ...orders, type: "mysql" }, "tlsEnabled", true, false],
  ] as const;
  for (const [checks, olds, path, old, next, meant = next] of table) {
    it(`${path} from ${JSON.stringify(old)} to ${JSON.stringify(next)}`, () => {
      const { property, reason } = onlyFailure(checks.check(withAt(olds, path, next), olds));
      const start = (value: unknown) => JSON.stringify(value).slice(0, 60);
      expect(property).to.equal(path);
      if (old !== undefined) {
        expect(reason)
          .to.include(`from ${start(old)}`)
          .and.include(`${path} back to ${start(old)}`);
      }
      expect(reason).to.include(`to ${start(meant)}`);
      expect(reason).to.match(/set allowReplace: true to replace it\.$/u);
    });
  }
});

describe("the words of a failure", () => {
  const postgres = program(migetChecks, "postgres");
  const orders = program(northflankChecks, "postgresql");
  for (const [checks, base, path, value, hint] of [
    [migetChecks, postgres, "postgresVersion", 17, 'write it as text: "17"'],
    [northflankChecks, orders, "billing.storage", "6144", "write it as a number: 6144"],
    [northflankChecks, orders, "tlsEnabled", "true", "a boolean, without quotes: true"],
  ] as const) {
    it(`say how to write ${path}: ${JSON.stringify(value)}`, () => {
      const { reason } = onlyFailure(checks.check(withAt(base, path, value)));
      expect(reason)
        .to.include(`got ${JSON.stringify(value)}`)
        .and.include(hint);
    });
  }

  it("give no advice that would not be accepted either", () => {
    const { reason } = onlyFailure(northflankChecks.check(withAt(orders, "billing.storage", "-1")));
    expect(reason).to.not.include("write it as");
  });

  it("say that a name is the resource's where the program gave none", () => {
    const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/northflank:Addon::a";
    const own = onlyFailure(northflankChecks.check({ ...orders, name: "a", __urn: urn }));
    expect(own.reason).to.match(/^name must be 3 to 39.*resource's name; give the input `name`/u);
    const given = onlyFailure(northflankChecks.check({ ...orders, name: "b", __urn: urn }));
    expect(given.reason).to.not.include("resource's name");
  });

  it("are about the type alone where that changes, and not about its version too", () => {
    const mysql = program(migetChecks, "mysql");
    const { property } = onlyFailure(
      migetChecks.check({ ...mysql, name: postgres.name }, postgres),
    );
    expect(property).to.equal("type");
    const { property: other } = onlyFailure(
      northflankChecks.check({ ...orders, type: "mysql", version: "8.0.40" }, orders),
    );
    expect(other).to.equal("type");
  });
});
