import { expect } from "chai";
import { type Props, unknownValue } from "../../../src/fields/values";
import { northflankChecks, program, said } from "../support/platforms";

const backupUid = "00000000-0000-4000-8000-0000000000c1";

const { check } = northflankChecks;
const orders = program(northflankChecks, "postgresql");
const schedule = (scheduling: Props, more: Props = {}) => ({
  scheduling: { minute: [0], ...scheduling },
  backupType: "dump",
  retentionTime: 7,
  ...more,
});
const snapshot = { backupType: "snapshot" };
const hourly = { interval: "hourly" };
const daily = { interval: "daily", hour: [2] };
const weekly = { interval: "weekly", hour: [2], day: [6] };

describe("backup schedules that a Northflank add-on cannot have", () => {
  const table: readonly (readonly [string, unknown, RegExp])[] = [
    ["", {}, /must be a list/u],
    ["[0]", ["daily"], /must be an object/u],
    ["[0].scheduling", [{ backupType: "dump", retentionTime: 7 }], /is required/u],
    [
      "[0].scheduling.interval",
      [schedule({ interval: "monthly" })],
      /"hourly", "daily" or "weekly"/u,
    ],
    ["[0].scheduling.minute", [schedule({ ...hourly, minute: 0 })], /must be a list/u],
    ["[0].scheduling.minute[0]", [schedule({ ...hourly, minute: [60] })], /from 0 to 59/u],
    ["[0].scheduling.hour[1]", [schedule({ ...daily, hour: [1, 24] })], /from 0 to 23/u],
    ["[0].scheduling.day[0]", [schedule({ ...weekly, day: [7] })], /from 0 to 6/u],
    ["[0].scheduling", [schedule({ ...hourly, hour: [1] })], /minutes only/u],
    ["[0].scheduling.hour", [schedule({ interval: "daily" })], /required for a daily/u],
    ["[0].scheduling.day", [schedule({ ...daily, day: [1] })], /weekly schedules only/u],
    ["[0].scheduling.day", [schedule({ ...weekly, day: undefined })], /required for a weekly/u],
    ["[1]", [schedule(daily), schedule(daily)], /second daily dump/u],
    [
      "[0].customDestinationId",
      [schedule(daily, { ...snapshot, customDestinationId: "abc" })],
      /"dump" only/u,
    ],
    [
      "[0].additionalDestinations",
      [schedule(daily, { additionalDestinations: [] })],
      /"snapshot" only/u,
    ],
    ["[0].retentionTime", [schedule(daily, { retentionTime: 0 })], /days, at least 1/u],
    [
      "",
      [hourly, daily, weekly].map((some) => schedule(some)).concat(schedule(daily, snapshot)),
      /three entries/u,
    ],
  ];
  for (const [where, backupSchedules, reason] of table) {
    it(`${where} ${String(reason)}`, () => {
      const { failures } = check({ ...orders, backupSchedules });
      expect(failures, said(failures).join("\n")).to.have.length(1);
      expect(failures[0]?.property).to.match(/^backupSchedules/u);
      expect(failures[0]?.reason).to.match(reason);
      expect(failures[0]?.reason.startsWith(`backupSchedules${where} `)).to.equal(true);
    });
  }

  it("leave those that it can have", () => {
    for (const backupSchedules of [
      [],
      [schedule(hourly), schedule(daily), schedule(weekly)],
      [schedule(daily), schedule(daily, snapshot)],
      [schedule(daily, { compressionType: "zstd", customDestinationId: "abc" })],
      [schedule(daily, { ...snapshot, compressionType: "gz" })],
      [
        schedule(daily, {
          ...snapshot,
          additionalDestinations: [{ destinationId: "abc", type: "custom" }],
        }),
      ],
    ]) {
      expect(said(check({ ...orders, backupSchedules }).failures)).to.deep.equal([]);
    }
  });
});

describe("network settings that exclude each other", () => {
  const table: readonly (readonly [Props, string[]])[] = [
    [{ tlsEnabled: false, externalAccessEnabled: true }, ["externalAccessEnabled"]],
    [{ tlsEnabled: undefined, externalAccessEnabled: true }, ["externalAccessEnabled"]],
    [{ tlsEnabled: undefined, vpcAccessible: true }, ["vpcAccessible"]],
    [{ tlsEnabled: true, externalAccessEnabled: true, vpcAccessible: true }, ["vpcAccessible"]],
    [{ tlsEnabled: true, externalAccessEnabled: true, vpcAccessible: false }, []],
    [{ tlsEnabled: true, externalAccessEnabled: false, vpcAccessible: true }, []],
    [{ tlsEnabled: unknownValue, externalAccessEnabled: true }, []],
    [{ tlsEnabled: false, externalAccessEnabled: unknownValue }, []],
    [{ tlsEnabled: true, externalAccessEnabled: true, vpcAccessible: unknownValue }, []],
  ];
  for (const [change, properties] of table) {
    it(`are named: ${JSON.stringify(change)}`, () => {
      const { failures } = check({ ...orders, ...change });
      expect(failures.map(({ property }) => property)).to.deep.equal(properties);
    });
  }
});

describe("what is not known yet", () => {
  for (const change of [
    { backupSchedules: [schedule({ ...hourly, hour: unknownValue })] },
    { backupSchedules: [schedule({ ...daily, day: unknownValue })] },
    { backupSchedules: [schedule({ ...daily, hour: unknownValue })] },
    { backupSchedules: [schedule(daily, { additionalDestinations: unknownValue })] },
    {
      backupSchedules: [schedule({ interval: unknownValue }), schedule({ interval: unknownValue })],
    },
    { backupSchedules: [unknownValue, schedule(daily)] },
    { backupSchedules: unknownValue },
    { source: { backupUid: unknownValue, addonId: "orders", backupId: "latest" } },
    { source: { backupUid, addonId: unknownValue } },
    { source: { addonId: unknownValue, backupId: unknownValue } },
    { source: unknownValue },
  ]) {
    it(`breaks no rule: ${JSON.stringify(change).replaceAll(unknownValue, "?")}`, () => {
      expect(said(check({ ...orders, ...change }).failures)).to.deep.equal([]);
    });
  }
});

describe("a type without version and billing", () => {
  it("is said not to be supported, as Helm types and buckets are not", () => {
    const { failures } = check({ ...orders, version: undefined, billing: undefined });
    expect(said(failures).join("\n")).to.match(
      /type without version and billing would be a Helm type or a bucket\. Those are not supported/u,
    );
    expect(said(check({ ...orders, version: undefined }).failures).join("\n")).to.not.include(
      "Helm",
    );
  });
});
