import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { isLeft } from "fp-ts/Either";
import { Entry, type Journal } from "./journal";

/** Milliseconds after which no run of the engine is under way any more. */
const longestRun = 48 * 3_600_000;

/**
 * The journal of a run as a file that all its plugin processes append to, in a private folder named
 * after the engine's address. A line is short enough to be written in one piece.
 */
export function fileJournal(engineAddress: string): Journal {
  const folder = join(tmpdir(), `pulumi-paas-addons-${userInfo().username}`);
  const name = createHash("sha256").update(engineAddress).digest("hex").slice(0, 32);
  const file = join(folder, name);
  let entries: Entry[] = [];
  let size = 0;
  let isReady = false;
  const prepare = () => {
    if (isReady) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    const isPrivate =
      process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
    if (!isPrivate) {
      throw new Error(`The folder ${folder} is not private. Remove it, and run the command again.`);
    }
    dropOld(folder);
    isReady = true;
  };
  return {
    append: (entry) => {
      prepare();
      appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    },
    entries: () => {
      prepare();
      const now = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (now === size) return entries;
      const lines = readFileSync(file, "utf8").split("\n");
      // What stands behind the last line break is being written.
      const whole = lines.slice(0, -1);
      entries = [...entries, ...whole.slice(entries.length).map(parse)];
      size = now;
      return entries;
    },
  };
}

function parse(line: string): Entry {
  const entry = Entry.decode(JSON.parse(line));
  if (isLeft(entry)) throw new Error("A line of the run's journal is not of this package's form.");
  return entry.right;
}

/** Files of runs that were killed. */
function dropOld(folder: string): void {
  const oldest = Date.now() - longestRun;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changed < oldest) rmSync(path, { force: true });
  }
}
