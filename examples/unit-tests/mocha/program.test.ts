import { strict as assert } from "node:assert";
import { mockPulumi, registered, valueOf } from "../mocks";

describe("the program in production", () => {
  let program: typeof import("../index");

  before(async () => {
    await mockPulumi("production");
    program = await import("../index");
    // Registering takes a moment; an output of the last resource is there after it.
    await valueOf(program.addonId);
  });

  it("declares the newest PostgreSQL 16, on two machines", () => {
    const inputs = registered.get("invoices-db")?.inputs;
    assert.equal(inputs.version, "16.5");
    assert.deepEqual(inputs.billing, {
      deploymentPlan: "nf-compute-20",
      storage: 6144,
      replicas: 2,
    });
  });

  it("exports the URL of the database", async () => {
    const url = await valueOf(program.databaseUrl);
    assert.match(url ?? "", /^postgresql:.*@invoices-db\./);
  });
});
