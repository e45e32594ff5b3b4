import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheFolder, root } from "./paths.mjs";
import { run } from "./run.mjs";

const recordFile = join(cacheFolder, "cli.json");

/** Whether the CLI found last time is still there and nothing that decides the choice changed. */
export function cliIsKnown() {
  try {
    const record = JSON.parse(readFileSync(recordFile, "utf8"));
    const { size, mtimeMs } = statSync(record.pulumi);
    return record.key === choiceKey() && record.size === size && record.mtimeMs === mtimeMs;
  } catch {
    return false;
  }
}

/** Finds or makes the CLI. That there is none to be had is said, but is no failure of the setup. */
export async function ensureCli() {
  const answerFile = join(cacheFolder, `cli-answer-${process.pid}.json`);
  mkdirSync(cacheFolder, { recursive: true });
  try {
    const args = ["--import", "tsx", join(root, "scripts/cli/main.ts"), answerFile];
    await run(process.execPath, args, { cwd: root, title: "looking for the Pulumi CLI" });
    const answer = JSON.parse(readFileSync(answerFile, "utf8"));
    if (!answer.found) {
      rmSync(recordFile, { force: true });
      return;
    }
    const { size, mtimeMs } = statSync(answer.pulumi);
    const record = { key: choiceKey(), pulumi: answer.pulumi, size, mtimeMs };
    writeFileSync(recordFile, JSON.stringify(record));
  } finally {
    rmSync(answerFile, { force: true });
  }
}

function choiceKey() {
  const { PULUMI_CLI, PATH = "", HOME, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  // npm puts node_modules/.bin folders in front, which would make every other call a new one.
  const path = PATH.split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const wanted = readFileSync(join(root, "scripts/cli/engine/go.mod"), "utf8");
  const parts = [PULUMI_CLI, path, HOME, XDG_CACHE_HOME, LOCALAPPDATA, wanted];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
