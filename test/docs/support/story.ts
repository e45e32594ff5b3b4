import { expect } from "chai";
import { startEmulator, type Emulator } from "../../emulator/index";
import { createProject, type EngineProject, type EngineResult } from "../../support/engine";
import { textOf } from "../../support/json";
import { stackName } from "../../support/project-files";
import type { Guide, Seen, Step } from "../guides/guide";
import { type Block, blocksOf } from "./pages";
import { javascript, programsOf } from "./programs";
import { isShown } from "./shown";

/** The project's id in the guides. */
export const project = "my-project";

const quick = { provisioningMs: 200, credentialsDelayMs: 50, deletionMs: 50, actionMs: 50 };
const commandLine = "node_modules/pulumi-paas-addons/dist/cli/main.js";

/** Does what the reader of a guide does, with the real engine, and holds what the page says to it. */
export async function tell(guide: Guide): Promise<void> {
  const emulator = await startEmulator(quick);
  emulator.northflank.addProject(project);
  guide.before?.(emulator);
  const engine = await projectOn(emulator, guide);
  try {
    const story = new Story(guide, emulator, engine);
    for (const [index, step] of guide.steps.entries()) await story.go(step, index + 1);
    story.end();
  } finally {
    engine.dispose();
    await emulator.close();
  }
}

class Story {
  private readonly texts: readonly Block[];
  private readonly programs: readonly string[];
  private readonly code: readonly Block[];
  /** Blocks that no step has come to yet. */
  private readonly left: Set<string>;

  constructor(
    private readonly guide: Guide,
    private readonly emulator: Emulator,
    private readonly project: EngineProject,
  ) {
    const blocks = blocksOf(`docs/guides/${guide.page}.md`);
    this.texts = blocks.filter(({ language }) => language === "text");
    this.code = blocks.filter(({ language }) => language === "ts");
    this.programs = programsOf(this.code);
    const toSee = guide.isGuessed === true ? [] : this.texts;
    this.left = new Set([...toSee, ...this.code].map(({ place }) => place));
  }

  async go(step: Step, number: number): Promise<void> {
    const name = `step ${number} of ${this.guide.page}`;
    const { program, config = {}, elsewhere, shows = [], prints } = step;
    if (program !== undefined) {
      this.project.setProgram(javascript(edited(this.programs[program - 1] ?? "", step)));
      for (const { place } of this.partsOf(program)) this.left.delete(place);
    }
    if (Object.keys(config).length > 0) await this.project.setConfig(config);
    elsewhere?.(this.emulator);
    this.emulator.clearLog();
    const { printed, result } = await this.run(step, name);

    for (const shown of shows) {
      const block = take(this.texts, shown);
      expect(
        isShown(block.code, printed),
        `${name}: ${block.place} is not what it printed:\n${printed}`,
      ).to.equal(true);
      this.left.delete(block.place);
    }
    if (prints !== undefined) {
      const block = take(this.code, prints);
      expect(isShown(block.code, printed), `${name}: ${block.place}:\n${printed}`).to.equal(true);
    }
    if (result !== undefined && this.guide.isGuessed !== true) expectOps(step, result, name);
    if (step.reveals !== true) expectNoSecret(this.emulator, printed, name);
    await step.holds?.(this.seen(printed, result));
    expect(this.emulator.violations, name).to.deep.equal([]);
  }

  /** Everything that the page shows has been seen. */
  end(): void {
    expect([...this.left], "blocks that no step uses or prints").to.deep.equal([]);
  }

  /** A fragment is in use together with the program that it belongs to. */
  private partsOf(program: number): readonly Block[] {
    const parts = this.code.slice(0, program);
    return parts.slice(parts.map(({ mark }) => mark).lastIndexOf(""));
  }

  private async run(
    { does, args = [], env = {}, fails = false, withPreview = false }: Step,
    name: string,
  ): Promise<{ printed: string; result?: EngineResult }> {
    if (typeof does === "string") {
      const result = await this.project[does]({ args, env, expect: "any", withPreview });
      expect(result.code !== 0, `${name}:\n${result.output}`).to.equal(fails);
      return { printed: result.output, result };
    }
    // A reader has the stack selected.
    const stack = ["--stack", stackName];
    const outcome =
      "pulumi" in does
        ? await this.project.pulumi([...does.pulumi, ...stack], fails)
        : await this.project.node(commandLine, [...does.addons, ...stack]);
    const printed = outcome.stdout + outcome.stderr;
    expect(outcome.code !== 0, `${name}:\n${printed}`).to.equal(fails);
    return { printed };
  }

  private seen(printed: string, result: EngineResult | undefined): Seen {
    const writes = this.emulator.requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path}`);
    const outputs = () => this.project.outputs({ showSecrets: true });
    return { emulator: this.emulator, printed, result, writes, outputs };
  }
}

function edited(program: string, { edited: edits = [] }: Step): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the program has no ${from}`);
    return text.replace(from, to);
  }, program);
}

function expectOps(step: Step, result: EngineResult, name: string): void {
  const done: Record<string, string[]> = {};
  for (const { name: addon, op } of result.steps) (done[addon] ??= []).push(op);
  if (step.ops !== undefined) {
    expect(done, `${name} did ${JSON.stringify(done)}:\n${result.output}`).to.deep.equal(step.ops);
  } else if (step.does !== "destroy") {
    const destructive = Object.values(done)
      .flat()
      .filter((op) => /replace|delete/.test(op));
    expect(destructive, `${name}:\n${result.output}`).to.deep.equal([]);
  }
}

function expectNoSecret({ miget, northflank }: Emulator, printed: string, name: string): void {
  const secrets = [
    ...miget.tokens,
    ...northflank.tokens,
    ...miget.addons().map(({ password }) => password),
    ...northflank.addons().flatMap(({ validPasswords }) => validPasswords),
  ];
  const leaks = secrets.filter((secret) => secret !== "" && printed.includes(secret));
  expect(leaks.length, `secrets printed in ${name}`).to.equal(0);
}

function take(blocks: readonly Block[], number: number): Block {
  const block = blocks[number - 1];
  if (block === undefined) throw new Error(`the page has no block ${number} of that kind`);
  return block;
}

/** A project whose reader has set what the guide says, for the emulator in place of the platforms. */
async function projectOn(emulator: Emulator, guide: Guide): Promise<EngineProject> {
  const env = emulator.env();
  return await createProject({
    program: "",
    config: {
      "miget:apiToken": { secret: textOf(env.MIGET_API_TOKEN) },
      "miget:baseUrl": textOf(env.MIGET_BASE_URL),
      migetAppUuid: emulator.miget.defaultApp,
      "northflank:apiToken": { secret: textOf(env.NORTHFLANK_API_TOKEN) },
      "northflank:baseUrl": textOf(env.NORTHFLANK_BASE_URL),
      northflankProjectId: project,
      ...guide.config,
    },
  });
}
