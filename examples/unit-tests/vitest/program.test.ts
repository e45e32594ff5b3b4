import { describe, expect, it, vi } from "vitest";

/** The program as it is for one stack; its resources are registered while it loads. */
async function load(stack: string) {
  vi.resetModules();
  const { mockPulumi, registered, valueOf } = await import("../mocks");
  await mockPulumi(stack);
  const program = await import("../index");
  // Registering takes a moment; an output of the last resource is there after it.
  await valueOf(program.addonId);
  return { program, registered, valueOf };
}

describe("the program", () => {
  it("declares the newest PostgreSQL 16, in production on two machines", async () => {
    const { registered } = await load("production");
    expect(registered.get("invoices-db")?.inputs).toMatchObject({
      version: "16.5",
      billing: { deploymentPlan: "nf-compute-20", replicas: 2 },
    });
  });

  it("makes do with one machine elsewhere", async () => {
    const { registered } = await load("staging");
    expect(registered.get("invoices-db")?.inputs.billing.replicas).toBe(1);
  });

  it("exports the URL of the database", async () => {
    const { program, valueOf } = await load("staging");
    const url = await valueOf(program.databaseUrl);
    expect(url).toMatch(/^postgresql:.*@invoices-db\./);
  });
});
