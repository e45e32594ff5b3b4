import { expect } from "chai";
import fc from "fast-check";
import * as prettier from "prettier";
import { programOf } from "../../src/cli/import/program";
import type { Found, Skipped, Survey, Target } from "../../src/cli/import/survey";
import { evaluate, syntaxErrors } from "../support/generated-program";
import { recordAt } from "../support/json";

const targets: readonly Target[] = [
  {
    platform: "miget",
    title: "Miget",
    className: "MigetAddon",
    noun: "app",
    tokenKey: "miget:apiToken",
  },
  {
    platform: "northflank",
    title: "Northflank",
    className: "NorthflankAddon",
    noun: "project",
    tokenKey: "northflank:apiToken",
  },
];

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    '"); evil(); ("',
    "*/ evil(); /*",
    "x\nevil();\n//",
    "\u2028evil()",
    "`${evil()}`",
  ),
);
const place = fc.record({
  platform: fc.constantFrom<Target["platform"]>("miget", "northflank"),
  scope: hostile,
  key: hostile,
  title: hostile,
  type: hostile,
});
const gap = fc.constantFrom(
  { input: "postgresVersion", doc: "PostgreSQL", type: "string" },
  { input: "storageAccess", doc: "Access", type: '"RWO" | "RWX"' },
  { input: "billing.storage", doc: "Disk", type: "integer (MB)" },
);
const found: fc.Arbitrary<Found> = fc
  .tuple(
    place,
    fc.record({ state: hostile, name: hostile, warning: hostile }),
    fc.dictionary(hostile, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
    fc.uniqueArray(gap, { maxLength: 2, selector: ({ input }) => input }),
    fc.record({ input: hostile, reason: hostile }),
    hostile,
    fc.record({ isUnique: fc.boolean(), remarks: fc.array(hostile, { maxLength: 1 }) }),
  )
  .map(([where, words, values, missing, leftOut, untold, more]) => ({
    ...where,
    ...words,
    ...more,
    inputs: {
      values,
      missing,
      order: missing.map(({ input }) => input),
      untold: [untold],
      leftOut: [leftOut],
      used: [],
    },
  }));
const skipped: fc.Arbitrary<Skipped> = fc
  .tuple(place, hostile)
  .map(([where, reason]) => ({ ...where, reason, failed: false }));
const surveys: fc.Arbitrary<Survey> = fc.record({
  targets: fc.constant(targets),
  found: fc.array(found, { maxLength: 4 }),
  skipped: fc.array(skipped, { maxLength: 2 }),
  unread: fc.array(
    fc.record({
      platform: fc.constantFrom("miget", "northflank"),
      scope: hostile,
      reason: hostile,
    }),
    { maxLength: 2 },
  ),
});

describe("the program of a survey", () => {
  it("declares each add-on with its inputs and does nothing else, whatever it is called", () => {
    fc.assert(
      fc.property(surveys, fc.boolean(), fc.boolean(), (survey, protect, isInstalled) => {
        const text = programOf(survey, { protect, isInstalled });
        expect(syntaxErrors(text), text).to.deep.equal([]);
        const { resources, globals, keys } = evaluate(text);
        expect(globals, text).to.deep.equal(["require", "exports"]);
        expect(resources).to.have.lengthOf(survey.found.length);
        expect(keys).to.have.lengthOf(survey.found.flatMap(({ inputs }) => inputs.missing).length);
        const expected = survey.found.map(({ key, isUnique, inputs }) => {
          const values: unknown = JSON.parse(JSON.stringify(inputs.values));
          const own = {
            adopt: isUnique ? true : key,
            ...(protect ? { deletionProtection: true } : {}),
          };
          return JSON.stringify(sorted({ ...own, ...recordAt(values) }));
        });
        const missing = new Set(["postgresVersion", "storageAccess", "billing"]);
        const seen = resources.map(({ args }) => {
          const told = Object.entries(args).filter(([key]) => !missing.has(key));
          return JSON.stringify(sorted(Object.fromEntries(told)));
        });
        expect(seen.sort()).to.deep.equal(expected.sort());
      }),
      { numRuns: 150 },
    );
  });

  it("reads as prettier would have it", async () => {
    const value: Found = {
      platform: "northflank",
      scope: "demo-project",
      key: "orders-db",
      title: "Orders DB",
      type: "postgresql",
      state: "running",
      isUnique: true,
      remarks: [
        "The name is another than the label, since the platform made it when it was created.",
      ],
      inputs: {
        values: {
          projectId: "demo-project",
          name: "Orders DB",
          billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
          ipPolicies: [
            {
              addresses: ["192.0.2.1/32", "198.51.100.0/24", "2001:db8:1:2::/64"],
              action: "ALLOW",
            },
            { addresses: [], action: "DENY" },
          ],
          typeSpecificSettings: { postgresqlSupabaseMode: false, postgresqlEdbMode: false },
          tags: [],
        },
        missing: [{ input: "version", doc: "Version", type: "string" }],
        order: ["name", "version", "billing", "ipPolicies", "typeSpecificSettings", "tags"],
        untold: ["metadata"],
        leftOut: [],
        used: [],
      },
    };
    const survey = { targets, found: [value], skipped: [], unread: [] };
    for (const protect of [true, false]) {
      const text = programOf(survey, { protect, isInstalled: !protect });
      expect(await prettier.format(text, { parser: "typescript" })).to.equal(text);
    }
  });

  it("is a module even without add-ons", () => {
    const survey = { targets, found: [], skipped: [], unread: [] };
    const text = programOf(survey, { protect: true, isInstalled: true });
    expect(text).to.contain("export {};");
    expect(evaluate(text).modules).to.deep.equal([]);
  });
});

function sorted(record: object): object {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
