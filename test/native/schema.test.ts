import { expect } from "chai";
import { parts } from "../../src/fields/output";
import { schema } from "../../src/doors/native/schema";
import { isRecord } from "../../src/fields/values";
import { addon as migetAddon } from "../../src/miget/resource";
import { addon as northflankAddon } from "../../src/northflank/resource";
import { migetAddonKind } from "../../src/program/miget/zz_addon";
import { northflankAddonKind } from "../../src/program/northflank/zz_addon";
import { recordAt } from "../support/json";

describe("the schema of the provider plugin", () => {
  for (const [kind, outputs] of [
    [migetAddonKind, migetAddon.outputs],
    [northflankAddonKind, northflankAddon.outputs],
  ] as const) {
    const resource = () => recordAt(schema(), "resources", `paas-addons:index:${kind.className}`);

    it(`has the inputs and outputs of the class ${kind.className}`, () => {
      expect(Object.keys(outputs).sort()).to.deep.equal([...kind.outputs].sort());
      const inputs = Object.keys(recordAt(resource(), "inputProperties"));
      expect(inputs.sort()).to.deep.equal([...kind.inputs].sort());
      const properties = Object.keys(recordAt(resource(), "properties"));
      const all = [...kind.inputs, ...kind.outputs, ...Object.keys(parts)];
      expect(properties.sort()).to.deep.equal(all.sort());
    });

    it(`keeps secret in ${kind.className} what the class keeps secret`, () => {
      const properties = recordAt(resource(), "properties");
      const secret = Object.keys(properties).filter(
        (name) => recordAt(properties, name).secret === true,
      );
      const expected = [...kind.secretInputs, ...kind.secretOutputs, ...Object.keys(parts)];
      expect(secret.sort()).to.deep.equal(expected.sort());
    });

    it(`takes ${kind.className} over from the dynamic resource`, () => {
      expect(resource().aliases).to.deep.equal([{ type: `pulumi-nodejs:dynamic/${kind.type}` }]);
    });
  }

  it("names only types that it has, and describes every property", () => {
    const types = Object.keys(recordAt(schema(), "types")).map((type) => `#/types/${type}`);
    const references: string[] = [];
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(visit);
      if (!isRecord(value)) return;
      if (typeof value.$ref === "string") references.push(value.$ref);
      Object.values(value).forEach(visit);
    };
    visit(schema());
    expect(types).to.include.members(references.filter((each) => each.startsWith("#")));
  });
});
