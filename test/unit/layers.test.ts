import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

const sources = join(__dirname, "../../src");
const platforms = ["miget", "northflank"];

/** What a program loads at every run. */
const programSide =
  /^(?:index|resource|connection|program-error|traces|lookups\/lookup|(?:miget|northflank)\/(?:addon|args|lookups))\.ts$/u;

interface Import {
  readonly from: string;
  /** `lifecycle/platform`, or the name of a package. */
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

  it("know no platform in the life cycle, nor anything but itself in http", () => {
    const allowed = new Map([
      ["lifecycle", ["lifecycle", "http"]],
      ["http", ["http"]],
    ]);
    const isElsewhere = ({ from, to, isOwn }: Import) =>
      isOwn && allowed.get(layerOf(from))?.includes(layerOf(to)) === false;
    expect(breaking(isElsewhere)).to.deep.equal([]);
    expect(imports.filter(({ from }) => layerOf(from) === "http")).to.not.deep.equal([]);
  });

  it("keep platforms apart", () => {
    const isOther = ({ from, to }: Import) =>
      platforms.includes(layerOf(from)) &&
      platforms.includes(layerOf(to)) &&
      layerOf(from) !== layerOf(to);
    expect(breaking(isOther)).to.deep.equal([]);
  });

  it("load the SDK and themselves alone on the program side", () => {
    const isMore = ({ from, to, isLoaded }: Import) =>
      isLoaded &&
      programSide.test(from) &&
      !programSide.test(`${to}.ts`) &&
      !["@pulumi/pulumi", "node:module", "node:path"].includes(to);
    expect(breaking(isMore)).to.deep.equal([]);
  });

  it("have nothing that imports the command line", () => {
    const isCli = ({ from, to }: Import) => layerOf(from) !== "cli" && layerOf(to) === "cli";
    expect(breaking(isCli)).to.deep.equal([]);
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
