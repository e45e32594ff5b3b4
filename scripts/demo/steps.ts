import { readFileSync } from "node:fs";
import { numberAt, objectAt } from "../../test/contract/json";
import type { Emulator } from "../../test/emulator/index";
import type { EngineProject, EngineResult } from "../../test/support/engine";
import { stackName } from "../../test/support/project-files";
import { mustEqual, mustMatch, type Narrator } from "./narrator";
import { names, programs, uris } from "./program";
import { Truth } from "./truth";

export interface Demo {
  readonly project: EngineProject;
  readonly emulator: Emulator;
  readonly narrator: Narrator;
}

/** All that the CLI printed, to be searched for secrets at the end. */
type Printed = string[];

/** What the engine did, such as `orders: create`, in a fixed order. */
function did(result: EngineResult): string[] {
  return result.steps.map(({ name, op }) => `${name}: ${op}`).sort();
}

const every = (op: string) =>
  Object.values(names)
    .map((name) => `${name}: ${op}`)
    .sort();

/** One add-on is done something to, the others are as they were. */
const only = (name: string, op: string) =>
  Object.values(names)
    .map((each) => `${each}: ${each === name ? op : "same"}`)
    .sort();

/** The life of three add-ons on two platforms. */
export async function runSteps({ project, emulator, narrator }: Demo): Promise<void> {
  const truth = new Truth(emulator);
  const printed: Printed = [];
  const run = async (work: Promise<EngineResult>) => {
    const result = await work;
    printed.push(result.output);
    return result;
  };

  await narrator.step("preview", async () => {
    const result = await run(project.preview());
    mustEqual("the plan", did(result), every("create"));
    mustEqual("calls that change something", truth.writes(), []);
    return "three add-ons to create, nothing sent yet";
  });

  await narrator.step("up", async () => {
    const result = await run(project.up());
    mustEqual("what was done", did(result), every("create"));
    mustEqual("add-ons on the platforms", truth.counts(), { miget: 1, northflank: 2 });
    return "a Miget postgres, a Northflank postgresql and a redis are ready";
  });

  let shown = "";
  await narrator.step("outputs", async () => {
    const { stdout } = await project.pulumi(["stack", "output", "--stack", stackName]);
    printed.push(stdout);
    const masked = await project.outputs();
    for (const name of Object.values(uris)) mustEqual(`${name} as shown`, masked[name], "[secret]");
    shown = stdout;
    return "as you see them, with the connection URIs masked";
  });
  narrator.quote(shown);

  await narrator.step("revealed connection URIs", async () => {
    const revealed = await project.outputs({ showSecrets: true });
    const expected = truth.uris();
    for (const kind of ["miget", "postgresql", "redis"] as const) {
      // The values are secret, so a mismatch says which one, not how.
      mustEqual(
        `${uris[kind]} is the platform's own`,
        revealed[uris[kind]] === expected[kind],
        true,
      );
    }
    return "all three are what the platforms themselves give";
  });

  await narrator.step("up again", async () => {
    const result = await run(project.up());
    mustEqual("what was done", did(result), every("same"));
    return "no changes";
  });

  await narrator.step("a changed input", async () => {
    const { uid } = truth.northflank("postgresql");
    project.setProgram(programs.grown);
    const result = await run(project.up());
    mustEqual("what was done", did(result), only(names.postgresql, "update"));
    const after = truth.northflank("postgresql");
    mustEqual(
      "the add-on's disk in MB",
      numberAt(objectAt(after.input, "billing"), "storage"),
      12288,
    );
    mustEqual("it is the same add-on", after.uid, uid);
    return "the disk of the Northflank postgresql grew in place from 6144 to 12288 MB";
  });

  await narrator.step("a drift behind its back", async () => {
    emulator.miget.change(truth.miget.uuid, { ram_size: 1024 });
    const result = await run(project.refresh());
    mustEqual("what was found", did(result), only(names.miget, "update"));
    const found = result.steps.find(({ name }) => name === names.miget);
    mustEqual("inputs that differ", found?.diffs, ["ramSize"]);
    return "refresh finds the Miget postgres with 1024 MiB of memory in place of 256";
  });

  await narrator.step("up after the drift", async () => {
    const result = await run(project.up());
    mustEqual("what was done", did(result), only(names.miget, "update"));
    mustEqual("memory in MiB", truth.miget.ramMib, 256);
    return "put right: 256 MiB again";
  });

  await narrator.step("an add-on deleted behind its back", async () => {
    const lost = truth.northflank("redis");
    emulator.northflank.remove(lost.id);
    const refresh = await run(project.refresh());
    mustEqual("what was found", did(refresh), only(names.redis, "delete"));
    const result = await run(project.up());
    mustEqual("what was done", did(result), only(names.redis, "create"));
    mustEqual("it is a new one", truth.northflank("redis").uid === lost.uid, false);
    return "refresh misses the Northflank redis, up creates it anew";
  });

  await narrator.step("a replacement without allowReplace", async () => {
    const { uuid } = truth.miget;
    emulator.clearLog();
    project.setProgram(programs.replaced);
    const result = await run(project.preview({ expect: "failure" }));
    mustMatch(
      "the refusal",
      result.output,
      /postgresVersion cannot change in place from "17" to "18"/u,
    );
    mustMatch("the way on", result.output, /set allowReplace: true/u);
    mustEqual("calls that change something", truth.writes(), []);
    mustEqual("it is the same add-on", truth.miget.uuid, uuid);
    return "refused in the preview, since it would delete the data";
  });

  await narrator.step("secrets", () => {
    const files = project.stateFiles().map((file) => readFileSync(file, "utf8"));
    const leaks = (texts: readonly string[]) =>
      truth.secrets().filter((secret) => texts.some((text) => text.includes(secret))).length;
    mustEqual("secrets in the files of the state", leaks(files), 0);
    mustEqual("secrets in what the CLI printed", leaks(printed), 0);
    return Promise.resolve(
      `no password or token in ${files.length} files of the state, nor in what the CLI printed`,
    );
  });

  await narrator.step("destroy", async () => {
    project.setProgram(programs.grown);
    const result = await run(project.destroy());
    mustEqual("what was done", did(result), every("delete"));
    mustEqual("add-ons on the platforms", truth.counts(), { miget: 0, northflank: 0 });
    return "both platforms are empty";
  });

  await narrator.step("the platforms' contracts", () => {
    mustEqual("requests and answers against the API documents", emulator.violations, []);
    return Promise.resolve("every request and answer was as the API documents say");
  });
}
