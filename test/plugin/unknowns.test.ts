import { expect } from "chai";
import { unknownValue } from "../support/plugin-host";
import { isRecord, type JsonRecord } from "../support/json";
import { benchFor } from "./host";
import { shapeOf } from "../../src/fields/shape";
import { platforms, type FieldRow, type PlatformCase } from "./platforms";

/** Values for the inputs that have parts, so that each part can be unknown too. */
const samples: JsonRecord = {
  "billing.diskAutoscaling": { enabled: true, thresholdPercent: 75, maxSizeMib: 20480 },
  "billing.zonalRedundancy": { type: "required", minZones: 2 },
  infrastructure: { architecture: "arm" },
  source: {
    projectId: "demo-project",
    addonId: "other-db",
    backupId: "latest",
    backupType: "snapshot",
  },
  customCredentials: { dbName: "orders" },
  metadata: { labels: { team: "shop" }, annotations: { owner: "shop" } },
  tags: ["first-tag", "second-tag"],
  ipPolicies: [
    { addresses: ["192.0.2.10", "2001:db8::/32"], action: "ALLOW" },
    { addresses: ["198.51.100.0/24"], action: "DENY" },
  ],
  backupSchedules: [
    {
      scheduling: { interval: "weekly", minute: [0, 30], hour: [3], day: [0] },
      backupType: "snapshot",
      retentionTime: 7,
      additionalDestinations: [{ destinationId: "offsite", type: "custom", retentionTime: 30 }],
    },
  ],
};

/** Inputs of an add-on of the type that has the field. */
function baseFor(platform: PlatformCase, field: FieldRow): JsonRecord {
  const common = platform.inputs("unknowns");
  const type = field.types?.[0] ?? "postgres";
  if (platform.title === "Northflank" || type === "postgres") return common;
  const { name, appUuid } = common;
  const own: Readonly<Record<string, JsonRecord>> = {
    mysql: { mysqlVersion: "8.2" },
    valkey: { valkeyVersion: "7.2" },
    storage: { mountPoint: "/data", storageAccess: "RWX" },
  };
  return { name, appUuid, type, ...own[type] };
}

/** Every copy of a value in which one part, or all of it, is not known yet. */
function withUnknowns(value: unknown): unknown[] {
  const parts = Array.isArray(value)
    ? value.flatMap((item: unknown, index) =>
        withUnknowns(item).map((part) =>
          value.map((other: unknown, at) => (at === index ? part : other)),
        ),
      )
    : isRecord(value)
      ? Object.entries(value).flatMap(([key, item]) =>
          withUnknowns(item).map((part) => ({ ...value, [key]: part })),
        )
      : [];
  return [unknownValue, ...parts];
}

function withAt(record: JsonRecord, path: string, value: unknown): JsonRecord {
  const [head = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...record, [head]: value };
  const inner = record[head];
  return { ...record, [head]: withAt(isRecord(inner) ? inner : {}, rest.join("."), value) };
}

function at(record: JsonRecord, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), record);
}

for (const platform of platforms) {
  describe(`unknown inputs of ${platform.title}`, function () {
    this.timeout(60_000);
    const bench = benchFor(platform);
    const { fields } = platform;

    it("have samples for all that have parts", () => {
      const structured = Object.entries(fields).filter(([, { codec }]) =>
        ["array", "map", "struct"].includes(shapeOf(codec).type),
      );
      expect(structured.map(([path]) => path).filter((path) => !(path in samples))).to.deep.equal(
        [],
      );
    });

    for (const [path, field] of Object.entries(fields)) {
      it(`${path} passes check and diff wherever it is unknown`, async () => {
        const { host } = bench();
        const base = baseFor(platform, field);
        const sample = samples[path];
        const olds = sample === undefined ? base : withAt(base, path, sample);
        const { inputs: known } = await host.check({}, olds);
        for (const value of withUnknowns(samples[path])) {
          const news = withAt(base, path, value);
          const { inputs, failures } = await host.check({}, news);
          expect(failures, JSON.stringify(value)).to.deep.equal([]);
          expect(at(inputs, path)).to.deep.equal(value);
          // An existing add-on whose input comes from something that is not known yet.
          const later = await host.check(known, news);
          expect(later.failures, JSON.stringify(value)).to.deep.equal([]);
          const finished = { ...known, connection: {} };
          for (const allowReplace of [true, false]) {
            const wanted =
              path === "allowReplace" ? later.inputs : { ...later.inputs, allowReplace };
            const diff = await host.diff(`${platform.scope}/some-id`, finished, wanted);
            const changes = field.change === "none" ? "none" : "some";
            const replaces = allowReplace && field.change === "replace" ? [path] : [];
            expect(diff, JSON.stringify(value)).to.deep.include({ changes, replaces });
          }
        }
      });
    }

    it("pass where a whole group of inputs is unknown", async () => {
      const { host } = bench();
      const groups = Object.keys(fields).flatMap((path) =>
        path.includes(".") ? [path.split(".")[0] ?? ""] : [],
      );
      for (const group of new Set(groups)) {
        const { failures } = await host.check(
          {},
          { ...platform.inputs("groups"), [group]: unknownValue },
        );
        expect(failures, group).to.deep.equal([]);
      }
    });

    it("cost no call but the one look at a catalogue", () => {
      const asked = bench().emulator.requests.map(({ operationId }) => operationId);
      expect(asked.sort()).to.deep.equal(platform.looks);
    });
  });
}
