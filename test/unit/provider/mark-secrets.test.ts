import { runtime } from "@pulumi/pulumi";
import { expect } from "chai";
import { markSecrets, secretMark } from "../../../src/provider/mark-secrets";
import { fields } from "../../../src/miget/fields";

const marked = (value: string) => ({ [secretMark.key]: secretMark.value, value });

describe("seal", () => {
  it("uses the mark of the SDK", () => {
    expect(secretMark).to.deep.equal({
      key: runtime.specialSigKey,
      value: runtime.specialSecretSig,
    });
  });

  it("marks what repeats a secret in an output, at any depth, and nothing else", () => {
    const state = {
      name: "hidden-name",
      label: "Orders",
      assignedName: "hidden-name-abcde",
      settings: { mount_point: "/hidden name", list: ["plain", { deep: "x%2Fhidden%20name" }] },
      quota: { ram_size: 1024 },
      connection: { host: "hidden-name-abcde.example.com" },
      __provider: "hidden-name",
    };
    expect(markSecrets(fields, state, ["hidden-name", "/hidden name"])).to.deep.equal({
      ...state,
      assignedName: marked("hidden-name-abcde"),
      settings: {
        mount_point: marked("/hidden name"),
        list: ["plain", { deep: marked("x%2Fhidden%20name") }],
      },
    });
  });

  it("marks what repeats the add-on's own connection data", () => {
    const state = {
      vars: { DATABASE_URL: "postgres://demo:FAKE-password@db.example.com/x" },
      connection: { password: "FAKE-password", host: "db.example.com" },
      quota: { note: "opened with FAKE-password", host: "db.example.com" },
    };
    expect(markSecrets(fields, state, [])).to.deep.equal({
      ...state,
      quota: { note: marked("opened with FAKE-password"), host: "db.example.com" },
    });
  });

  it("leaves everything as it is where nothing is secret", () => {
    const state = { assignedName: "orders-abcde", settings: { list: [1, null] } };
    expect(markSecrets(fields, state, [])).to.deep.equal(state);
  });
});
