import { expect } from "chai";
import fc from "fast-check";
import { shapeOf } from "../../../src/fields/shape";
import { at, type Props, unknownValue, withAt } from "../../../src/fields/values";
import { both, migetChecks, northflankChecks, program } from "../support/platforms";
import { anyJson } from "../support/valid-values";

const notes = ["adopt", "allowReplace", "waitForReady"];

for (const { title, check, diff, programs, table } of both) {
  describe(`diff of a ${title} add-on`, () => {
    const [, first = {}] = programs[0] ?? [];
    // Where a replica follows from means nothing to any other database.
    const replica = title === "Miget" ? { creationMode: "external_replica" } : {};
    const olds = { ...check(first).inputs, ...replica };
    const outputs = { ...olds, state: "running", connection: { uri: "redis://fake.example.com" } };

    it("shows nothing where nothing changed, whatever the outputs hold", () => {
      fc.assert(
        fc.property(fc.dictionary(fc.string(), anyJson), (more) => {
          const all = { ...more, ...outputs, __provider: "another text" };
          expect(diff(all, { ...olds, __provider: "text" })).to.include({ changes: false });
        }),
      );
    });

    for (const name of notes) {
      it(`shows nothing where ${name} alone comes, changes or goes`, () => {
        for (const [old, next] of [
          [undefined, true],
          [true, undefined],
          [false, true],
          [false, "an-id"],
          [undefined, unknownValue],
        ]) {
          const before = withAt(outputs, name, old);
          expect(diff(before, withAt(olds, name, next))).to.include({ changes: false });
        }
      });
    }

    it("shows a changed time limit, and replaces nothing for it", () => {
      const table: [Props, Props, boolean][] = [
        [{}, { customTimeouts: { create: "20m" } }, true],
        [{ customTimeouts: { create: "20m" } }, {}, true],
        [{ customTimeouts: { create: "20m" } }, { customTimeouts: { create: "30m" } }, true],
        [
          { customTimeouts: { create: "20m", delete: "5m" } },
          { customTimeouts: { delete: "5m", create: "20m" } },
          false,
        ],
      ];
      for (const [old, next, changes] of table) {
        const answer = diff({ ...outputs, ...old }, { ...olds, ...next });
        expect(answer).to.include({ changes }).and.not.have.property("replaces");
      }
    });

    it("never offers a replacement that was not allowed, nor its order without one", () => {
      const paths = Object.keys(table).filter((path) => !notes.includes(path));
      fc.assert(
        fc.property(fc.constantFrom(...paths), anyJson, anyJson, (path, old, next) => {
          const before = withAt(outputs, path, old);
          const wanted = withAt({ ...olds, allowReplace: false }, path, next);
          const { replaces = [], deleteBeforeReplace } = diff(before, wanted);
          expect(replaces).to.deep.equal([]);
          expect(deleteBeforeReplace).to.equal(undefined);
        }),
        { numRuns: 300 },
      );
    });

    for (const [path, field] of Object.entries(table)) {
      if (field.change === "none") continue;
      const known = at(olds, path) ?? "a value";

      it(`shows a ${path} that is not known yet as a possible ${field.change}`, () => {
        const before = withAt(outputs, path, known);
        for (const next of [unknownValue, { inside: [unknownValue] }]) {
          for (const allowReplace of [false, true]) {
            const news = withAt({ ...olds, allowReplace }, path, next);
            const { changes, replaces = [] } = diff(before, news);
            const isReplace = allowReplace && field.change === "replace";
            expect(changes).to.equal(true);
            expect(replaces).to.deep.equal(isReplace ? [path] : []);
          }
        }
      });

      it(`shows a ${path} that comes as ${field.change}`, () => {
        const next =
          field.whenRemoved === true ? false : field.whenRemoved === false ? true : "other";
        const before = withAt(outputs, path, undefined);
        const { changes, replaces = [] } = diff(
          before,
          withAt({ ...olds, allowReplace: true }, path, next),
        );
        expect(changes).to.equal(true);
        if (field.change === "replace") expect(replaces).to.deep.equal([path]);
      });
    }
  });
}

describe("an optional input that is removed", () => {
  for (const { title, check, diff, programs, table } of both) {
    const [, first = {}] = programs[0] ?? [];
    const olds = check(first).inputs;
    const optional = Object.entries(table).filter(
      ([, { required, change }]) => required !== true && change === "update",
    );
    /** Neither a switch that goes off nor a list that gets empty. */
    const others = new Map<string, unknown>([
      ["keepOldPassword", true],
      ["stageId", null],
      ["syncAppVariables", undefined],
      ["creationMode", "fresh"],
      ["billing.diskAutoscaling", { enabled: false }],
    ]);
    for (const [path, { codec }] of optional) {
      const without = withAt(olds, path, undefined);
      const { type } = shapeOf(codec);
      const isList = type === "array";
      const usual = type === "boolean" ? false : isList ? [] : undefined;
      const backTo = others.has(path) ? others.get(path) : usual;

      if (backTo === undefined) {
        it(`is left as it is on the platform: ${title} ${path}`, () => {
          expect(diff(withAt(olds, path, "a value"), without)).to.include({ changes: false });
        });
      } else {
        it(`goes back to ${JSON.stringify(backTo)}: ${title} ${path}`, () => {
          const on = isList ? ["something"] : typeof backTo === "boolean" ? !backTo : "something";
          expect(diff(withAt(olds, path, on), without)).to.include({ changes: true });
          expect(diff(withAt(olds, path, backTo), without)).to.include({ changes: false });
        });
        // A program cannot say null.
        if (backTo === null) continue;
        it(`is looked at when it is declared again: ${title} ${path}`, () => {
          expect(diff(without, withAt(olds, path, backTo))).to.deep.equal({ changes: true });
        });
      }
    }
  }
});

describe("what only looks like a change", () => {
  const orders = program(northflankChecks, "postgresql");
  const postgres = program(migetChecks, "postgres");
  const policies = (...rules: (readonly [string, ...string[]])[]) => ({
    ipPolicies: rules.map(([action, ...addresses]) => ({ action, addresses })),
  });
  const table: readonly (readonly [string, Props, Props, boolean])[] = [
    ["tags in another order", { tags: ["aaa", "bbb"] }, { tags: ["bbb", "aaa"] }, false],
    ["another tag", { tags: ["aaa", "bbb"] }, { tags: ["aaa", "ccc"] }, true],
    [
      "addresses in another order",
      policies(["ALLOW", "192.0.2.1", "192.0.2.2"]),
      policies(["ALLOW", "192.0.2.2", "192.0.2.1"]),
      false,
    ],
    [
      "an address with and without its /32",
      policies(["ALLOW", "192.0.2.1"]),
      policies(["ALLOW", "192.0.2.1/32"]),
      false,
    ],
    [
      "two spellings of IPv6",
      policies(["DENY", "2001:db8::/32", "2001:DB8:0:0:0:0:0:1"]),
      policies(["DENY", "2001:0db8::/32", "2001:db8::1/128"]),
      false,
    ],
    [
      "one rule split into neighbours",
      policies(["ALLOW", "192.0.2.1", "192.0.2.2"]),
      policies(["ALLOW", "192.0.2.1"], ["ALLOW", "192.0.2.2"]),
      false,
    ],
    [
      "rules of different actions in another order",
      policies(["ALLOW", "192.0.2.1"], ["DENY", "192.0.2.0/24"]),
      policies(["DENY", "192.0.2.0/24"], ["ALLOW", "192.0.2.1"]),
      true,
    ],
    ["another action", policies(["ALLOW", "192.0.2.1"]), policies(["DENY", "192.0.2.1"]), true],
    ["rules gone", policies(["ALLOW", "192.0.2.1"]), { ipPolicies: [] }, true],
  ];
  for (const [title, old, next, changes] of table) {
    it(`${title}: ${changes ? "a change" : "none"}`, () => {
      const answer = northflankChecks.diff({ ...orders, ...old }, { ...orders, ...next });
      expect(answer).to.include({ changes });
    });
  }

  const versions: readonly (readonly [string, string | undefined, string, boolean])[] = [
    ["16-latest", "16.4", "16.4", false],
    ["16.4", "16.4", "16-latest", false],
    ["16.4", "16.4", "16.4-latest", false],
    ["latest", "17.2", "17.2", false],
    ["latest", "17.2", "17-latest", false],
    ["16-latest", undefined, "16.4", false],
    ["16-latest", "16.4", "16.5", true],
    ["16-latest", "16.4", "17-latest", true],
    ["16-latest", "16.4", "latest", true],
    ["16.4", "16.4", "16.5-latest", true],
    ["1-latest", "16.4", "16-latest", false],
    ["16-latest", "16.4", "1-latest", true],
    ["8.6.0", "8.6.0", "8.6.1", true],
  ];
  for (const [old, running, next, changes] of versions) {
    it(`version ${old} (runs ${running ?? "?"}) to ${next}: ${changes ? "a change" : "none"}`, () => {
      const outputs = { ...orders, version: old, ...(running && { resolvedVersion: running }) };
      expect(northflankChecks.diff(outputs, { ...orders, version: next })).to.include({ changes });
    });
  }

  it("a Miget size that is the same number of bytes", () => {
    const { diff } = migetChecks;
    expect(diff({ ...postgres, diskSize: 0.1 }, { ...postgres, diskSize: 0.1 + 1e-12 })).to.include(
      {
        changes: false,
      },
    );
    expect(diff({ ...postgres, diskSize: 1 }, { ...postgres, diskSize: 1.5 })).to.include({
      changes: true,
    });
  });

  it("keys of an object in another order", () => {
    const olds = { ...orders, metadata: { labels: { x: 1, y: { z: [1] } } } };
    const news = { ...orders, metadata: { labels: { y: { z: [1] }, x: 1 } } };
    expect(northflankChecks.diff(olds, news)).to.include({ changes: false });
  });
});
