import { expect } from "chai";
import { DEFAULT_APP, startEmulator } from "./index";

describe("records of the emulator", () => {
  it("put the same add-ons there again, in another emulator", async () => {
    const [one, other] = [await startEmulator(), await startEmulator({ seed: 7 })];
    try {
      one.miget.seed(DEFAULT_APP, { type: "postgres", label: "Orders", postgres_version: "17" });
      one.miget.seed(DEFAULT_APP, { type: "storage", label: "Uploads", mount_point: "/data" });
      one.northflank.seed({ name: "Sessions", type: "redis", version: "latest" });
      const { miget, northflank } = one;
      const kept = { miget: miget.records(), northflank: northflank.records() };
      // As they come out of a file.
      for (const record of kept.miget) other.miget.restore(structuredClone(record));
      for (const record of kept.northflank) other.northflank.restore(structuredClone(record));
      expect(other.miget.addons()).to.deep.equal(miget.addons());
      expect(other.northflank.addons()).to.deep.equal(northflank.addons());
    } finally {
      await one.close();
      await other.close();
    }
  });

  it("must be like those of today", async () => {
    const emulator = await startEmulator();
    try {
      const record = { appUuid: DEFAULT_APP, type: "mysql", ramMib: "much" };
      expect(() => emulator.miget.restore(record)).to.throw(/not a record like the emulator's/u);
    } finally {
      await emulator.close();
    }
  });
});
