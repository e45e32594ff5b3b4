import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

const sources = join(__dirname, "../../src");
/** Each folder imports itself and those that are listed; a platform no other platform. */
const allowed = new Map<string, readonly string[]>([
  ["http", []],
  ["fields", ["http"]],
  ["provider", ["fields", "http"]],
  ["miget", ["provider", "fields", "http"]],
  ["northflank", ["provider", "fields", "http"]],
  ["lookups", ["program", "miget", "northflank", "provider", "fields", "http"]],
  ["doors", ["lookups", "miget", "northflank", "provider", "fields", "http"]],
  ["cli", ["program", "lookups", "miget", "northflank", "provider", "fields", "http"]],
  ["program", []],
]);

interface Import {
  readonly from: string;
  /** `provider/kind`, or the name of a package. */
  readonly to: string;
  readonly isOwn: boolean;
  /** False for types alone, which are gone when it runs. */
  readonly isLoaded: boolean;
}

const imports = readdirSync(sources, { withFileTypes: true, recursive: true })
  .filter(({ name }) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .flatMap(({ parentPath, name }) => importsOf(join(parentPath, name)));

/** As docs/architecture.md has them. */
describe("the layers of the sources", () => {
  const layerOf = (path: string) => (path.includes("/") ? (path.split("/")[0] ?? "") : "");
  const breaking = (isWrong: (each: Import) => boolean) =>
    imports.filter(isWrong).map(({ from, to }) => `${from} imports ${to}`);

  it("import downwards only", () => {
    const isUpwards = ({ from, to, isOwn }: Import) =>
      isOwn &&
      layerOf(from) !== layerOf(to) &&
      allowed.get(layerOf(from))?.includes(layerOf(to)) === false &&
      to !== "zz_package";
    expect(breaking(isUpwards)).to.deep.equal([]);
    expect(imports.filter(({ from }) => layerOf(from) === "http")).to.not.deep.equal([]);
  });

  it("load the SDK and themselves alone on the program side", () => {
    const isMore = ({ from, to, isLoaded }: Import) =>
      isLoaded &&
      (layerOf(from) === "program" || from === "index.ts") &&
      layerOf(to) !== "program" &&
      !["zz_package", "@pulumi/pulumi", "node:module", "node:path"].includes(to);
    expect(breaking(isMore)).to.deep.equal([]);
  });
});

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const from = relative(sources, file);
  return source.statements.flatMap((statement): Import[] => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    const isOwn = moduleSpecifier.text.startsWith(".");
    const to = isOwn
      ? relative(sources, join(dirname(file), moduleSpecifier.text))
      : moduleSpecifier.text;
    return [{ from, to, isOwn, isLoaded: !/^(?:import|export) type\b/u.test(statement.getText()) }];
  });
}
