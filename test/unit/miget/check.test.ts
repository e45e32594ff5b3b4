import { expect } from "chai";
import { type Props, unknownValue } from "../../../src/fields/values";
import { migetChecks, onlyFailure, program, said } from "../support/platforms";

const { check } = migetChecks;
const postgres = program(migetChecks, "postgres");
const mysql = program(migetChecks, "mysql");
const valkey = program(migetChecks, "valkey");
const storage = program(migetChecks, "storage");
const shared = program(migetChecks, "storageFromService");
const replica = program(migetChecks, "postgresExternalPassword");
const tls = program(migetChecks, "postgresExternalTls");

describe("what a Miget add-on does not accept", () => {
  const table: readonly (readonly [string, Props, Props, RegExp])[] = [
    ["appUuid", postgres, { appUuid: undefined }, /is required/u],
    ["appUuid", postgres, { appUuid: "my-app" }, /UUID of an app; .*doctor/u],
    ["appUuid", postgres, { appUuid: "two/parts" }, /appUuid/u],
    ["type", postgres, { type: "redis" }, /"postgres", "mysql", "valkey" or "storage"/u],
    ["type", postgres, { type: undefined }, /is required/u],
    ["name", postgres, { name: 5 }, /non-empty string/u],
    ["label", postgres, { label: " " }, /non-empty string/u],
    ["ramSize", postgres, { ramSize: 0 }, /MiB above 0/u],
    ["ramSize", postgres, { ramSize: "256" }, /number of MiB/u],
    ["diskSize", storage, { diskSize: -1 }, /GiB above 0/u],
    ["cpuSize", postgres, { cpuSize: "0.1" }, /number of cores/u],
    ["postgresVersion", postgres, { postgresVersion: undefined }, /required for type postgres/u],
    ["postgresVersion", postgres, { postgresVersion: 17 }, /string/u],
    ["mysqlVersion", mysql, { mysqlVersion: undefined }, /required for type mysql/u],
    ["valkeyVersion", valkey, { valkeyVersion: undefined }, /required for type valkey/u],
    ["publicAccess", postgres, { publicAccess: "1" }, /true or false/u],
    ["publicAccess", mysql, { publicAccess: true }, /postgres only/u],
    ["instances", postgres, { instances: 2 }, /1, 3, 5 or 7/u],
    ["instances", valkey, { instances: 3 }, /postgres only/u],
    ["mysqlVersion", postgres, { mysqlVersion: "8.2" }, /mysql only/u],
    ["creationMode", postgres, { creationMode: "copy" }, /"fresh" or "external_replica"/u],
    [
      "externalHost",
      replica,
      { externalHost: undefined },
      /required for creationMode "external_replica"/u,
    ],
    ["authType", replica, { authType: undefined, replicationPassword: undefined }, /required/u],
    ["authType", replica, { authType: "none" }, /"password" or "tls"/u],
    ["replicationUsername", replica, { replicationUsername: undefined }, /required/u],
    ["externalPort", replica, { externalPort: 70_000 }, /from 1 to 65535/u],
    ["externalPort", replica, { externalPort: 5432.5 }, /whole number/u],
    ["caCrt", tls, { caCrt: undefined }, /required for authType "tls"/u],
    ["tlsCrt", tls, { tlsCrt: undefined }, /required for authType "tls"/u],
    ["s3Bucket", tls, { s3Bucket: undefined }, /required with s3Enabled/u],
    ["s3Enabled", tls, { s3Enabled: "1" }, /true or false/u],
    ["serviceId", shared, { serviceId: 0 }, /whole number, from 1 to/u],
    ["serviceId", shared, { serviceId: 1.5 }, /whole number/u],
    ["mountPoint", shared, { mountPoint: "/data" }, /leave it out with serviceId/u],
    ["storageAccess", shared, { storageAccess: "RWX" }, /leave it out with serviceId/u],
    ["mountPoint", storage, { mountPoint: undefined }, /required.*without serviceId/u],
    ["mountPoint", storage, { mountPoint: "data" }, /absolute/u],
    ["storageAccess", storage, { storageAccess: undefined }, /required.*without serviceId/u],
    ["storageAccess", storage, { storageAccess: "RO" }, /"RWO" or "RWX"/u],
    ["subPath", storage, { subPath: "media" }, /needs storageAccess "RWX"/u],
    ["subPath", shared, { subPath: "/media" }, /relative path/u],
    ["subPath", shared, { subPath: "a/../b" }, /relative path/u],
    ["subPath", shared, { subPath: "a\\b" }, /relative path/u],
    ["ramSize", storage, { ramSize: 64 }, /postgres, mysql, valkey only/u],
    ["paused", storage, { paused: true }, /postgres, mysql, valkey only/u],
    ["passwordVersion", storage, { passwordVersion: "2" }, /postgres, mysql, valkey only/u],
    ["mountPoint", valkey, { mountPoint: "/data" }, /storage only/u],
    ["adopt", postgres, { adopt: "" }, /true, false or the API id/u],
    ["adopt", postgres, { adopt: 1 }, /true, false or the API id/u],
    ["allowReplace", postgres, { allowReplace: "yes" }, /true or false/u],
    ["waitForReady", postgres, { waitForReady: 1 }, /true or false/u],
    ["workspaceId", postgres, { workspaceId: "" }, /non-empty string/u],
  ];
  for (const [property, base, change, reason] of table) {
    it(`${String(base.type)} with ${JSON.stringify(change)}, ${property} undefined where not shown`, () => {
      const failure = onlyFailure(check({ ...base, ...change }));
      expect(failure.property).to.equal(property);
      expect(failure.reason)
        .to.match(reason)
        .and.match(new RegExp(`^${property} `, "u"));
    });
  }

  for (const property of ["replicationPassword", "tlsKey", "s3AccessKey", "s3SecretKey"]) {
    it(`a missing ${property}, named in the message only`, () => {
      const base = property === "replicationPassword" ? replica : tls;
      const failure = onlyFailure(check({ ...base, [property]: undefined }));
      expect(failure.property).to.equal("");
      expect(failure.reason).to.match(new RegExp(`^${property} is required`, "u"));
    });
  }

  it("comes in one go", () => {
    const news = { ...replica, externalHost: undefined, ramSize: "1", instances: 2, colour: "red" };
    const properties = check(news).failures.map(({ property }) => property);
    expect(properties).to.include.members(["externalHost", "ramSize", "instances"]);
    expect(said(check(news).failures).join()).to.include("colour");
    expect(properties).to.have.length(4);
  });

  it("never names one input twice", () => {
    const { failures } = check({
      ...storage,
      mountPoint: 5,
      storageAccess: 5,
      subPath: 5,
      serviceId: "x",
    });
    const names = failures.map(({ property }) => property);
    expect(names).to.have.length(new Set(names).size);
  });
});

describe("what a Miget add-on does accept", () => {
  for (const [title, base, change] of [
    ["a part of a GiB", postgres, { diskSize: 0.1 }],
    ["any version, which the server judges", postgres, { postgresVersion: "19beta1" }],
    ["a sub path of a service", shared, { subPath: "media/uploads" }],
    ["dots in a sub path", shared, { subPath: "a..b/.hidden/x." }],
    ["an id to adopt", postgres, { adopt: "00000000-0000-4000-8000-0000000000a1" }],
    ["a type that is not known yet", postgres, { type: unknownValue }],
  ] as const) {
    it(title, () => expect(said(check({ ...base, ...change }).failures)).to.deep.equal([]));
  }

  it("fills in the defaults", () => {
    const { inputs } = check({ appUuid: "a", type: "valkey", valkeyVersion: "7.2", name: "cache" });
    expect(inputs).to.deep.equal({
      appUuid: "a",
      type: "valkey",
      valkeyVersion: "7.2",
      name: "cache",
      label: "cache",
      paused: false,
      adopt: false,
      allowReplace: false,
      deletionProtection: false,
      waitForReady: true,
    });
    expect(check(storage).inputs).to.not.have.property("paused");
  });
});
