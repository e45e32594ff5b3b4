import { expect } from "chai";
import fc from "fast-check";
import { encode } from "../../src/fields/field";
import { hasUnknown, isRecord, type Props, withAt } from "../../src/fields/values";
import { contractOf } from "../contract/contract";
import {
  type Checks,
  migetChecks,
  northflankChecks,
  program,
  said,
} from "../unit/support/platforms";
import { anyJson } from "../unit/support/valid-values";
import { type Difference, migetDifferences, northflankDifferences } from "./support/differences";
import { editedProps, placesIn, valueAt } from "./support/edit";
import { migetPrograms, migetValues } from "./support/miget";
import { northflankPrograms, northflankValues } from "./support/northflank";
import { nearby } from "./support/values";

interface Side {
  readonly checks: Checks;
  readonly programs: fc.Arbitrary<Props>;
  readonly values: Readonly<Record<string, fc.Arbitrary<unknown>>>;
  readonly differences: readonly Difference[];
  /** What the contract has against the body of a create. */
  readonly violations: (body: Props) => string[];
  readonly base: Props;
  /** Counterexamples that were found, over the base. */
  readonly formerly: readonly Props[];
  readonly right: readonly Props[];
}

/** Miget's versions are open: the server decides which there are. */
function withKnownVersion(body: Props): Props {
  const known = { postgres_version: "17", mysql_version: "8.2", valkey_version: "7.2" };
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === "string" && key in known ? Reflect.get(known, key) : value,
    ]),
  );
}

const sides: readonly Side[] = [
  {
    checks: migetChecks,
    programs: migetPrograms,
    values: migetValues,
    differences: migetDifferences,
    violations: (body) => [
      ...contractOf("miget").validateSchema("AddonCreate", body),
      ...contractOf("miget").validateSchema("AddonCreateInPractice", withKnownVersion(body)),
    ],
    base: {
      appUuid: "00000000-0000-4000-8000-00000000a990",
      type: "postgres",
      name: "orders",
      postgresVersion: "17",
    },
    formerly: [{ name: null }, { type: "storage", postgresVersion: undefined, serviceId: 2 ** 31 }],
    right: [],
  },
  {
    checks: northflankChecks,
    programs: northflankPrograms,
    values: northflankValues,
    differences: northflankDifferences,
    violations: (body) => contractOf("northflank").validateSchema("AddonCreateNative", body),
    base: program(northflankChecks, "postgresql"),
    formerly: [
      { source: { addonId: "a b", backupId: "latest" } },
      { source: { addonId: "orders", backupId: "" } },
      { source: { backupUid: "latest" } },
    ],
    right: ["::192.0.2.1/64", "::ffff:192.0.2.0/120"].map((address) => ({
      ipPolicies: [{ addresses: [address], action: "ALLOW" }],
    })),
  },
];

/** Values of the right kind, of another input's kind, and of none. */
function anyValue({ values }: Side): fc.Arbitrary<unknown> {
  const valid = fc.constantFrom(...Object.values(values)).chain((value) => value);
  const json = anyJson.filter((value) => !hasUnknown(value));
  return fc.oneof({ weight: 3, arbitrary: nearby }, { weight: 2, arbitrary: valid }, json);
}

type Edit = (program: Props) => Props;

/** A change that may make a program wrong, or be none. */
function edits(side: Side): fc.Arbitrary<Edit> {
  const value = anyValue(side);
  const paths = Object.keys(side.values);
  const field = fc.tuple(fc.constantFrom(...paths), value).map(
    ([path, next]): Edit =>
      (program) =>
        withAt(program, path, next ?? undefined),
  );
  const place = fc
    .tuple(fc.nat(), fc.oneof({ weight: 3, arbitrary: value }, fc.constant(undefined)))
    .map(([choice, next]): Edit => (program) => {
      const places = placesIn(program);
      const path = places[choice % places.length];
      return path === undefined ? program : editedProps(program, path, next);
    });
  const key = fc.constantFrom("ramsize", "Name", "toString", "hour", "day", "compressionType");
  const stranger = fc.tuple(fc.nat(), key, value).map(([choice, name, next]): Edit => (program) => {
    const holders = [[], ...placesIn(program)].filter((path) => isRecord(valueAt(program, path)));
    const path = holders[choice % holders.length] ?? [];
    return editedProps(program, [...path, name], next);
  });
  const again = fc.nat().map((choice): Edit => (program) => {
    const lists = placesIn(program).filter((path) => Array.isArray(valueAt(program, path)));
    const path = lists[choice % lists.length];
    const list: unknown = path === undefined ? [] : valueAt(program, path);
    const entries: readonly unknown[] = Array.isArray(list) ? list : [];
    return path === undefined ? program : editedProps(program, path, [...entries, ...entries]);
  });
  return fc.oneof(
    { weight: 4, arbitrary: field },
    { weight: 4, arbitrary: place },
    { weight: 1, arbitrary: stranger },
    { weight: 1, arbitrary: again },
  );
}

for (const side of sides) {
  const { checks, programs, differences, violations, base, formerly, right } = side;

  /** Both judgements of a program, with their reasons. */
  const judged = (program: Props) => {
    const { inputs, failures } = checks.check(program);
    const body = encode(checks.table, inputs);
    const against = violations(body);
    const stricter = differences
      .filter(({ refuses }) => refuses(program))
      .map(({ reason }) => reason);
    return { failures: said(failures), against: [...against, ...stricter], body };
  };

  describe(`check of generated ${checks.title} inputs`, () => {
    it("accepts what is right in every respect, as the contract does", () => {
      fc.assert(
        fc.property(programs, (program) => {
          const { failures, against } = judged(program);
          expect(failures).to.deep.equal([]);
          expect(against).to.deep.equal([]);
        }),
        { numRuns: 300 },
      );
    });

    it("refuses exactly what the contract refuses, and what the table of differences names", () => {
      const changes = fc.array(edits(side), { minLength: 1, maxLength: 3 });
      fc.assert(
        fc.property(programs, changes, (program, steps) => {
          const changed = steps.reduce<Props>((props, edit) => edit(props), program);
          const { failures, against, body } = judged(changed);
          const story = JSON.stringify({ changed, body, failures, against });
          expect(failures.length === 0, story).to.equal(against.length === 0);
        }),
        { numRuns: 1200 },
      );
    });

    for (const change of formerly) {
      it(`refuses ${JSON.stringify(change)}, which the contract refuses`, () => {
        const changed = { ...base, ...change };
        const { failures, against } = judged(changed);
        expect(against, "what the contract has against it").to.not.deep.equal([]);
        expect(failures, JSON.stringify(changed)).to.not.deep.equal([]);
      });
    }

    it("sends no null, which stands for nothing", () => {
      const places = fc.tuple(programs, fc.nat());
      fc.assert(
        fc.property(places, ([whole, choice]) => {
          // What labels and annotations hold is the user's own.
          const inner = placesIn(whole).filter((path) => {
            return typeof path.at(-1) === "string" && !(path[0] === "metadata" && path.length > 2);
          });
          const path = inner[choice % inner.length] ?? [];
          const { failures, body } = judged(editedProps(whole, path, null));
          if (failures.length > 0) return;
          expect(placesIn(body).filter((place) => valueAt(body, place) === null)).to.deep.equal([]);
        }),
        { numRuns: 500 },
      );
    });

    for (const change of right) {
      it(`accepts ${JSON.stringify(change)}, as the contract does`, () => {
        const { failures, against } = judged({ ...base, ...change });
        expect(against).to.deep.equal([]);
        expect(failures).to.deep.equal([]);
      });
    }

    for (const difference of differences) {
      it(`is stricter than the contract: ${difference.reason}`, () => {
        const program = { ...base, ...difference.shown };
        const { inputs, failures } = checks.check(program);
        expect(violations(encode(checks.table, inputs))).to.deep.equal([]);
        expect(difference.refuses(program)).to.equal(true);
        expect(failures).to.have.length.above(0);
      });
    }
  });
}
