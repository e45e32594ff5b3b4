import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { renderLicences } from "./licences";
import { savedFigures } from "../../bench/figures";
import { plot } from "../../bench/page";
import { addon as migetAddon } from "../../src/miget/resource";
import { addon as northflankAddon } from "../../src/northflank/resource";
import { schemaText } from "../../src/doors/native/schema";
import { packageFile, packageIn } from "./package";
import { renderPage } from "./pages";
import { addonFile, argsFile, connectionFile } from "./program";

const root = join(__dirname, "../..");

const manifest = () => read("package.json");

/** What is written from the sources, and how, from what is there at present. */
const documents: Readonly<Record<string, (present: string) => string>> = {
  "docs/miget-addon.md": () => renderPage("miget-addon"),
  "docs/northflank-addon.md": () => renderPage("northflank-addon"),
  "docs/licenses.md": renderLicences,
  "docs/unit-tests.md": () => renderPage("unit-tests"),
  "docs/performance.md": () => renderPage("performance"),
  "src/zz_package.ts": () => packageFile(manifest()),
  "etc/paas-addons.schema.json": () => schemaText(packageIn(manifest())),
  "src/program/zz_connection.ts": connectionFile,
  "src/program/miget/zz_args.ts": () => argsFile(migetAddon),
  "src/program/miget/zz_addon.ts": () => addonFile(migetAddon),
  "src/program/northflank/zz_args.ts": () => argsFile(northflankAddon),
  "src/program/northflank/zz_addon.ts": () => addonFile(northflankAddon),
  "docs/performance.svg": () => plot(savedFigures()),
};

/** How prettier takes a file; what is not here is left as it is made. */
const parsers: Readonly<Record<string, string>> = { ".md": "markdown", ".ts": "typescript" };

export const files = Object.keys(documents);

export function read(file: string): string {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

export function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** The document as the sources have it now. */
export async function render(file: string): Promise<string> {
  const text = documents[file]?.(read(file));
  if (text === undefined) throw new Error(`${file} is not a document that is written here`);
  const parser = parsers[extname(file)];
  if (parser === undefined) return text;
  // It is an ES module.
  const prettier = await import("prettier");
  const options = await prettier.resolveConfig(join(root, file));
  return await prettier.format(text, { ...options, parser });
}
