import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { engineAddress, type EngineSigns, watchEngine } from "../../../src/provider/engine-watch";
import { removeFolder, temporaryFolder } from "../../support/temporary";

/** An engine that can be ended, and the two ways in which that may be noticed. */
class Engine {
  listens = true;
  address: string | undefined = "127.0.0.1:40123";
  private inputEnd: () => void = () => undefined;
  private tick: () => void = () => undefined;

  readonly signs = (): EngineSigns => ({
    address: this.address,
    onInputEnd: (listener) => (this.inputEnd = listener),
    answers: () => Promise.resolve(this.listens),
    regularly: (_ms, listener) => (this.tick = listener),
  });

  async endInput(): Promise<void> {
    this.inputEnd();
    await Promise.resolve().then(() => undefined);
  }

  async passTime(): Promise<void> {
    this.tick();
    await Promise.resolve().then(() => undefined);
  }
}

describe("the watch over the engine that a plugin works for", () => {
  let engine: Engine;
  let told: number;
  const watch = () => watchEngine(engine.signs(), () => (told += 1));

  beforeEach(() => {
    engine = new Engine();
    told = 0;
  });

  it("notices at once that a killed CLI has closed its end of the input", async () => {
    const { isGone } = watch();
    engine.listens = false;
    expect(isGone()).to.equal(false);
    await engine.endInput();
    expect([isGone(), told]).to.deep.equal([true, 1]);
  });

  it("notices it after a while where the input is no pipe, and tells once", async () => {
    const { isGone } = watch();
    await engine.passTime();
    expect(isGone()).to.equal(false);
    engine.listens = false;
    await engine.passTime();
    await engine.passTime();
    await engine.endInput();
    expect([isGone(), told]).to.deep.equal([true, 1]);
  });

  it("takes the end of the input alone for nothing: the engine still listens", async () => {
    const { isGone } = watch();
    await engine.endInput();
    expect([isGone(), told]).to.deep.equal([false, 0]);
  });

  it("never takes an engine for gone whose address is not known", async () => {
    engine.address = undefined;
    engine.listens = false;
    const { isGone } = watch();
    await engine.endInput();
    await engine.passTime();
    expect([isGone(), told]).to.deep.equal([false, 0]);
  });

  const server = "/p/node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js";
  const argvs: readonly (readonly [string, readonly string[], string | undefined])[] = [
    ["a plugin", ["node", server, "127.0.0.1:40123"], "127.0.0.1:40123"],
    ["one with flags before", ["node", server, "--logtostderr", "127.0.0.1:1"], "127.0.0.1:1"],
    ["one on IPv6", ["node", server, "[::1]:40123"], "[::1]:40123"],
    ["one on Windows", ["node", server.replaceAll("/", "\\"), "127.0.0.1:9"], "127.0.0.1:9"],
    ["a test's own server", ["node", server, "127.0.0.1:0"], undefined],
    ["a program", ["node", "index.js", "127.0.0.1:40123"], undefined],
  ];
  for (const [title, argv, expected] of argvs) {
    it(`finds the engine's address among the arguments of ${title}`, () => {
      expect(engineAddress(argv)).to.equal(expected);
    });
  }
});

describe("a plugin that watches its standard input", () => {
  // With pnpm packages are links, and what they require themselves is found beside the real folder.
  it("finds packages by their real folders afterwards", () => {
    const folder = temporaryFolder("links");
    for (const name of ["first", "second"]) {
      mkdirSync(join(folder, "store", name), { recursive: true });
      writeFileSync(join(folder, "store", name, "index.js"), "");
      mkdirSync(join(folder, "node_modules"), { recursive: true });
      symlinkSync(join(folder, "store", name), join(folder, "node_modules", name), "junction");
    }
    const tsx = pathToFileURL(require.resolve("tsx")).href;
    const engine = JSON.stringify(join(__dirname, "../../../src/provider/engine-watch.ts"));
    const program = `
      const { systemSigns } = require(${engine});
      require.resolve("first");
      // A plugin's server keeps its process alive; the watch alone does not.
      setTimeout(() => process.exit(1), 15_000);
      systemSigns().onInputEnd(() => {
        console.log(require.resolve("second"));
        process.exit();
      });`;
    const found = execFileSync(process.execPath, ["--import", tsx, "-e", program], {
      cwd: folder,
      input: "",
      encoding: "utf8",
      env: { ...process.env, NODE_PATH: "" },
    });
    removeFolder(folder);
    expect(found.trim()).to.equal(join(folder, "store", "second", "index.js"));
  });
});
