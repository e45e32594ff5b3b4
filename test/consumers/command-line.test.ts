import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { DEFAULT_APP, type Emulator, startEmulator } from "../emulator/index";
import { startCommand } from "../support/command";
import { type Consumer, createConsumer } from "../support/consumer";
import { evaluate } from "../support/generated-program";
import { parseRecord, recordAt, textOf } from "../support/json";
import { packOnce } from "../support/pack";

/** Loads what a program and the engine's plugin load, and says what came with it. */
const loader = `
for (const entry of ["", "/miget/provider", "/northflank/provider"]) require("pulumi-paas-addons" + entry);
const modules = Object.keys(require.cache).map((path) => path.replaceAll("\\\\", "/"));
console.log(JSON.stringify(modules.filter((path) => /\\/dist\\/cli\\/|\\/commander\\//.test(path))));
`;

for (const layout of ["flat", "isolated"] as const) {
  describe(`the command line of the packed package (${layout})`, function () {
    this.timeout(90_000);
    let consumer: Consumer;
    let emulator: Emulator;

    /** As npx runs it: the file that the manifest names, by the Node that its first line asks for. */
    const run = async (...args: string[]) => {
      const folder = join(consumer.folder, "node_modules", "pulumi-paas-addons");
      const manifest = parseRecord(readFileSync(join(folder, "package.json"), "utf8"), "it");
      const file = join(folder, textOf(recordAt(manifest, "bin")["pulumi-paas-addons"]));
      expect(readFileSync(file, "utf8")).to.match(/^#!\/usr\/bin\/env node\n/u);
      const env = { PATH: "", HOME: consumer.folder, ...emulator.env() };
      const options = { cwd: consumer.folder, env, timeout: 60_000 };
      return startCommand(process.execPath, [file, ...args], options).done;
    };

    before(async () => {
      emulator = await startEmulator();
      emulator.miget.seed(DEFAULT_APP, { type: "valkey", label: "Cache", valkey_version: "7" });
      const files = { "Pulumi.yaml": "name: test\nruntime: nodejs\n", "load.js": loader };
      consumer = await createConsumer({ layout, files });
    });

    after(async () => {
      consumer.dispose();
      await emulator.close();
    });

    it("says what it can do", async () => {
      const help = await run("--help");
      expect(help.code, help.stderr).to.equal(0);
      expect(help.stdout)
        .to.match(/import .*program/u)
        .and.to.contain("doctor");
      const { version } = parseRecord(
        readFileSync(join((await packOnce()).folder, "package.json"), "utf8"),
        "the manifest",
      );
      expect((await run("--version")).stdout.trim()).to.equal(version);
      expect((await run("nonsense")).code).to.equal(2);
      expect((await run()).code).to.equal(2);
    });

    it("imports", async () => {
      const { code, stdout, stderr } = await run("import", "--app", DEFAULT_APP);
      expect(code, stderr).to.equal(0);
      expect(evaluate(stdout).resources.map(({ name }) => name)).to.deep.equal(["cache"]);
    });

    it("examines, and ends with 1 for what is not well", async () => {
      const { code, stdout } = await run("doctor");
      expect(stdout).to.match(/^ok {4}pulumi-paas-addons /mu);
      expect(stdout).to.match(/^ok {4}Northflank token /mu);
      expect(stdout).to.match(/^fail {2}Pulumi CLI +is not on PATH/mu);
      expect(code).to.equal(1);
    });

    it("is not loaded by programs and the engine", async () => {
      const { stdout, stderr } = await consumer.node("load.js");
      expect(stdout.trim(), stderr).to.equal("[]");
    });
  });
}
