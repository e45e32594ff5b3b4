import { expect } from "chai";
import { render, read } from "../../scripts/docs/documents";
import { withComments } from "../../scripts/docs/comments";

const present = read("src/program/miget/args.ts");

describe("the comments of inputs", () => {
  it("come from the field table, whatever stands in their place", async () => {
    const [comment = ""] = /\/\*\*[^/]*\*\/\s+(?=diskSize\?:)/u.exec(present) ?? [];
    expect(comment).to.contain("Disk, in GiB.").and.to.contain("a disk cannot shrink");
    const { format } = await import("prettier");
    for (const other of ["/** Another sentence. */\n  ", ""]) {
      const text = withComments("src/program/miget/args.ts", present.replace(comment, other));
      const tidy = await format(text, { parser: "typescript", printWidth: 100 });
      expect(tidy).to.equal(await render("src/program/miget/args.ts"));
    }
  });

  it("are missed where the arguments lack an input of the table", () => {
    const without = present.replace(/^\s+diskSize\?:.*$/mu, "");
    expect(() => withComments("src/program/miget/args.ts", without)).to.throw(
      "no arguments of MigetAddon have diskSize",
    );
  });

  it("are not put where an input is excluded", () => {
    expect(present).to.match(/Not here: .*\*\/\s+serviceId\?: never;/u);
  });
});
