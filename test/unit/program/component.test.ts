import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { NorthflankAddon } from "../../../src/program/northflank/zz_addon";
import { mockResources } from "../../support/mocks";

describe("a component", () => {
  it("can have two add-ons", async () => {
    await mockResources();
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
