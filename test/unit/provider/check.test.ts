import { expect } from "chai";
import fc from "fast-check";
import { at, isUnknown, type Props, unknownValue, withAt } from "../../../src/fields/values";
import { both, onlyFailure, said } from "../support/platforms";
import { anyJson, previewsOf } from "../support/valid-values";

for (const { title, check, diff, programs, table } of both) {
  describe(`check of a ${title} add-on`, () => {
    const [, first = {}] = programs[0] ?? [];

    for (const [name, program] of programs) {
      it(`accepts the contract's example ${name}`, () => {
        expect(said(check(program).failures)).to.deep.equal([]);
      });

      it(`accepts ${name} with any part of it not known yet`, () => {
        for (const preview of previewsOf(program)) {
          expect(said(check(preview).failures), JSON.stringify(preview)).to.deep.equal([]);
        }
      });

      it(`sees no change in what it made of ${name} itself`, () => {
        const { inputs } = check(program);
        const again = check(program, inputs);
        expect(said(again.failures)).to.deep.equal([]);
        expect(again.inputs).to.deep.equal(inputs);
        expect(diff(inputs, again.inputs)).to.include({ changes: false });
      });
    }

    it("keeps every input that was given", () => {
      for (const [, program] of programs) {
        expect(check(program).inputs).to.include.keys(...Object.keys(program));
        expect({ ...check(program).inputs, ...program }).to.deep.equal(check(program).inputs);
      }
    });

    it("answers whatever an input holds, and names that input", () => {
      const paths = Object.keys(table);
      fc.assert(
        fc.property(fc.constantFrom(...paths), anyJson, (path, value) => {
          const { failures } = check(withAt(first, path, value));
          for (const { property, reason } of failures) {
            expect(property).to.be.a("string");
            expect(reason).to.be.a("string").that.is.not.empty;
            expect(reason).to.not.match(/\[object|undefined is|function/u);
          }
        }),
        { numRuns: 400 },
      );
    });

    it("answers whatever the inputs and the old inputs are", () => {
      const props = fc.dictionary(
        fc.oneof(
          fc.constantFrom(...Object.keys(table).map((path) => path.split(".")[0] ?? "")),
          fc.string({ maxLength: 5 }),
        ),
        anyJson,
      );
      fc.assert(
        fc.property(props, props, (olds, news) => {
          check({ ...first, ...news }, { ...first, ...olds });
          diff({ ...first, ...olds }, { ...first, ...news });
          check(news, olds);
          diff(olds, news);
        }),
        { numRuns: 300 },
      );
    });

    it("reports every wrong input of a resource at once", () => {
      const required = Object.entries(table).filter(
        ([, field]) => field.required === true && field.types === undefined,
      );
      const paths = required.map(([path]) => path);
      expect(check({}).failures.map(({ property }) => property)).to.include.members(paths);
      const bad: Props = required.reduce<Props>((props, [path]) => withAt(props, path, -1), {});
      expect(check(bad).failures.map(({ property }) => property)).to.include.members(paths);
    });

    it("takes a missing value, an undefined and a null for the same", () => {
      for (const path of Object.keys(first)) {
        const missing = said(check(withAt(first, path, undefined)).failures);
        expect(said(check({ ...first, [path]: null }).failures)).to.deep.equal(missing);
        expect(said(check({ ...first, [path]: undefined }).failures)).to.deep.equal(missing);
      }
    });

    for (const [path, field] of Object.entries(table)) {
      it(`says of a wrong ${path} what is accepted`, () => {
        const wrong = { not: "accepted" };
        const open = ["metadata"].includes(path.split(".")[0] ?? "");
        const { failures } = check(withAt(first, path, open ? "not accepted" : wrong));
        const mine = failures.filter(({ reason }) => reason.startsWith(path));
        expect(mine, said(failures).join("\n")).to.have.length.above(0);
        for (const { property, reason } of mine) {
          // What is no property at all may be a misspelt secret, so its value must not be printed.
          const hidden = field.secret === true || reason.includes("is not a property");
          expect(property).to.equal(hidden ? "" : path);
          expect(reason).to.match(/must |there are|is required|is for /u);
        }
      });
    }

    it("lets what only the machinery uses pass", () => {
      const program = {
        ...first,
        __provider: "the loader's text",
        customTimeouts: { create: "90s" },
      };
      expect(said(check(program).failures)).to.deep.equal([]);
      expect(check(program).inputs).to.deep.include({ customTimeouts: program.customTimeouts });
    });

    for (const wrong of ["soon", "10", "10 m", "-1m", "1d", "", 5]) {
      it(`refuses ${JSON.stringify(wrong)} as a time limit, with an example of a good one`, () => {
        const customTimeouts = { create: wrong };
        const { failures } = check({ ...first, customTimeouts });
        expect(failures.map(({ property }) => property)).to.deep.equal(["customTimeouts"]);
        expect(failures[0]?.reason).to.match(/create.*"20m"/u);
      });
    }

    it("does not refuse a replacement while allowReplace is not known yet", () => {
      const olds = check(first).inputs;
      const other = withAt(first, "name", "another");
      expect(onlyFailure(check(other, olds)).property).to.equal("name");
      expect(said(check({ ...other, allowReplace: unknownValue }, olds).failures)).to.deep.equal(
        [],
      );
    });

    it("accepts any further input that is not known yet, since it may turn out undefined", () => {
      for (const path of Object.keys(table)) {
        if (at(first, path) !== undefined) continue;
        const preview = withAt(first, path, unknownValue);
        expect(isUnknown(at(preview, path))).to.equal(true);
        const parents = path.split(".").slice(0, -1).join(".");
        if (parents !== "" && at(first, parents) === undefined) continue;
        expect(said(check(preview).failures), path).to.deep.equal([]);
      }
    });
  });
}
