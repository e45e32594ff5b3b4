import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random";
import { expect } from "chai";
import { isRecord } from "../../../src/fields/values";
import { MigetAddon } from "../../../src/program/miget/zz_addon";
import { NorthflankAddon } from "../../../src/program/northflank/zz_addon";
import { mockResources, read } from "../../support/mocks";

const uri = "postgresql://app:FAKE-password@primary.example.com:5432/orders";
const connection = {
  host: "primary.example.com",
  port: 5432,
  username: "app",
  password: "FAKE-password",
  database: "orders",
  uri,
  external: { uri: uri.replace("5432", "31000") },
};

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
const postgres = () =>
  new NorthflankAddon("orders", {
    projectId: "demo-project",
    type: "postgresql",
    version: "16.4",
    billing,
  });
const volume = () =>
  new MigetAddon("uploads", {
    appUuid: "00000000-0000-4000-8000-00000000a990",
    type: "storage",
    mountPoint: "/data",
    storageAccess: "RWO",
  });

type Addon = MigetAddon | NorthflankAddon;

/** Typed as outputs of a text, so that another provider's inputs take them without an `apply`. */
const plainOf = ({ url, host, username, password, database, externalUrl }: Addon) => {
  const texts = { url, host, username, password, database, externalUrl };
  const environment: Readonly<Record<string, pulumi.Input<string>>> = texts;
  return { texts, environment };
};

describe("plain outputs of an add-on", () => {
  it("are inputs of other providers' resources", async () => {
    await mockResources({ connection });
    const addon = postgres();
    const { texts, environment } = plainOf(addon);
    const id = new RandomId("id", {
      byteLength: 4,
      keepers: { ...texts, port: pulumi.interpolate`${addon.port}` },
    });
    expect(await read(pulumi.output(environment))).to.deep.equal({
      url: uri,
      host: "primary.example.com",
      username: "app",
      password: "FAKE-password",
      database: "orders",
      externalUrl: connection.external.uri,
    });
    expect(await read(addon.port)).to.equal(5432);
    expect(await read(id.keepers)).to.include({ url: uri, port: "5432" });
  });

  it("are secret", async () => {
    await mockResources({ connection });
    const addon = postgres();
    const outputs: pulumi.Output<unknown>[] = [...Object.values(plainOf(addon).texts), addon.port];
    for (const output of outputs) {
      expect(await pulumi.isSecret(output)).to.equal(true);
    }
  });

  for (const [title, state, make] of [
    ["of a volume", { connection: {} }, volume],
    ["with mocks that know no connection", {}, postgres],
  ] as const) {
    it(`are empty: ${title}`, async () => {
      await mockResources(state);
      const addon = make();
      const texts = await read(pulumi.output(plainOf(addon).environment));
      expect(new Set(Object.values(isRecord(texts) ? texts : {}))).to.deep.equal(new Set([""]));
      expect(await read(addon.port)).to.equal(0);
    });
  }

  it("are unknown in a preview that does not know the connection", async () => {
    await mockResources({ connection: pulumi.runtime.unknownValue }, true);
    const { url, port } = postgres();
    for (const output of [url, port]) {
      expect(await Reflect.get(output, "isKnown")).to.equal(false);
    }
  });

  describe("that are not waited for", () => {
    const { warn } = pulumi.log;
    let warnings: string[];
    beforeEach(() => {
      warnings = [];
      Reflect.set(pulumi.log, "warn", (text: string) => Promise.resolve(warnings.push(text)));
    });
    afterEach(() => Reflect.set(pulumi.log, "warn", warn));

    for (const [title, state, make, count] of [
      ["are warned of once", { waitForReady: false }, postgres, 1],
      ["need no warning once they are there", { waitForReady: false, connection }, postgres, 0],
      ["need no warning for a volume", { waitForReady: false, connection: {} }, volume, 0],
    ] as const) {
      it(title, async () => {
        await mockResources(state);
        const addon = make();
        await Promise.all([read(addon.url), read(addon.host), read(addon.url)]);
        expect(warnings).to.have.length(count);
        for (const text of warnings) expect(text).to.match(/waitForReady is false/u);
      });
    }
  });
});
