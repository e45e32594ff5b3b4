import { expect } from "chai";
import fc from "fast-check";
import { at, type Props, withAt } from "../../../src/fields/values";
import { both, type Checks, migetChecks, northflankChecks, program } from "../support/platforms";

const fake = "FAKE-not-a-secret-value";

/** All that the engine prints of failures: the messages, and the value of each property named. */
function printed(checks: Checks, news: Props, olds?: Props): string {
  return checks
    .check(news, olds)
    .failures.map(({ property, reason }) => {
      const value = property === "" ? "" : news[property];
      return `${reason} ${JSON.stringify(value)}`;
    })
    .join("\n");
}

describe("check of secret inputs", () => {
  const starred = Object.entries(migetChecks.table).filter(([, field]) => field.secret === true);

  it("knows the four that are always secret", () => {
    const names = ["replicationPassword", "s3AccessKey", "s3SecretKey", "tlsKey"];
    expect(starred.map(([path]) => path).sort()).to.deep.equal(names);
  });

  for (const [path] of starred) {
    const base = program(migetChecks, "postgresExternalTls");

    for (const value of [{ wrong: fake }, [fake], 4711_4711]) {
      it(`never prints the ${path} ${JSON.stringify(value)}, which is of no use`, () => {
        const text = printed(migetChecks, { ...base, [path]: value });
        expect(text).to.include(path);
        expect(text).to.not.include(fake).and.not.include("47114711");
      });
    }

    it(`never prints a ${path} that changes`, () => {
      const text = printed(
        migetChecks,
        { ...base, [path]: `${fake}-2` },
        { ...base, [path]: fake },
      );
      expect(text).to.match(new RegExp(`${path} cannot change in place.*allowReplace: true`, "u"));
      expect(text).to.not.include(fake);
    });

    it(`never prints a ${path} given to another type`, () => {
      const text = printed(migetChecks, { ...program(migetChecks, "valkey"), [path]: fake });
      expect(text).to.include(path).and.not.include(fake);
    });

    it(`never prints the value of a misspelt ${path}`, () => {
      const misspelt = `${path.slice(0, -1)}${path.endsWith("d") ? "t" : "d"}`;
      const text = printed(migetChecks, { ...base, [misspelt]: fake });
      expect(text).to.include(misspelt).and.not.include(fake);
    });
  }

  it("never prints the value of a property that does not exist inside an object", () => {
    const base = program(northflankChecks, "postgresql");
    const text = printed(northflankChecks, withAt(base, "customCredentials.password", fake));
    expect(text).to.include("customCredentials.password").and.not.include(fake);
    const nested = printed(northflankChecks, withAt(base, "billing.password", fake));
    expect(nested).to.include("billing.password").and.not.include(fake);
  });
});

for (const checks of both) {
  describe(`check of what the user made secret of a ${checks.title} add-on`, () => {
    const [, base = {}] = checks.programs[0] ?? [];
    const inputs = checks.check(base).inputs;

    for (const path of Object.keys(checks.table)) {
      const listed = { __secretInputs: [path] };

      it(`never prints a wrong ${path}`, () => {
        fc.assert(
          fc.property(fc.uuid(), (secret) => {
            for (const value of [secret, { [secret]: secret }, [secret], [{ a: secret }]]) {
              const text = printed(checks, { ...withAt(base, path, value), ...listed });
              expect(text).to.not.include(secret);
            }
          }),
          { numRuns: 5 },
        );
      });
    }

    for (const [when, now, before] of [
      ["is secret now", ["every"], []],
      ["was secret before", [], ["every"]],
    ] as const) {
      it(`never prints the old value of what ${when}`, () => {
        for (const path of Object.keys(checks.table)) {
          const [newly, formerly] = [now, before].map((paths) => paths.map(() => path));
          const olds = { ...withAt(inputs, path, fake), __secretInputs: formerly };
          const value = at(inputs, path) ?? "other";
          const news = { ...withAt(inputs, path, value), __secretInputs: newly };
          expect(printed(checks, news, olds), path).to.not.include(fake);
        }
      });
    }

    it("keeps the list of secrets for the next run", () => {
      const { inputs: kept } = checks.check({ ...base, __secretInputs: ["name"] });
      expect(kept).to.deep.include({ __secretInputs: ["name"] });
    });
  });
}

describe("check of secrets inside lists and objects", () => {
  const base = program(northflankChecks, "postgresql");
  const table: readonly (readonly [string, Props])[] = [
    ["ipPolicies.addresses", { ipPolicies: [{ addresses: [fake], action: "ALLOW" }] }],
    ["ipPolicies.addresses", { ipPolicies: [{ addresses: fake, action: "deny" }] }],
    ["customCredentials.dbName", { customCredentials: { dbName: [fake] } }],
    ["tags", { tags: [`${fake} with spaces`] }],
    ["metadata.labels", { metadata: { labels: fake } }],
    ["backupSchedules.customDestinationId", { backupSchedules: [{ customDestinationId: fake }] }],
    ["billing", { billing: fake }],
    ["source.backupUid", { source: { backupUid: fake, addonId: "orders" } }],
  ];
  for (const [path, change] of table) {
    it(`never prints what is wrong in ${path}: ${JSON.stringify(change)}`, () => {
      const text = printed(northflankChecks, { ...base, ...change, __secretInputs: [path] });
      expect(text).to.not.equal("").and.not.include(fake);
    });
  }

  it("names the property of other failures beside a secret one", () => {
    const news = { ...base, tags: "no list", description: 5, __secretInputs: ["tags"] };
    const properties = northflankChecks.check(news).failures.map(({ property }) => property);
    expect(properties).to.have.members(["", "description"]);
  });
});
