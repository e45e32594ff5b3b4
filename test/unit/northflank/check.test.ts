import { expect } from "chai";
import fc from "fast-check";
import { at, withAt } from "../../../src/fields/values";
import { contractOf } from "../../contract/contract";
import { isJsonObject } from "../../contract/json";
import { northflankChecks, onlyFailure, program, said } from "../support/platforms";

const backupUid = "00000000-0000-4000-8000-0000000000c1";

const { check } = northflankChecks;
const orders = program(northflankChecks, "postgresql");
const policy = (address: string) => [{ addresses: [address], action: "ALLOW" }];

describe("what a Northflank add-on does not accept", () => {
  const table: readonly (readonly [string, unknown, RegExp, string?])[] = [
    ["projectId", undefined, /is required/u],
    ["projectId", "a/b", /letters, digits and hyphens/u],
    ["teamId", "a b", /letters, digits and hyphens/u],
    ["name", "ab", /3 to 39/u],
    ["name", "a".repeat(40), /3 to 39/u],
    ["name", "1abc", /begin with a letter/u],
    ["name", "a--b", /single hyphens/u],
    ["name", "under_score", /letters, digits/u],
    ["type", "", /non-empty string/u],
    ["version", 16, /non-empty string/u],
    ["version", undefined, /is required/u],
    ["billing", undefined, /is required/u, "billing.deploymentPlan"],
    ["billing", [], /must be an object with deploymentPlan, storage, replicas/u],
    ["billing.deploymentPlan", "x", /3 to 100/u],
    ["billing.storage", 0, /whole number of MB, at least 1/u],
    ["billing.storage", 6144.5, /whole number/u],
    ["billing.storage", "6144", /whole number/u],
    ["billing.replicas", 0, /at least 1/u],
    ["billing.storageClass", "1nvme", /begin with a letter/u],
    ["billing.diskAutoscaling", {}, /enabled is required/u],
    ["billing.diskAutoscaling", { enabled: true, thresholdPercent: 80 }, /75 or 90/u],
    ["billing.zonalRedundancy", { type: "maybe" }, /"required" or "disabled"/u],
    ["infrastructure", { architecture: "riscv" }, /"x86" or "arm"/u],
    ["source", { addonId: "orders" }, /backupUid alone, or addonId and backupId/u],
    ["source", { backupUid, addonId: "orders", backupId: "latest" }, /backupUid alone/u],
    ["source", {}, /backupUid alone/u],
    [
      "source",
      { addonId: "orders", backupId: "latest", backupType: "full" },
      /"snapshot" or "global"/u,
    ],
    ["customCredentials", { dbName: "" }, /non-empty string/u],
    ["description", "", /1 to 200/u],
    ["description", "<b>", /common punctuation/u],
    ["description", "a".repeat(201), /1 to 200/u],
    ["tags", "one", /must be a list/u],
    ["tags", ["ok-tag", "no tag"], /tags\[1\] must be 3 to 100/u],
    ["stageId", "--", /3 to 100/u],
    ["metadata", { labels: [] }, /labels must be an object/u],
    ["tlsEnabled", "yes", /true or false/u],
    [
      "ipPolicies",
      policy("192.0.2.300"),
      /ipPolicies\[0\]\.addresses\[0\] must be an IPv4 or IPv6/u,
    ],
    ["ipPolicies", policy("192.0.2"), /IPv4 or IPv6/u],
    ["ipPolicies", policy("10/8"), /IPv4 or IPv6/u],
    ["ipPolicies", policy("010.0.0.0/8"), /IPv4 or IPv6/u],
    ["ipPolicies", policy("192.0.2.0/33"), /IPv4 or IPv6/u],
    ["ipPolicies", policy("2001:db8::/129"), /IPv4 or IPv6/u],
    ["ipPolicies", policy("fe80::1%eth0"), /IPv4 or IPv6/u],
    ["ipPolicies", policy("example.com"), /IPv4 or IPv6/u],
    ["ipPolicies", [{ addresses: ["192.0.2.1"] }], /ipPolicies\[0\]\.action is required/u],
    ["ipPolicies", [{ addresses: [], action: "allow" }], /"ALLOW" or "DENY"/u],
    ["typeSpecificSettings", "x", /must be an object with redisMaxMemoryPolicy/u],
    ["typeSpecificSettings.redisMaxMemoryPolicy", "lru", /"noeviction", "allkeys-lru"/u],
    ["typeSpecificSettings.postgresqlConnectionPoolerReplicas", 0, /at least 1/u],
    ["typeSpecificSettings.mysqlHaModeEnabled", 1, /true or false/u],
    ["keepOldPassword", "no", /true or false/u],
  ];
  for (const [path, value, reason, property = path] of table) {
    it(`${path}: ${JSON.stringify({ value }).slice(0, 70)}`, () => {
      const { failures } = check(withAt(orders, path, value));
      const mine = failures.filter((failure) => failure.property === property);
      expect(mine, said(failures).join("\n")).to.have.length(1);
      expect(mine[0]?.reason).to.match(reason);
      if (property === path) expect(failures).to.have.length(1);
    });
  }
});

describe("what a Northflank add-on does accept", () => {
  it("is what the contract's own patterns accept, for name and description", () => {
    const contract = contractOf("northflank");
    const characters = fc.constantFrom("a", "B", "7", "-", " ", "_", ".", "<", "é", "'");
    const text = fc.array(characters, { maxLength: 45 }).map((some) => some.join(""));
    fc.assert(
      fc.property(text, (value) => {
        for (const [path, schema] of [
          ["name", "AddonName"],
          ["description", "AddonDescription"],
          ["stageId", "ResourceId"],
        ] as const) {
          const accepted = contract.validateSchema(schema, value).length === 0;
          // The contract's pattern has no lower bound for a description, and forbids an empty one.
          expect(
            check({ ...orders, [path]: value }).failures.length === 0,
            `${path} ${value}`,
          ).to.equal(accepted);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is a description of several lines, and no such name", () => {
    expect(check({ ...orders, description: "one\ntwo" }).failures).to.deep.equal([]);
    expect(check({ ...orders, name: "one\ntwo" }).failures).to.have.length(1);
  });

  it("is every memory policy of the contract", () => {
    const { root } = contractOf("northflank").document;
    const found = /"redisMaxMemoryPolicy":\{"type":"string","enum":\[([^\]]*)\]/u.exec(
      JSON.stringify(root),
    )?.[1];
    const policies = (found ?? "").split(",").map((text) => text.replaceAll('"', ""));
    expect(policies).to.have.length(10);
    for (const value of policies) {
      expect(
        check(withAt(orders, "typeSpecificSettings.redisMaxMemoryPolicy", value)).failures,
      ).to.deep.equal([]);
    }
  });

  it("is every setting that the contract knows", () => {
    const schema = contractOf("northflank").document.at(
      "components",
      "schemas",
      "TypeSpecificSettings",
    );
    const properties = schema?.node.properties;
    const names = isJsonObject(properties) ? Object.keys(properties) : [];
    const paths = names.map((name) => `typeSpecificSettings.${name}`);
    expect(Object.keys(northflankChecks.table)).to.include.members(paths);
  });

  it("fills in the defaults", () => {
    const { inputs } = check(orders);
    expect(inputs).to.deep.equal({
      ...orders,
      paused: false,
      keepOldPassword: true,
      adopt: false,
      allowReplace: false,
      deletionProtection: false,
      waitForReady: true,
    });
  });

  it("names one input for one mistake only", () => {
    expect(onlyFailure(check(withAt(orders, "billing.replicas", null))).property).to.equal(
      "billing.replicas",
    );
    expect(at(orders, "billing.replicas")).to.equal(1);
  });
});
