import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { runCommand } from "../../../scripts/cli/command";
import { findExecutable, foldersOf } from "../../../scripts/cli/inspect";
import { writeSdks } from "../../../scripts/cli/sdks";
import { schemaText } from "../../../src/doors/native/schema";
import { repository } from "../../support/pack";
import { removeFolder, temporaryFolder } from "../../support/temporary";

describe("the SDKs that are generated from the schema", function () {
  this.timeout(20 * 60_000);
  let folder = "";

  before(async function () {
    folder = temporaryFolder("sdks");
    const schema = join(folder, "schema.json");
    writeFileSync(schema, schemaText());
    const problem = await writeSdks(schema, folder);
    if (problem === undefined) return;
    if (!problem.startsWith("Go is not installed")) throw new Error(problem);
    console.warn(`\n  Tests of generated SDKs are skipped: ${problem}`);
    this.skip();
  });
  after(() => removeFolder(folder));

  it("compile for Node", () => {
    const modules = join(repository, "node_modules");
    const program = ts.createProgram([join(folder, "nodejs/index.ts")], {
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2020,
      module: ts.ModuleKind.CommonJS,
      moduleResolution: ts.ModuleResolutionKind.Node10,
      esModuleInterop: true,
      baseUrl: modules,
      paths: { "*": ["*", "@types/*"] },
      typeRoots: [join(modules, "@types")],
      types: ["node"],
    });
    const wrong = ts.getPreEmitDiagnostics(program).map(({ messageText }) => {
      return ts.flattenDiagnosticMessageText(messageText, "\n");
    });
    expect(wrong).to.deep.equal([]);
  });

  it("compile for Python, and have what the example uses", async function () {
    const python = findExecutable("python3", foldersOf(process.env));
    if (python === undefined) return this.skip();
    const options = { timeout: 120_000, env: process.env };
    const example = join(repository, "examples/plugin-python/__main__.py");
    const script =
      "import sys, py_compile; [py_compile.compile(f, doraise=True, cfile=sys.argv[1]) for f in sys.argv[2:]]";
    const own = ["miget_addon", "northflank_addon", "_inputs", "outputs"].map((name) =>
      join(folder, "python/pulumi_paas_addons", `${name}.py`),
    );
    const compiled = join(folder, "compiled.pyc");
    const result = await runCommand(python, ["-c", script, compiled, ...own, example], options);
    expect(result.code, result.stderr).to.equal(0);
    const text = own.map((file) => readFileSync(file, "utf8")).join("\n");
    const used = [...readFileSync(example, "utf8").matchAll(/^ {4}(\w+)=/gm)];
    expect(used.length).to.be.greaterThan(8);
    for (const [, name = ""] of used) expect(text).to.match(new RegExp(`\\b${name}: `, "u"));
  });

  it("have the package and the arguments that the example in Go uses", () => {
    const example = readFileSync(join(repository, "examples/plugin-go/main.go"), "utf8");
    const package_ = /"(example\.com\/\S*)"/u.exec(example)?.[1] ?? "";
    const sources = ["migetAddon.go", "northflankAddon.go", "pulumiTypes.go"].map((name) => {
      const file = join(folder, "go/paasaddons", name);
      expect(existsSync(file), file).to.equal(true);
      return readFileSync(file, "utf8");
    });
    expect(sources[0]).to.include(`"${package_}/internal"`);
    const used = [...example.matchAll(/^\t+(\w+): +&?\w+\./gm)];
    expect(used.length).to.be.greaterThan(10);
    for (const [, name = ""] of used) {
      expect(sources.join("\n")).to.match(
        new RegExp(`^\\t${name} +pulumi\\.|^\\t${name} +\\w+Input`, "mu"),
      );
    }
  });
});
