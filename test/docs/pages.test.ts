import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FieldTable } from "../../src/fields/field";
import { fields as migetFields } from "../../src/miget/fields";
import { fields as northflankFields } from "../../src/northflank/fields";
import { states as migetStates } from "../../src/miget/states";
import { states as northflankStates } from "../../src/northflank/states";
import { migetAddonKind } from "../../src/program/miget/zz_addon";
import { northflankAddonKind } from "../../src/program/northflank/zz_addon";
import { repository } from "../support/pack";

const text = (file: string) => readFileSync(join(repository, file), "utf8");
const pages = [
  { platform: "miget", fields: migetFields, kind: migetAddonKind, states: migetStates },
  {
    platform: "northflank",
    fields: northflankFields,
    kind: northflankAddonKind,
    states: northflankStates,
  },
] as const;

for (const { platform, fields, kind, states } of pages) {
  const file = `docs/${platform}-addon.md`;
  const page = text(file);
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  const rowsOf = (name: string) => rows.filter((row) => row.startsWith(`| \`${name}\` `));

  describe(file, () => {
    it("has every input, with what a change does and why", () => {
      const table: FieldTable<never> = fields;
      for (const [name, field] of Object.entries(table)) {
        expect(rowsOf(name), name).to.not.deep.equal([]);
        // An output can have the name of a property of an input, but no input's row.
        const all = field.types ?? ["all"];
        const inputRows = rowsOf(name).filter((row) =>
          row.includes(field.doc.replaceAll("|", "\\|")),
        );
        expect(inputRows.length, name).to.equal(all.length);
        for (const row of inputRows) {
          if (field.change === "replace") {
            expect(row).to.contain(`replacement: ${field.replaceReason ?? "no reason"}`);
          }
          if (field.secret === true) expect(row).to.contain("Always secret.");
        }
      }
    });

    it("has every output, and says which are secret", () => {
      for (const name of kind.outputs) expect(rowsOf(name), name).to.not.deep.equal([]);
      const secrets = page.split("## Secrets")[1]?.split("\n## ")[0] ?? "";
      for (const name of [...kind.secretOutputs, ...kind.secretInputs]) {
        expect(secrets).to.contain(`\`${name}\``);
      }
    });

    it("has every example of its platform, and no other program", () => {
      const folders = readdirSync(join(repository, "examples")).filter((name) =>
        name.startsWith(`${platform}-`),
      );
      const examples = folders.map((name) => text(`examples/${name}/index.ts`));
      const programs = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? "");
      expect(programs).to.have.members(examples);
      const others = [...page.matchAll(/^```(?!ts$)(\w+)$/gm)].map(([, language]) => language);
      expect(others).to.deep.equal(["yaml", "python", "go"]);
    });

    it("begins with an example in each language, of this platform only and without marks", () => {
      const start = page.split("## Inputs")[0] ?? "";
      const programs = [...start.matchAll(/^```(?:ts|yaml|python|go)\n(.*?)^```$/gms)];
      expect(programs).to.have.length(4);
      for (const [program] of programs) {
        expect(program).to.not.match(/region|\.\.\//);
        const classes = new Set(program.toLowerCase().match(/(?:miget|northflank)addon/g));
        expect([...classes]).to.deep.equal([`${platform}addon`]);
      }
    });

    it("has every state word in its table, and the time limits", () => {
      const words = Object.keys(states);
      expect(words.length).to.be.greaterThan(5);
      for (const word of words) {
        expect(rows.some((row) => row.includes(`\`${word}\``))).to.equal(true, word);
      }
      expect(page).to.match(/\| create +\| 15 minutes/);
    });

    it("has no marker left, nor an empty cell", () => {
      expect(page).to.not.contain("<!-- insert");
      for (const row of rows) expect(row).to.not.match(/\|\s*\|/);
    });
  });
}
