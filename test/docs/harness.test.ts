import { expect } from "chai";
import type { Block } from "./support/pages";
import { programsOf } from "./support/programs";
import { commandsIn } from "./support/shell";
import { isShown } from "./support/shown";

const block = (code: string, mark = ""): Block => ({
  place: "page.md:1",
  language: "ts",
  mark,
  code,
});

describe("what the documents are checked with", () => {
  it("changes a program by a fragment as a reader would", () => {
    const program = block("const a = 1;\nconst { b } = { b: a };\nexport const c = b;\n");
    const fragment = block("const d = 4;\nconst b = d;\nexport const e = 5;\n", "fragment");
    expect(programsOf([program, fragment, program])).to.deep.equal([
      program.code,
      "const a = 1;\nconst d = 4;\nconst b = d;\nexport const c = b;\nexport const e = 5;\n",
      program.code,
    ]);
  });

  it("refuses a fragment of nothing, and a mark that means nothing", () => {
    expect(() => programsOf([block("a();", "fragment")])).to.throw("without a program");
    expect(() => programsOf([block("a();", "sketch")])).to.throw("sketch is no mark");
  });

  it("finds the commands of shell lines", () => {
    const code = `A=1 pulumi up --yes > out.txt   # not this\nnpx a b \\\n  c | d "e f" && g\nh "$(i j)"\n`;
    expect(commandsIn(code)).to.deep.equal([
      ["pulumi", "up", "--yes"],
      ["npx", "a", "b", "c"],
      ["d", "e f"],
      ["g"],
      ["h", "$(i j)"],
      ["i", "j"],
    ]);
  });

  const printed = `Updating (dev):
 +  pulumi:pulumi:Stack test-dev creating (0s)
@ updating....
    created "orders": id 00000000-0000-4000-8000-00000000a990/2632716c-4306-49c4-93a8-c3b7cf3c2563
    postgres://user:fake@orders.example.com/db
Resources:
    + 2 created
`;
  for (const [what, shown, expected] of [
    ["lines as they are", "Resources:\n    + 2 created", true],
    ["lines broken elsewhere", 'created\n  "orders": id', true],
    ["other times, ids and names", "Stack my-addons-dev creating (1.5s)", true],
    ["an ellipsis for lines", "Updating (dev):\n…\nResources:", true],
    ["an ellipsis for a part", "postgres://user:…@orders.example.com/db", true],
    ["another number", "+ 3 created", false],
    ["another order", "Resources:\n…\nUpdating (dev):", false],
    ["a part of a line that is not there", "postgres://user:…@sessions.example.com/db", false],
    ["a line that was left out without an ellipsis", "Updating (dev):\nResources:", false],
  ] as const) {
    it(`takes ${what} for ${expected ? "" : "not "}shown`, () => {
      expect(isShown(shown, printed)).to.equal(expected);
    });
  }
});
