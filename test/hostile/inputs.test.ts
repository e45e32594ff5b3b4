import { expect } from "chai";
import fc from "fast-check";
import { type Props, withAt } from "../../src/fields/values";
import { toState } from "../../src/provider/state";
import { times } from "../support/runs";
import { both, type Checks } from "../unit/support/platforms";
import { anyOlds, anyProgram, anyValue, large, placesOf } from "./support/inputs";
import { faultsOf } from "./support/messages";
import { changedSince, prototypes } from "./support/prototypes";

/** Characters of all that one resource's failures say: two screens, more or less. */
const mostSaid = 30_000;

/** Checks, and looks at what a user would see of it. */
function judged({ check }: Checks, news: Props, olds: Props): string[] {
  const { inputs, failures } = check(news, olds);
  const reasons = failures.map(({ reason }) => reason);
  const said = reasons.reduce((sum, { length }) => sum + length, 0);
  // Nothing that is checked may be what the wire cannot carry.
  toState(inputs);
  return [
    ...reasons.flatMap((reason) => faultsOf(reason, [])),
    ...reasons.filter(({ length }) => length > 600).map(({ length }) => `${length} characters`),
    ...failures
      .filter(({ property }) => property.length > 100)
      .map(() => "a property that is none"),
    ...(said > mostSaid ? [`says ${said} characters`] : []),
  ];
}

for (const checks of both) {
  describe(`hostile ${checks.title} inputs`, function () {
    this.timeout(60_000);

    it("are accepted or refused in words, whatever stands wherever, and change no prototype", () => {
      const before = prototypes();
      fc.assert(
        fc.property(anyProgram(checks), anyOlds(checks), (news, olds) => {
          expect(judged(checks, news, olds)).to.deep.equal([]);
        }),
        { numRuns: times(80) },
      );
      expect(changedSince(before)).to.deep.equal([]);
    });

    it("make no diff fail, which a refresh asks for too", () => {
      fc.assert(
        fc.property(anyOlds(checks), anyOlds(checks), (olds, news) => {
          const { changes, replaces, deleteBeforeReplace } = checks.diff(olds, news);
          expect(changes).to.be.a("boolean");
          expect(deleteBeforeReplace).to.equal(replaces === undefined ? undefined : true);
          if (!changes) expect(checks.diff(olds, news).replaces ?? []).to.deep.equal([]);
        }),
        { numRuns: times(80) },
      );
    });

    it("are looked at in every place", () => {
      const [, base] = checks.programs[0] ?? ["", {}];
      const values = [...large, ...fc.sample(anyValue, 2).entries()];
      const all = placesOf(checks).flatMap((path) =>
        values.map(([name, next]) => ({ path, name, next })),
      );
      // Each place gets some of the values: all of them take long.
      const stride = Math.max(1, Math.round(7 / times(1)));
      for (const { path, name, next } of all.filter((_, index) => index % stride === 0)) {
        const news = withAt(base, path, next);
        const found = [...judged(checks, news, {}), ...judged(checks, base, news)];
        expect(found, `${path}: ${name}`).to.deep.equal([]);
      }
    });

    it("do not hide a secret's value worse for being long", () => {
      const [, base] = checks.programs[0] ?? ["", {}];
      for (const secret of ["s3cr3t-".repeat(150_000), "line-of-a-key\n".repeat(70_000)]) {
        const news = { ...base, noInput: secret, name: `n-${secret}`, __secretInputs: ["noInput"] };
        const text = checks.check(news).failures.map(({ reason }) => reason);
        expect(text.join("\n")).not.to.include("s3cr3t-s3cr3t-").and.not.include("line-of-a-key");
      }
    });

    it("are told of in numbers that can be read", () => {
      const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`k${index}`, 1]));
      const { failures } = checks.check(many);
      expect(failures.length).to.be.within(2, 60);
      expect(failures.map(({ reason }) => reason).join("\n")).to.match(/and 2980 more like this/u);
    });
  });
}
