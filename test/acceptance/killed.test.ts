import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { Platform } from "../contract/contract";
import { startEmulator, type Emulator } from "../emulator/index";
import { describeWithCli } from "../support/skip";
import { repository } from "../support/pack";
import { temporaryFolder } from "../support/temporary";
import { counts, foreign, homes, quick, seedOthers } from "./support";

function start(emulator: Emulator, platform: Platform, args: readonly string[]): ChildProcess {
  const script = join(repository, "scripts/acceptance/main.ts");
  const home = [platform === "miget" ? "--app" : "--project", homes[platform]];
  return spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      script,
      "--platform",
      platform,
      ...home,
      "--yes",
      "--poll-ms",
      "20",
      ...args,
    ],
    {
      cwd: repository,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...emulator.env() },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
}

/** The exit code; null where a signal ended it. */
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once("exit", (code) => resolve(code)));

async function sweep(emulator: Emulator, platform: Platform): Promise<unknown> {
  return await ended(start(emulator, platform, ["--sweep"]));
}

/** Does something once so many requests have been answered. */
async function interrupted(
  platform: Platform,
  door: string,
  requests: number,
  signal: NodeJS.Signals,
): Promise<{ emulator: Emulator; code: unknown }> {
  const running: ChildProcess[] = [];
  let served = 0;
  const emulator = await startEmulator({
    ...quick,
    onServed: () => {
      served += 1;
      if (served === requests) running[0]?.kill(signal);
    },
  });
  seedOthers(emulator);
  const folder = temporaryFolder("acceptance");
  const child = start(emulator, platform, ["--door", door, "--out", folder]);
  running.push(child);
  const code = await ended(child);
  return { emulator, code };
}

describeWithCli("acceptance: a run that is ended", function () {
  this.timeout(60_000);

  const points: readonly (readonly [Platform, number])[] = [
    ["miget", 1],
    ["miget", 2],
    ["miget", 9],
    ["miget", 55],
    ["northflank", 3],
    ["northflank", 4],
    ["northflank", 40],
  ];
  for (const [platform, requests] of points) {
    it(`${platform}: killed after ${requests} requests, --sweep deletes what it made, and nothing else`, async () => {
      const { emulator, code } = await interrupted(platform, "none", requests, "SIGKILL");
      try {
        expect(code).to.equal(null);
        expect(await sweep(emulator, platform)).to.equal(0);
        expect(counts(emulator, platform)).to.deep.equal({ others: foreign.length, made: 0 });
      } finally {
        await emulator.close();
      }
    });
  }

  for (const [door, requests] of [
    ["none", 12],
    ["dynamic", 4],
  ] as const) {
    it(`by Ctrl-C in a run by the door ${door} deletes what it made`, async () => {
      const { emulator, code } = await interrupted("northflank", door, requests, "SIGINT");
      try {
        expect(code).to.equal(130);
        expect(counts(emulator, "northflank")).to.deep.equal({ others: foreign.length, made: 0 });
      } finally {
        await emulator.close();
      }
    });
  }
});
