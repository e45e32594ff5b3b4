import { expect } from "chai";
import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { removeFolder, temporaryFolder } from "./temporary";

describe("lock of the setup", () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = temporaryFolder("lock");
    path = join(folder, "cache", "setup.lock");
  });

  afterEach(() => removeFolder(folder));

  async function withLock(work: () => Promise<void> | void, onWait?: () => void): Promise<void> {
    const lock = await import("../../scripts/lib/lock.mjs");
    await lock.withLock(path, work, onWait);
  }

  function leave(holder: object, age = 0): void {
    mkdirSync(join(folder, "cache"), { recursive: true });
    writeFileSync(path, JSON.stringify(holder));
    const then = new Date(Date.now() - age);
    utimesSync(path, then, then);
  }

  it("lets one in at a time", async () => {
    let inside = 0;
    let most = 0;
    let waited = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(20);
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(work, () => (waited += 1))));
    expect(most).to.equal(1);
    expect(waited).to.equal(2);
    expect(existsSync(path)).to.equal(false);
  });

  it("is released when the work fails", async () => {
    const failing = withLock(() => Promise.reject(new Error("no luck")));
    expect(await failing.catch((error: unknown) => String(error))).to.equal("Error: no luck");
    await withLock(() => undefined);
  });

  it("is taken from a process that is gone", async () => {
    leave({ pid: 2 ** 22 + 1, host: hostname() });
    await withLock(() => undefined);
  });

  it("is taken from a holder elsewhere that has stopped touching it", async () => {
    leave({ pid: 1, host: "another host" }, 180_000);
    let entered = 0;
    await Promise.all([1, 2].map(() => withLock(() => void (entered += 1))));
    expect(entered).to.equal(2);
  });
});
