import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { varsOf as varsOfThePlugin } from "../../../src/northflank/connection";
import { NorthflankAddon } from "../../../src/program/northflank/zz_addon";
import { mockResources, read } from "../../support/mocks";

const credentials = {
  envs: { HOST: "primary.example.com", PORT: 5432, TLS_ENABLED: true, NONE: null, EMPTY: "" },
  secrets: { PASSWORD: "FAKE-password" },
};
const vars = {
  HOST: "primary.example.com",
  PORT: "5432",
  TLS_ENABLED: "true",
  EMPTY: "",
  PASSWORD: "FAKE-password",
};

describe("vars of a Northflank add-on", () => {
  const addonWith = async (state: Readonly<Record<string, unknown>>, preview = false) => {
    await mockResources(state, preview);
    return new NorthflankAddon("orders", {
      projectId: "demo-project",
      type: "postgresql",
      version: "16.4",
      billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
    });
  };

  for (const [title, state, expected] of [
    ["are its credentials by their names, as texts", { credentials }, vars],
    ["do not fall behind their credentials", { credentials, vars: { PASSWORD: "former" } }, vars],
    ["are those of mocks without credentials", { vars: { HOST: "mocked" } }, { HOST: "mocked" }],
    ["are absent where nothing is known", {}, undefined],
    ["are empty where there are none", { credentials: {} }, {}],
  ] as const) {
    it(title, async () => {
      const addon = await addonWith(state);
      expect(await read(addon.vars)).to.deep.equal(expected);
      expect(await pulumi.isSecret(addon.vars)).to.equal(true);
    });
  }

  it("are known in a preview that knows the credentials", async () => {
    expect(await read((await addonWith({ credentials }, true)).vars)).to.deep.equal(vars);
  });

  it("are the same in the provider plugin", () => {
    expect(varsOfThePlugin(credentials)).to.deep.equal(vars);
  });
});
