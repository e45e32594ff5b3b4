import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isLeft } from "fp-ts/Either";
import * as t from "io-ts";
import { PathReporter } from "io-ts/PathReporter";

export const root = resolve(__dirname, "../..");

const Names = t.record(t.string, t.string);

/** What package.json and the lock file's entry for the package itself both have. */
const Asked = t.partial({
  dependencies: Names,
  devDependencies: Names,
  peerDependencies: Names,
  optionalDependencies: Names,
});
export type Asked = t.TypeOf<typeof Asked>;

const Manifest = t.intersection([
  Asked,
  t.type({ name: t.string, version: t.string, engines: t.type({ node: t.string }) }),
  t.partial({ scripts: Names }),
]);
export type Manifest = t.TypeOf<typeof Manifest>;

const LockedPackage = t.intersection([
  Asked,
  t.partial({
    version: t.string,
    integrity: t.string,
    resolved: t.string,
    engines: t.union([t.partial({ node: t.string }), t.array(t.string)]),
    dev: t.boolean,
    hasInstallScript: t.boolean,
  }),
]);
export type LockedPackage = t.TypeOf<typeof LockedPackage>;

const Lock = t.type({
  lockfileVersion: t.literal(3),
  packages: t.record(t.string, LockedPackage),
});
/** Entries by their folder: `node_modules/ms`; the package itself is "". */
export type Lock = t.TypeOf<typeof Lock>;

/** Of the package itself, or of another one in a folder of the repository. */
export function readManifest(folder = ""): Manifest {
  return decode(Manifest, join(folder, "package.json"));
}

export function readLock(folder = ""): Lock {
  return decode(Lock, join(folder, "package-lock.json"));
}

/** What users of the package install with it: everything but what only its developers need. */
export function runtimeEntries({ packages }: Lock): [path: string, entry: LockedPackage][] {
  return Object.entries(packages).filter(([path, entry]) => path !== "" && entry.dev !== true);
}

/** The name of the package in a folder: `node_modules/a/node_modules/@b/c` holds `@b/c`. */
export function nameIn(path: string): string {
  return path.replace(/^.*node_modules\//u, "");
}

/** A JSON file of the repository, decoded. */
export function decode<T>(codec: t.Type<T, unknown>, file: string): T {
  const decoded = codec.decode(JSON.parse(readFileSync(join(root, file), "utf8")));
  if (isLeft(decoded)) throw new Error(`${file}: ${PathReporter.report(decoded).join("; ")}`);
  return decoded.right;
}
