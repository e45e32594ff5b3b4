import { expect } from "chai";
import { encode } from "../../src/fields/field";
import { isRecord, type Props } from "../../src/fields/values";
import { migetAddonKind } from "../../src/program/miget/zz_addon";
import { northflankAddonKind } from "../../src/program/northflank/zz_addon";
import { contractOf, examples } from "../contract/contract";
import { inputsFrom, migetChecks, northflankChecks } from "./support/platforms";

for (const [checks, kind] of [
  [migetChecks, migetAddonKind],
  [northflankChecks, northflankAddonKind],
] as const) {
  const { title, table } = checks;
  const inputs: readonly string[] = kind.inputs;
  const outputs: readonly string[] = kind.outputs;

  describe(`the ${title} resource class and its table`, () => {
    it("have no output with an input's name, nor one that Pulumi takes for itself", () => {
      expect(outputs.filter((name) => inputs.includes(name))).to.deep.equal([]);
      for (const name of [...inputs, ...outputs])
        expect(["id", "urn", "__provider"]).to.not.include(name);
      expect(new Set([...inputs, ...outputs]).size).to.equal(inputs.length + outputs.length);
    });

    it("keep all connection data secret", () => {
      expect(kind.secretOutputs).to.include.members(["vars", "connection"]);
      expect(outputs).to.include.members([...kind.secretOutputs]);
    });

    for (const [path, field] of Object.entries(table)) {
      it(`describe ${path}`, () => {
        expect(field.doc).to.match(/^[A-Z].*\.$/su);
        if (field.change === "replace") expect(field.replaceReason ?? "").to.not.equal("");
        if (field.change === "update")
          expect(field.step, "a step that applies it").to.not.equal(undefined);
        if (field.required === true) expect(field.whenRemoved).to.equal(undefined);
      });
    }
  });
}

describe("the create body", () => {
  for (const [platform, checks] of [
    ["miget", migetChecks],
    ["northflank", northflankChecks],
  ] as const) {
    const contract = contractOf(platform);
    for (const { operationId, direction, name, value } of examples(contract)) {
      if (operationId !== "createAddon" || direction !== "request" || !isRecord(value)) continue;
      it(`is what the contract shows, from the inputs that stand for it: ${platform} ${name}`, () => {
        expect(encode(checks.table, inputsFrom(checks.table, value))).to.deep.equal(value);
      });
    }

    for (const [name, program] of checks.programs) {
      it(`is accepted by the contract with every default filled in: ${platform} ${name}`, () => {
        const body = encode(checks.table, checks.check(program).inputs);
        const schema = platform === "miget" ? "AddonCreateInPractice" : "AddonCreateNative";
        expect(contract.validateSchema(schema, body)).to.deep.equal([]);
      });
    }
  }

  it("holds the named paths only, and nothing for what is not there", () => {
    const inputs: Props = {
      name: "orders",
      billing: { storage: 1, replicas: null },
      tlsEnabled: false,
    };
    const { table } = northflankChecks;
    expect(encode(table, inputs)).to.deep.equal({
      name: "orders",
      billing: { storage: 1 },
      tlsEnabled: false,
    });
    expect(encode(table, inputs, ["billing.storage", "billing.replicas", "nowhere"])).to.deep.equal(
      { billing: { storage: 1 } },
    );
  });
});
