import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { keep } from "../test/engine/old-state/keep";
import { writeKept } from "../test/engine/old-state/kept";
import { parseRecord, textOf } from "../test/support/json";
import { packOnce } from "../test/support/pack";

/**
 * `npm run states -- [folder]`: keeps the state that this build writes, or that of an
 * unpacked package in a folder, so that the tests hold every later build to it.
 */
async function main(): Promise<void> {
  const [given] = process.argv.slice(2);
  const folder = given === undefined ? (await packOnce()).folder : resolve(given);
  const manifest = readFileSync(join(folder, "package.json"), "utf8");
  const version = textOf(parseRecord(manifest, "package.json").version);
  writeKept(version, await keep({ folder }));
  console.log(`kept the state that ${version} writes in test/engine/states/${version}`);
}

void main();
