import { expect } from "chai";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { DEFAULT_APP, DEFAULT_PROJECT, startEmulator, type Emulator } from "../emulator/index";
import { evaluate } from "../support/generated-program";
import { commandLine, type Line, loadPty, Terminal } from "../support/terminal";
import { removeFolder, temporaryFolder } from "../support/temporary";

const billing = { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 };
const redis = { name: "Sessions", type: "redis", version: "8.6.1", billing };

/** A CLI that has a stack on which a run was killed, and writes down what it is told to do. */
const pulumi = `#!${process.execPath}
const [verb, ...rest] = process.argv.slice(2);
if (verb === "version") console.log("v3.220.1");
else if (verb === "config") console.log("{}");
else if (verb === "stack") {
  const type = "pulumi-nodejs:dynamic/northflank:Addon";
  const inputs = { projectId: "${DEFAULT_PROJECT}", name: "Sessions", type: "redis" };
  const resource = { urn: "urn:pulumi:dev::shop::" + type + "::sessions", type, inputs };
  const manifest = { time: new Date().toISOString() };
  const pending_operations = [{ type: "creating", resource }];
  console.log(JSON.stringify({ deployment: { manifest, resources: [], pending_operations } }));
} else console.log("RAN", process.env.PAAS_ADDONS_ADOPT ?? "", verb, ...rest);
`;

for (const columns of [64, 110]) {
  describe(`on a terminal of ${columns} columns`, function () {
    this.timeout(60_000);
    let pty: Exclude<Awaited<ReturnType<typeof loadPty>>, { readonly reason: string }>;
    let emulator: Emulator;
    let folder: string;
    let terminal: Terminal | undefined;

    const start = (args: string, env: Readonly<Record<string, string>> = {}): Terminal => {
      const PATH = `${join(folder, "bin")}${delimiter}${process.env.PATH ?? ""}`;
      const options = { columns, folder, env: { ...emulator.env(), PATH, ...env } };
      terminal = new Terminal(pty, commandLine(args.split(" ")), options);
      return terminal;
    };
    const expectToFit = (lines: readonly Line[]) => {
      const broken = lines.filter(({ isBroken }) => isBroken).map(({ text }) => text);
      // What is to be copied, and what has no space in it, stays whole.
      expect(
        broken.filter((text) => !/^(?: {2}\S| {6}pulumi |next: |\s*\S*$)/u.test(text)),
      ).to.deep.equal([]);
    };
    const textsOf = (lines: readonly Line[]) => lines.map(({ text }) => text);

    before(async function () {
      const loaded = await loadPty();
      if ("reason" in loaded || process.platform === "win32") {
        const why = "reason" in loaded ? loaded.reason : "the stand-in for the CLI is a script";
        console.warn(`\n  Tests in a pseudo-terminal are skipped: ${why}`);
        this.skip();
      }
      pty = loaded;
    });

    beforeEach(async () => {
      emulator = await startEmulator();
      emulator.northflank.seed(redis);
      folder = temporaryFolder("terminal");
      writeFileSync(join(folder, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
      mkdirSync(join(folder, "bin"));
      writeFileSync(join(folder, "bin", "pulumi"), pulumi);
      chmodSync(join(folder, "bin", "pulumi"), 0o755);
    });

    afterEach(async () => {
      terminal?.dispose();
      await emulator.close();
      removeFolder(folder);
    });

    it("doctor marks and wraps, in colour unless NO_COLOR is set", async () => {
      const args = "doctor --platform northflank --project my-project";
      const { code, raw, lines } = await start(args).end();
      expect(code).to.equal(1);
      expect(raw).to.contain("\u001B[31m✘\u001B[39m").and.to.contain("\u001B[32m✔\u001B[39m");
      expectToFit(lines);
      expect(textsOf(lines)).to.include("3 problems");
      expect(textsOf(lines)).to.include("  → Did you mean demo-project?");
      const plain = await start(args, { NO_COLOR: "1" }).end();
      expect(plain.raw).not.to.contain("\u001B[3");
      expect(textsOf(plain.lines)).to.include("3 problems");
    });

    it("import prints the program and what comes next", async () => {
      const ended = await start(`import --project ${DEFAULT_PROJECT}`).end();
      expect(ended.code).to.equal(0);
      const lines = textsOf(ended.lines);
      const end = lines.findIndex((line) => line.startsWith("1 add-on to take over"));
      expectToFit(ended.lines.slice(end));
      const program = lines.slice(0, end).join("\n");
      expect(evaluate(program).resources.map(({ name }) => name)).to.deep.equal(["sessions"]);
      expect(lines.slice(end).join("\n")).to.match(
        /next: npm install [^]*\n {6}pulumi up\nthen: /u,
      );
    });

    it("recover shows what was left, asks, and runs the commands", async () => {
      const asked = start("recover");
      await asked.answer("Run them now?", "y");
      const { code, lines } = await asked.end();
      expect(code).to.equal(0);
      expectToFit(lines);
      expect(textsOf(lines)).to.include("  PAAS_ADDONS_ADOPT=demo-project/sessions pulumi up");
      const ran = textsOf(lines).filter((line) => line.startsWith("RAN"));
      expect(ran.map((line) => line.replace(/\s+/gu, " "))).to.deep.equal([
        "RAN demo-project/sessions up",
        "RAN refresh --clear-pending-creates",
      ]);
    });

    it("recover runs nothing after a no", async () => {
      const asked = start("recover");
      await asked.answer("Run them now?", "n");
      const { code, lines } = await asked.end();
      expect([code, textsOf(lines).filter((line) => line.startsWith("RAN"))]).to.deep.equal([
        1,
        [],
      ]);
    });

    it("init asks, hides the token, and writes a project", async () => {
      const { MIGET_API_TOKEN: token = "" } = emulator.env();
      const asked = start("init --dir shop", { MIGET_API_TOKEN: "" });
      await asked.answer("Which platform?");
      await asked.answer("API token of Miget", token);
      await asked.answer("Which app?");
      await asked.answer("Which type?");
      await asked.answer("Which version?");
      await asked.answer("How much memory");
      await asked.answer("How much disk");
      await asked.answer("What is it called?");
      await asked.answer("Run them now?", "n");
      const { code, raw, lines } = await asked.end();
      expect(code, raw).to.equal(0);
      expect(raw).not.to.contain(token);
      expectToFit(lines);
      expect(textsOf(lines)).to.include("  pulumi config set --secret miget:apiToken --stack dev");
      const [resource] = evaluate(readFileSync(join(folder, "shop", "index.ts"), "utf8")).resources;
      expect(resource?.args).to.include({ appUuid: DEFAULT_APP, type: "postgres", ramSize: 256 });
    });
  });
}
