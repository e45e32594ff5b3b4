import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";

const required = ["package.json", "README.md", "LICENSE", "CHANGELOG.md"];
const allowed = [/^dist\/.+\.(js|d\.ts)(\.map)?$/, /^src\/.+\.ts$/];

/** What is wrong with what would be published, a line each. */
export async function packagingProblems() {
  const files = packedFiles();
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const wanted = [
    ...required,
    ...targetsOf(manifest.exports),
    ...Object.values(manifest.bin),
    manifest.main,
    manifest.types,
  ];
  const missing = [...new Set(wanted.map((path) => path.replace(/^\.\//, "")))]
    .filter((path) => !files.includes(path))
    .map((path) => `missing from the package: ${path}`);
  const extra = files
    .filter((path) => !required.includes(path) && !allowed.some((pattern) => pattern.test(path)))
    .map((path) => `does not belong in the package: ${path}`);
  console.log(`${files.length} files would be packed`);
  return [...missing, ...extra];
}

function packedFiles() {
  const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32",
  });
  const report = JSON.parse(output);
  // npm 11 answers an object by package name where earlier ones answer a list.
  const [entry] = Array.isArray(report) ? report : Object.values(report);
  return entry.files.map((file) => file.path);
}

function targetsOf(exports) {
  return Object.values(exports).flatMap((target) =>
    typeof target === "string" ? [target] : Object.values(target),
  );
}
