import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { sweepAll } from "../../scripts/acceptance/acceptance";
import type { Platform } from "../contract/contract";
import { startEmulator, type Emulator } from "../emulator/index";
import { markerName } from "../support/engine-environment";
import { repository } from "../support/pack";
import { endProcess, processesMarked } from "../support/processes";
import { describeWithCli } from "../support/skip";
import { temporaryFolder } from "../support/temporary";
import { counts, foreign, homes, optionsFor, quick, seedOthers } from "./support";

interface Ended {
  readonly emulator: Emulator;
  readonly code: number | null;
}

/** Runs the command, and sends the signal once so many requests have been answered. */
async function ended(
  platform: Platform,
  doors: string,
  requests: number,
  signal: NodeJS.Signals,
): Promise<Ended> {
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
  const temporary = temporaryFolder("acceptance");
  const child = command(emulator, platform, ["--doors", doors], temporary);
  running.push(child);
  const code = await exitOf(child);
  // The CLI of a run that was killed goes on, and finds nobody to ask.
  for (const folder of readdirSync(temporary)) {
    const left = processesMarked(markerName, join(temporary, folder));
    for (const { pid } of left) endProcess(pid);
  }
  return { emulator, code };
}

function command(
  emulator: Emulator,
  platform: Platform,
  args: readonly string[],
  temporary: string,
): ChildProcess {
  const script = join(repository, "scripts/acceptance/main.ts");
  const home = [platform === "miget" ? "--app" : "--project", homes[platform]];
  const own = ["--platform", platform, ...home, "--yes", "--poll-ms", "20", "--out", temporary];
  return spawn(process.execPath, ["--import", "tsx", script, ...own, ...args], {
    cwd: repository,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: temporary,
      ...emulator.env(),
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once("exit", (code) => resolve(code)));

/** Where a run is killed: in the catalogue, around the first creation, in the middle, with a door in use. */
const points: readonly (readonly [Platform, doors: string, requests: number])[] = [
  ["miget", "none", 1],
  ["miget", "none", 2],
  ["miget", "none", 30],
  ["northflank", "none", 3],
  ["northflank", "none", 45],
  ["northflank", "native", 12],
];

describeWithCli("acceptance: a run that is ended", function () {
  this.timeout(120_000);

  let runs: readonly Promise<Ended>[];
  let interrupted: Promise<Ended>;

  before(() => {
    // At once: mostly they start.
    runs = points.map(([platform, doors, requests]) => ended(platform, doors, requests, "SIGKILL"));
    interrupted = ended("northflank", "dynamic", 12, "SIGINT");
    for (const run of [...runs, interrupted]) run.catch(() => undefined);
  });

  for (const [index, [platform, doors, requests]] of points.entries()) {
    it(`${platform}, doors ${doors}: killed after ${requests} requests, --sweep deletes what it made, and nothing else`, async () => {
      const { emulator, code } = (await runs[index]) ?? {};
      if (emulator === undefined) throw new Error("it did not start");
      try {
        expect(code).to.equal(null);
        expect(counts(emulator, platform).made).to.be.above(0);
        if (index > 0) await sweepAll(optionsFor(emulator, platform));
        else expect(await exitOf(command(emulator, platform, ["--sweep"], ""))).to.equal(0);
        expect(counts(emulator, platform)).to.deep.equal({ others: foreign.length, made: 0 });
      } finally {
        await emulator.close();
      }
    });
  }

  it("by Ctrl-C, with a door in use, deletes what it made", async () => {
    const { emulator, code } = await interrupted;
    try {
      expect(code).to.equal(130);
      expect(counts(emulator, "northflank")).to.deep.equal({ others: foreign.length, made: 0 });
    } finally {
      await emulator.close();
    }
  });
});
