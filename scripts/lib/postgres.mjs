import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

const needed = ["initdb", "postgres", "psql"];

/**
 * The folder with PostgreSQL's programs: on `path`, or below `debian` in a folder for each version,
 * of which the newest is taken.
 */
export function findPostgres(path = process.env.PATH ?? "", debian = "/usr/lib/postgresql") {
  const folders = [
    ...path.split(delimiter).filter((folder) => folder !== ""),
    ...versionsIn(debian),
  ];
  const bin = folders.find((folder) => needed.every((name) => existsSync(join(folder, name))));
  return bin === undefined
    ? { found: false, reason: `no folder on PATH or below ${debian} has ${needed.join(", ")}` }
    : { found: true, bin };
}

function versionsIn(debian) {
  if (!existsSync(debian)) return [];
  return readdirSync(debian)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, "bin"));
}
