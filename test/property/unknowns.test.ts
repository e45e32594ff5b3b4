import { expect } from "chai";
import fc from "fast-check";
import { hasUnknown, type Props } from "../../src/fields/values";
import { migetChecks, northflankChecks, said } from "../unit/support/platforms";
import { preview, withUnknowns } from "./support/edit";
import { migetPrograms, migetSuccessor } from "./support/miget";
import { northflankPrograms, northflankSuccessor } from "./support/northflank";

const sides = [
  { checks: migetChecks, programs: migetPrograms, successor: migetSuccessor },
  { checks: northflankChecks, programs: northflankPrograms, successor: northflankSuccessor },
];

for (const { checks, programs, successor } of sides) {
  const { check, diff, table, title } = checks;
  const runs = { numRuns: 400 };
  const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 6 });

  /** A program, and a later one of which some values are not known yet. */
  const later = programs
    .chain((first) => fc.tuple(fc.constant(first), successor(first), choices))
    .map(([first, second, picked]): [Props, Props] => [first, preview([second, picked])]);

  describe(`${title} inputs of which any are not known yet`, () => {
    it("pass check for a new add-on, and stay as they are", () => {
      fc.assert(
        fc.property(withUnknowns(programs), (program) => {
          const { inputs, failures } = check(program);
          expect(said(failures)).to.deep.equal([]);
          expect({ ...inputs, ...program }).to.deep.equal(inputs);
        }),
        runs,
      );
    });

    it("pass check and diff for an add-on that exists", () => {
      fc.assert(
        fc.property(later, ([first, second]) => {
          const olds = check(first).inputs;
          const { inputs, failures } = check(second, olds);
          expect(said(failures)).to.deep.equal([]);
          const answer = diff({ ...olds, resolvedVersion: undefined }, inputs);
          expect(answer.deleteBeforeReplace).to.equal(
            answer.replaces === undefined ? undefined : true,
          );
          for (const path of answer.replaces ?? []) {
            expect(table[path]?.change, path).to.equal("replace");
          }
        }),
        runs,
      );
    });

    it("pass check and diff after a preview in which they were not known either", () => {
      const both = programs.chain((program) => {
        return fc.tuple(withUnknowns(fc.constant(program)), withUnknowns(fc.constant(program)));
      });
      fc.assert(
        fc.property(both, ([first, second]) => {
          const olds = check(first).inputs;
          const { inputs, failures } = check(second, olds);
          expect(said(failures)).to.deep.equal([]);
          diff(olds, inputs);
        }),
        runs,
      );
    });

    it("are news to diff where they were known, and a replacement only where they could be one", () => {
      fc.assert(
        fc.property(programs, choices, (program, picked) => {
          const olds = check(program).inputs;
          const inputs = check(preview([program, picked]), olds).inputs;
          const allowReplace = true;
          const { changes, replaces = [] } = diff(olds, { ...inputs, allowReplace });
          expect(diff(olds, { ...inputs, allowReplace: false }).replaces).to.equal(undefined);
          const unknown = Object.entries(table).filter(([path, { change }]) => {
            const [head = "", ...rest] = path.split(".");
            const value = rest.reduce<unknown>(below, inputs[head]);
            return change !== "none" && hasUnknown(value);
          });
          expect(changes).to.equal(unknown.length > 0);
          const possible = unknown.filter(([, { change }]) => change === "replace");
          expect(replaces).to.have.members(possible.map(([path]) => path));
        }),
        runs,
      );
    });
  });
}

function below(value: unknown, key: string): unknown {
  if (hasUnknown(value) && typeof value === "string") return value;
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
