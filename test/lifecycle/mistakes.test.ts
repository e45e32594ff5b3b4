import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import ts from "typescript";
import { Harness } from "../support/harness";
import { parseRecord, toRecord } from "../support/json";
import { repository } from "../support/pack";
import { Resource } from "../support/resource";

type Props = Record<string, unknown>;

interface Mistake {
  readonly platform?: "miget" | "northflank";
  /** What is wrong outside of the program. */
  readonly env?: Readonly<Record<string, string>>;
  /** There is an add-on of that name. */
  readonly isTaken?: boolean;
  /** It is a change of an add-on that is there. */
  readonly isLater?: boolean;
}

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
const programs: Record<"miget" | "northflank", Props> = {
  northflank: {
    projectId: "demo-project",
    type: "postgresql",
    version: "16-latest",
    billing,
  },
  miget: {
    appUuid: "00000000-0000-4000-8000-00000000a990",
    type: "valkey",
    valkeyVersion: "7.2",
  },
};
const names = { northflank: "orders", miget: "cache" };

/** By the headings of the page, which has what is changed in the program. */
const mistakes: Readonly<Record<string, Mistake>> = {
  "A plan that does not exist": {},
  "A name that is too short": {},
  "A disk that is too small": {},
  "The UUID of another app": { platform: "miget" },
  "A misspelt project": {},
  "No token": { env: { NORTHFLANK_API_TOKEN: "" } },
  "A wrong token": { env: { NORTHFLANK_API_TOKEN: "wrong" } },
  "A base URL with http": { env: { NORTHFLANK_BASE_URL: "http://api.example.com" } },
  "A misspelt type": { platform: "miget" },
  "A number as text": {},
  "A name that is taken": { isTaken: true },
  "A version that is not offered": {},
  "External access without TLS": {},
  "A smaller disk": { isLater: true },
  "A removed input": {},
};

const page = readFileSync(join(repository, "docs/common-mistakes.md"), "utf8");
const sections = page.split(/^## /mu).slice(1);

/** What a section says: what is changed, who shows it first, and how. */
function sectionOf(heading: string) {
  const text = sections.find((section) => section.startsWith(`${heading}\n`)) ?? "";
  const [, code = ""] = /^`([^`]*)`: /mu.exec(text) ?? [];
  const [, first = ""] = /\*\*(preview|compiler)\*\*/u.exec(text) ?? [];
  const [, message = ""] = /^```text\n(.*?)^```/msu.exec(text) ?? [];
  const change = toRecord(runInNewContext(`({ ${code} })`), heading);
  return { change, first, message: flat(message) };
}

const flat = (text: string) => text.replace(/\s+/gu, " ").trim();

/** What a preview of it says: warnings and errors. */
async function preview(mistake: Mistake, change: Props): Promise<string> {
  const { platform = "northflank", env = {}, isTaken, isLater } = mistake;
  const world = await Harness.start();
  world.env = { ...world.env, ...env };
  try {
    const name = names[platform];
    const program = { name, __urn: `urn:pulumi:dev::shop::t::${name}`, ...programs[platform] };
    if (isTaken === true) await new Resource(world, platform).up(program);
    const checked = await world.run(world[platform]().check({}, program));
    world.lines.length = 0;
    const olds = isLater === true ? checked.inputs : {};
    // Without what is undefined, as the SDK sends it.
    const news = parseRecord(JSON.stringify({ ...program, ...change }), "the program");
    const { failures } = await world.run(world[platform]().check(olds, news));
    const warnings = world.lines.filter((line) => line.startsWith("warning: "));
    return [...warnings, ...failures.map(({ reason }) => reason)].join("\n");
  } finally {
    await world.close();
  }
}

/** What the compiler says of each, by its heading. */
function compileAll(): ReadonlyMap<string, string> {
  const isMiget = ([, { platform }]: [string, Mistake]) => platform === "miget";
  const all = Object.entries(mistakes);
  const inOrder = [...all.filter(isMiget), ...all.filter((each) => !isMiget(each))];
  const files = new Map(
    // The compiler lists the members of a type in the order in which it meets them.
    inOrder.map(([heading, { platform = "northflank" }], index) => {
      const { change } = sectionOf(heading);
      const changed = JSON.stringify({ ...programs[platform], ...change });
      const name = platform === "miget" ? "MigetAddon" : "NorthflankAddon";
      const text = `import { ${name} } from "../../src/index";\nnew ${name}("orders", ${changed});\n`;
      return [join(repository, `test/lifecycle/mistake-${index}.ts`), { heading, text }];
    }),
  );
  const target = ts.ScriptTarget.ES2021;
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: ["node"], target },
    ...{ module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  };
  const host = ts.createCompilerHost(options);
  const original = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...others) => {
    const file = files.get(name);
    if (file === undefined) return original(name, ...others);
    return ts.createSourceFile(name, file.text, target);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return new Map(
    [...files].map(([name, { heading }]) => {
      const found = program.getSemanticDiagnostics(program.getSourceFile(name));
      // The reason is the last line, after where it was met.
      const reasons = found.map(({ messageText }) => {
        return ts.flattenDiagnosticMessageText(messageText, "\n").split("\n").at(-1);
      });
      return [heading, reasons.join("\n")];
    }),
  );
}

describe("the page on common mistakes", function () {
  this.timeout(60_000);
  let compiled: ReadonlyMap<string, string>;

  before(() => {
    compiled = compileAll();
  });

  it("has all of them", () => {
    expect(sections.map((section) => section.split("\n", 1)[0])).to.deep.equal(
      Object.keys(mistakes),
    );
  });

  for (const [heading, mistake] of Object.entries(mistakes)) {
    it(`tells what the first run says: ${heading}`, async () => {
      const { change, first, message } = sectionOf(heading);
      const error = compiled.get(heading) ?? "";
      const said = error === "" ? await preview(mistake, change) : error;
      expect({ first, message }).to.deep.equal({
        first: error === "" ? "preview" : "compiler",
        message: flat(said),
      });
    });
  }
});
