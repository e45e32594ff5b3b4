import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { isRecord } from "../../../src/fields/values";
import { NorthflankAddon } from "../../../src/program/northflank/zz_addon";

describe("a component", () => {
  it("can have two add-ons", async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }: pulumi.runtime.MockResourceArgs) => ({
        id: name,
        state: isRecord(inputs) ? { ...inputs } : {},
      }),
      call: () => ({}),
    });
    const parent = new pulumi.ComponentResource("test:index:Shop", "shop");
    const addons = ["sessions", "jobs"].map(
      (name) =>
        new NorthflankAddon(
          name,
          {
            projectId: "demo-project",
            type: "redis",
            version: "7-latest",
            billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
          },
          { parent },
        ),
    );
    const urns = await new Promise((resolve) =>
      pulumi.all(addons.map(({ urn }) => urn)).apply(resolve),
    );
    expect(urns).to.deep.equal(
      ["sessions", "jobs"].map(
        (name) =>
          `urn:pulumi:stack::project::test:index:Shop$pulumi-nodejs:dynamic/northflank:Addon::${name}`,
      ),
    );
  });
});
