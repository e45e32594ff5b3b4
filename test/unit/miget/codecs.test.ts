import { expect } from "chai";
import { isLeft, isRight } from "fp-ts/Either";
import type * as t from "io-ts";
import { isRecord } from "../../../src/fields/values";
import {
  AddonAnswer,
  AddonListAnswer,
  remoteAddonOf,
  listedAddonOf,
} from "../../../src/miget/codecs";
import { contractOf, examples } from "../../contract/contract";

const answers = examples(contractOf("miget")).filter(
  ({ direction, status }) => direction === "response" && (status ?? "").startsWith("2"),
);
const of = (operationId: string) => answers.filter((answer) => answer.operationId === operationId);

function decoded<A>(codec: t.Decoder<unknown, A>, value: unknown): A {
  const result = codec.decode(value);
  if (isLeft(result)) throw new Error(`does not decode: ${JSON.stringify(value)}`);
  return result.right;
}

describe("Miget's answers as documented", () => {
  for (const { operationId, name, value, status } of [...of("createAddon"), ...of("getAddon")]) {
    it(`${operationId} ${status ?? ""} ${name}`, () => {
      const stated = isRecord(value) && isRecord(value.data) ? value.data : value;
      const entity = remoteAddonOf(decoded(AddonAnswer, value));
      expect(stated).to.include({ uuid: entity.key, state: entity.state, type: entity.type });
      expect(decoded(AddonAnswer, { data: stated })).to.deep.equal(entity.body);
      expect(decoded(AddonAnswer, stated)).to.deep.equal(entity.body);
    });
  }

  for (const { name, value } of of("listAddons")) {
    it(`listAddons ${name}`, () => {
      const stated: unknown = isRecord(value) ? value.data : value;
      const listed = decoded(AddonListAnswer, value).map(listedAddonOf);
      expect(listed).to.have.length(Array.isArray(stated) ? stated.length : -1);
      expect(decoded(AddonListAnswer, { data: stated }).map(listedAddonOf)).to.deep.equal(listed);
      for (const { title, key } of listed) {
        expect(title).to.not.equal("");
        expect(key).to.not.equal("");
      }
    });
  }

  it("are there", () => {
    for (const operation of ["createAddon", "getAddon", "listAddons"])
      expect(of(operation)).to.not.deep.equal([]);
  });
});

describe("Miget's answers beyond what is documented", () => {
  const least = { uuid: "u", type: "postgres", state: "pending" };

  it("need no more than what nothing works without", () => {
    for (const value of [
      least,
      {
        ...least,
        name: null,
        label: null,
        quota: null,
        settings: null,
        var: null,
        replicas: null,
        connection_details: null,
        created_at: null,
      },
    ]) {
      expect(remoteAddonOf(decoded(AddonAnswer, value))).to.include({ key: "u", state: "pending" });
      expect(listedAddonOf(decoded(AddonAnswer, value))).to.include({ title: "" });
    }
  });

  it("may hold more, even a member called data", () => {
    const value = {
      ...least,
      data: { uuid: "other" },
      more: [1],
      settings: { new_one: { deep: true } },
    };
    expect(remoteAddonOf(decoded(AddonAnswer, value)).key).to.equal("u");
  });

  it("are a list where an entry has no state", () => {
    const list = [{ uuid: "c", type: "cronjob" }, { ...least, state: null }, least];
    const listed = decoded(AddonListAnswer, list).map(listedAddonOf);
    expect(listed.map(({ state }) => state)).to.deep.equal(["unknown", "unknown", "pending"]);
  });

  it("leave in settings and replicas what is known to be no secret", () => {
    const { body } = remoteAddonOf(
      decoded(AddonAnswer, {
        ...least,
        settings: { mount_point: "/data", admin_password: "FAKE-password" },
        replicas: [
          { uuid: "r", state: "healthy", connection_details: { password: "FAKE-password" } },
          null,
        ],
      }),
    );
    expect(body.settings).to.deep.equal({ mount_point: "/data" });
    expect(body.replicas).to.deep.equal([{ uuid: "r", state: "healthy" }]);
  });

  for (const value of [
    undefined,
    null,
    "",
    [],
    {},
    { data: null },
    { data: [] },
    { ...least, uuid: 5 },
    { ...least, state: null },
    { message: "Accepted" },
  ]) {
    it(`are no add-on: ${JSON.stringify(value)}`, () => {
      expect(isRight(AddonAnswer.decode(value))).to.equal(false);
    });
  }

  for (const value of [
    undefined,
    null,
    {},
    { data: {} },
    [null],
    [{ ...least, type: 1 }],
    { data: null },
  ]) {
    it(`are no list: ${JSON.stringify(value)}`, () => {
      expect(isRight(AddonListAnswer.decode(value))).to.equal(false);
    });
  }
});
