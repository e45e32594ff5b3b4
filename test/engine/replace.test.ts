import { expect } from "chai";
import { describeWithCli } from "../support/skip";
import { declared, rows, type Row } from "./addons";
import type { Declared } from "./program";
import { did, each, stackFor, stages, uriIn } from "./stack";

/** One of each platform, and the input whose change its platform has no way to apply. */
const cases = [
  {
    name: "orders",
    input: "postgresVersion",
    refusal: /from "17" to "18": Miget has no upgrade in place/,
  },
  {
    name: "sessions",
    input: "billing.storage",
    refusal: /from 6144 to 4096: a disk can only grow/,
  },
] as const;
const names = cases.map(({ name }) => name);

function program(inputs: (row: Row) => Declared["args"]): Declared[] {
  return declared(inputs).filter(({ name }) => names.some((other) => other === name));
}

describeWithCli("a change that needs a replacement", function () {
  this.timeout(60_000);
  stages();

  const stack = stackFor();
  const chosen = rows.filter(({ name }) => names.some((other) => other === name));
  const identities = () => chosen.map((row) => row.identity(stack().emulator));
  let before: string[];

  after(() => {
    expect(stack().emulator.violations).to.deep.equal([]);
  });

  it("is refused in the preview", async () => {
    stack().declare(program(() => ({})));
    await stack().up();
    before = identities();
    for (const { name, input, refusal } of cases) {
      stack().declare(program((row) => (row.name === name ? row.replace : {})));
      const result = await stack().preview({ expect: "failure" });
      expect(result.output).to.contain(`${input} cannot change in place`).and.to.match(refusal);
      expect(result.output).to.match(
        new RegExp(`put ${input} back to .*, or set allowReplace: true`),
      );
      expect(stack().writes()).to.deep.equal([]);
    }
  });

  it("is shown in the preview with allowReplace", async () => {
    stack().declare(program((row) => ({ ...row.replace, allowReplace: true })));
    const result = await stack().preview();
    const replaced = result.steps.filter(({ op }) => op === "replace");
    expect(replaced.map(({ name }) => name)).to.have.members(names);
    for (const { name, replaces } of replaced) {
      const input = cases.find((each) => each.name === name)?.input;
      expect(
        replaces.map((path) => path.split(".")[0]),
        name,
      ).to.deep.equal([input?.split(".")[0]]);
    }
    expect(stack().writes()).to.deep.equal([]);
  });

  it("deletes the old one before it creates the new one", async () => {
    const { emulator } = stack();
    const result = await stack().up();
    expect(did(result)).to.deep.equal(
      each(names, "delete-replaced", "replace", "create-replacement"),
    );
    for (const platform of ["miget", "northflank"]) {
      const methods = emulator.requests
        .filter((request) => request.platform === platform && request.method !== "GET")
        .map(({ method }) => method);
      expect(methods, platform).to.deep.equal(["DELETE", "POST"]);
    }
    const after = identities();
    for (const [index, identity] of after.entries()) expect(identity).not.to.equal(before[index]);
    const outputs = await stack().outputs();
    for (const row of chosen)
      expect(uriIn(outputs, row.name), row.name).to.equal(row.uri(emulator));
  });
});
