import { expect } from "chai";
import fc from "fast-check";
import { isLeft } from "fp-ts/Either";
import * as t from "io-ts";
import { fieldsOf } from "../../../src/http/decode";
import { AddonAnswer as MigetAddon, AddonListAnswer as MigetList } from "../../../src/miget/codecs";
import {
  AddonAnswer,
  AddonListAnswer,
  CredentialsAnswer,
  ScheduleListAnswer,
  VersionAnswer,
} from "../../../src/northflank/codecs";

function wrong(codec: t.Decoder<unknown, unknown>, value: unknown): string {
  const result = codec.decode(value);
  return isLeft(result) ? fieldsOf(result.left) : "nothing";
}

const addon = { uuid: "u", type: "postgres", state: "healthy" };
const entry = { id: "orders", name: "Orders", status: "running", spec: { type: "redis" } };

describe("fieldsOf", () => {
  const table: readonly (readonly [string, t.Decoder<unknown, unknown>, unknown, RegExp])[] = [
    ["a Miget add-on without uuid", MigetAddon, { ...addon, uuid: undefined }, /^uuid \(/u],
    ["a wrapped one", MigetAddon, { data: { ...addon, state: 5 } }, /^data\.state \(/u],
    ["one of a list", MigetList, [addon, { ...addon, type: null }], /^\[1\]\.type \(/u],
    ["one of a wrapped list", MigetList, { data: [addon, addon, {}] }, /^data\[2\]\.uuid \(/u],
    ["an answer that is none", MigetAddon, "hello", /^the body \(/u],
    ["no answer", MigetAddon, undefined, /^the body \(/u],
    ["a message in place of an add-on", MigetAddon, { message: "Accepted" }, /uuid \(/u],
    [
      "a port of a strange kind",
      MigetAddon,
      { ...addon, connection_details: { internal: { port: {} } } },
      /connection_details\.internal\.port/u,
    ],
    ["a Northflank answer without data", AddonAnswer, {}, /^data \(/u],
    [
      "a Northflank add-on without status",
      AddonAnswer,
      { data: { ...entry, status: undefined } },
      /data\.status \(/u,
    ],
    [
      "one of a Northflank list",
      AddonListAnswer,
      { data: { addons: [entry, { ...entry, spec: {} }] } },
      /^data\.addons\[1\]\.spec\.type \(/u,
    ],
    [
      "credentials that are a list",
      CredentialsAnswer,
      { data: { envs: { HOST: ["x"] } } },
      /^data\.envs\.HOST \(/u,
    ],
    ["no version", VersionAnswer, { data: { upgradeTo: [] } }, /^data\.version \(/u],
    [
      "a schedule without id",
      ScheduleListAnswer,
      { data: { schedules: [{ backupType: "dump", scheduling: {} }] } },
      /^data\.schedules\[0\]\.id \(/u,
    ],
  ];
  for (const [title, codec, value, expected] of table) {
    it(`names the field: ${title}`, () => {
      expect(wrong(codec, value)).to.match(expected);
    });
  }

  it("says what was expected in a few words", () => {
    for (const [, codec, value] of table) {
      expect(wrong(codec, value), JSON.stringify(value)).to.have.length.below(250);
    }
  });

  it("never prints a value", () => {
    const codecs = [
      MigetAddon,
      MigetList,
      AddonAnswer,
      AddonListAnswer,
      CredentialsAnswer,
      VersionAnswer,
    ];
    const hidden = "FAKE-secret";
    const leaf = fc.constantFrom<unknown>(
      hidden,
      [hidden],
      { uuid: hidden },
      { spec: hidden },
      { data: hidden },
    );
    const key = fc.constantFrom(
      "data",
      "uuid",
      "spec",
      "envs",
      "status",
      "addons",
      "connection_details",
      "id",
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...codecs),
        fc.dictionary(key, fc.dictionary(key, leaf)),
        (codec, value) => {
          expect(wrong(codec, value)).to.not.include(hidden);
          expect(wrong(codec, [value, hidden])).to.not.include(hidden);
        },
      ),
    );
  });

  it("counts what it leaves out", () => {
    const codec = t.type(
      Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((key) => [key, t.string])),
    );
    expect(wrong(codec, {})).to.equal(
      "a (expected string), b (expected string), c (expected string) and 3 more",
    );
  });
});
