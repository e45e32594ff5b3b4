import { changesOf } from "../../src/provider/diff";
import { bestMatch } from "../../src/northflank/version";
import { fields } from "../../src/northflank/fields";
import { code, table } from "./table";

const running = "16.4";
const offered = ["16.6", "17.2"];

/** What was in the program, and what is now. */
const cases: readonly (readonly [string, string])[] = [
  ["16.4", "16-latest"],
  ["16-latest", "16.4"],
  ["16.4", "latest"],
  ["16.4", "16.6"],
  ["16-latest", "16.6-latest"],
  ["16-latest", "17-latest"],
  ["16-latest", "latest"],
  ["16-latest", "18-latest"],
  ["16.4", "16.2"],
  ["16-latest", "15-latest"],
];

/** What a change of `version` does, asked of the code that does it. */
export function upgradeTable(): string {
  return table(
    ["Runs", "Was in the program", "Is in the program", "What happens"],
    cases.map(([was, is]) => [code(running), code(was), code(is), effectOf(was, is)]),
  );
}

function effectOf(was: string, is: string): string {
  const olds = { version: was, resolvedVersion: running };
  const [change] = changesOf(fields, olds, { version: is });
  if (change === undefined) return "nothing";
  if (change.kind === "replace") return `needs a replacement: ${change.reason ?? ""}`;
  const target = bestMatch(offered, is);
  return target === undefined ? "fails: not on offer" : `an upgrade to ${code(target)}`;
}
