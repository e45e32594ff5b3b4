import { expect } from "chai";
import { isLeft, isRight } from "fp-ts/Either";
import type * as t from "io-ts";
import { at, isRecord } from "../../../src/fields/values";
import * as codecs from "../../../src/northflank/codecs";
import { contractOf, examples } from "../../contract/contract";

const answers = examples(contractOf("northflank")).filter(
  ({ direction, status }) => direction === "response" && (status ?? "").startsWith("2"),
);

function decoded<A>(codec: t.Decoder<unknown, A>, value: unknown): A {
  const result = codec.decode(value);
  if (isLeft(result)) throw new Error(`does not decode: ${JSON.stringify(value)}`);
  return result.right;
}

const entityOf = (value: unknown) => codecs.entityOf(decoded(codecs.AddonAnswer, value).data);

describe("Northflank's answers as documented", () => {
  const table: readonly (readonly [string, t.Decoder<unknown, unknown>])[] = [
    ["createAddon", codecs.AddonAnswer],
    ["putAddon", codecs.AddonAnswer],
    ["patchAddon", codecs.AddonAnswer],
    ["getAddon", codecs.AddonAnswer],
    ["listAddons", codecs.AddonListAnswer],
    ["getAddonCredentials", codecs.CredentialsAnswer],
    ["getAddonVersion", codecs.VersionAnswer],
    ["listAddonBackupSchedules", codecs.ScheduleListAnswer],
  ];
  for (const [operation, codec] of table) {
    const mine = answers.filter(({ operationId }) => operationId === operation);
    it(`${operation}: ${mine.map(({ name }) => name).join(", ")}`, () => {
      expect(mine).to.not.deep.equal([]);
      for (const { value } of mine) decoded(codec, value);
    });
  }

  for (const { operationId, name, value } of answers) {
    if (!/^(?:create|put|patch|get)Addon$/u.test(operationId) || !isRecord(value)) continue;
    it(`become one and the same add-on: ${operationId} ${name}`, () => {
      const entity = entityOf(value);
      const stated = (...paths: string[]) =>
        paths.map((path) => at(value, `data.${path}`)).find((found) => found !== undefined);
      expect(entity).to.deep.include({
        key: stated("id"),
        name: stated("name"),
        state: stated("status"),
        type: stated("type", "spec.type"),
        planId: stated("billing.deploymentPlan", "spec.config.deployment.planId"),
        storage: stated("billing.storage", "spec.config.deployment.storageSize"),
        replicas: stated("billing.replicas", "spec.config.deployment.replicas"),
        tlsEnabled: stated("tlsEnabled", "spec.config.networking.tlsEnabled"),
        versionTag: stated("spec.config.versionTag"),
        cluster: stated("cluster.id"),
      });
    });
  }

  it("state the same rules in both forms", () => {
    const [flat, nested] = ["createAddon", "getAddon"].map((operation) => {
      const found = answers.find(
        ({ operationId, name }) => operationId === operation && name === "postgresql",
      );
      return entityOf(found?.value).ipPolicies;
    });
    expect(flat).to.deep.equal([{ addresses: ["192.0.2.10", "198.51.100.0/24"], action: "ALLOW" }]);
    expect(nested).to.deep.equal(flat);
  });
});

describe("Northflank's answers beyond what is documented", () => {
  const common = { id: "orders", name: "Orders", status: "running" };
  const flat = { ...common, type: "redis" };
  const nested = { ...common, spec: { type: "redis" } };

  it("need no more than what nothing works without", () => {
    for (const data of [
      flat,
      nested,
      { ...nested, spec: { type: "redis", config: {} } },
      { ...flat, uid: null, tags: null, ipPolicies: null, cluster: null, createdAt: null },
    ]) {
      expect(entityOf({ data })).to.include({
        key: "orders",
        type: "redis",
        state: "running",
        pending: false,
      });
    }
  });

  it("may be those of a custom type, whose configuration is another", () => {
    const spec = {
      type: "helm-thing",
      config: { templateValues: "a: 1", region: "europe-west" },
      pendingActions: [],
    };
    expect(entityOf({ data: { ...common, spec } })).to.include({
      type: "helm-thing",
      planId: undefined,
    });
    const bucket = {
      ...flat,
      type: "bucket",
      region: "eu-west-1",
      appId: "/t/p/b",
      cluster: { id: "c", name: "c" },
    };
    expect(entityOf({ data: bucket })).to.include({ type: "bucket", cluster: "c" });
  });

  it("say what is still to be done", () => {
    for (const [config, pendingActions, pending] of [
      [{}, [], false],
      [{}, [{ type: "backup" }], true],
      [{ secretRotation: { status: "rotating" } }, [], true],
      [{ secretRotation: { status: "scheduled" } }, [], true],
      [{ secretRotation: { status: "rotated" } }, [], false],
      [{ secretRotation: { status: "completed" } }, [], false],
      [{ secretRotation: null }, null, false],
    ] as const) {
      expect(
        entityOf({ data: { ...common, spec: { type: "redis", config, pendingActions } } }),
      ).to.include({ pending });
    }
  });

  it("keep the order of rules of different actions", () => {
    const rules = ["ALLOW", "ALLOW", "DENY", "ALLOW"].map((action, index) => ({
      action,
      address: `192.0.2.${index}`,
    }));
    const config = { networking: { ipPolicies: rules } };
    expect(
      entityOf({ data: { ...common, spec: { type: "redis", config } } }).ipPolicies,
    ).to.deep.equal([
      { action: "ALLOW", addresses: ["192.0.2.0", "192.0.2.1"] },
      { action: "DENY", addresses: ["192.0.2.2"] },
      { action: "ALLOW", addresses: ["192.0.2.3"] },
    ]);
  });

  for (const value of [
    undefined,
    null,
    {},
    [],
    { data: null },
    { data: {} },
    { data: { ...flat, id: 5 } },
    { data: { ...common } },
    flat,
  ]) {
    it(`are no add-on: ${JSON.stringify(value)}`, () => {
      expect(isRight(codecs.AddonAnswer.decode(value))).to.equal(false);
    });
  }

  for (const value of [
    {},
    { data: {} },
    { data: { addons: {} } },
    { data: { addons: [{ id: "x" }] } },
  ]) {
    it(`are no list: ${JSON.stringify(value)}`, () => {
      expect(isRight(codecs.AddonListAnswer.decode(value))).to.equal(false);
    });
  }

  it("are a list though they do not speak of pages", () => {
    const listed = decoded(codecs.AddonListAnswer, { data: { addons: [nested] } }).data.addons.map(
      codecs.listedOf,
    );
    expect(listed).to.deep.equal([
      { key: "orders", state: "running", type: "redis", title: "Orders", uid: undefined },
    ]);
  });
});
