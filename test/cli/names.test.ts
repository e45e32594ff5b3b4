import { expect } from "chai";
import fc from "fast-check";
import { nameAll } from "../../src/cli/import/names";
import { evaluate, syntaxErrors } from "../support/generated-program";

const anyTitle = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.constantFrom(
    "a",
    "A",
    "a1",
    "a-1",
    "a 1",
    "a1 2",
    "a12",
    "a-1-2",
    "Orders",
    "orders 2",
    "注文",
  ),
  fc.constantFrom("class", "exports", "require", "config", "pulumi", "await", "2024", "__proto__"),
);

describe("the names of add-ons in a program", () => {
  it("are valid, plain and each its own, whatever the add-ons are called", () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyTitle, { maxLength: 3 }), { maxLength: 30 }), (titles) => {
        const names = nameAll(titles);
        expect(names).to.have.lengthOf(titles.length);
        const [variables, resources] = [
          names.map(({ variable }) => variable),
          names.map(({ resource }) => resource),
        ];
        expect(new Set(variables).size).to.equal(titles.length);
        expect(new Set(resources).size).to.equal(titles.length);
        for (const name of resources) expect(name).to.match(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u);
        const program = [
          `import * as pulumi from "@pulumi/pulumi";`,
          "const config = new pulumi.Config();",
          ...variables.map((name) => `const ${name} = config;`),
        ].join("\n");
        expect(syntaxErrors(program), program).to.deep.equal([]);
        evaluate(program);
      }),
    );
  });

  const cases: readonly (readonly [string, readonly string[], string, string])[] = [
    ["words", ["Orders database"], "ordersDatabase", "orders-database"],
    ["accents", ["Größe — été"], "grosseEte", "grosse-ete"],
    [
      "another script, with the platform's name at hand",
      ["注文 A", "orders-x1y2z"],
      "ordersX1y2z",
      "orders-x1y2z",
    ],
    ["nothing usable", ["注文", "…", ""], "addon", "addon"],
    ["a number first", ["2024 sales"], "addon2024Sales", "2024-sales"],
    ["a keyword", ["class"], "classAddon", "class"],
    ["a name of the program's own", ["Config"], "configAddon", "config"],
  ];
  for (const [what, titles, variable, resource] of cases) {
    it(`are made of ${what}`, () => {
      expect(nameAll([titles])).to.deep.equal([{ variable, resource }]);
    });
  }

  it("get numbers where they collide", () => {
    const names = nameAll([["a1"], ["A1"], ["a", "b"], ["a"], ["a-2"]]);
    expect(names.map(({ variable }) => variable)).to.deep.equal(["a1", "a1_2", "a", "a2", "a2_2"]);
    expect(names.map(({ resource }) => resource)).to.deep.equal([
      "a1",
      "a1-2",
      "a",
      "a-2",
      "a-2-2",
    ]);
  });
});
