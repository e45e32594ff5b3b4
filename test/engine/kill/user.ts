import { rmSync, statSync } from "node:fs";
import type { EngineResult, RunOptions, Verb } from "../../support/engine";
import { stackName } from "../../support/project-files";
import type { Stack } from "../stack";

/** Runs a command to its end, however it ends. Somebody may cut it off. */
export type Run = (verb: Verb, options: RunOptions) => Promise<Ran>;

export interface Ran {
  readonly result: EngineResult;
  /** Whether it was interrupted by a SIGKILL. */
  readonly killed: boolean;
}

/** The Pulumi ids that the messages ask to take over, each once, as the variable wants them. */
export function adoptionAsked(output: string): string {
  const lists = [...output.matchAll(/PAAS_ADDONS_ADOPT=(\S+)/gu)].map(([, ids]) => ids ?? "");
  return [...new Set(lists.flatMap((ids) => ids.split(",")))].join(",");
}

/** Whether a message of the provider asks for a refresh; what the engine says is not meant. */
function refreshAsked(output: string): boolean {
  return /\b[Rr]un `pulumi refresh`/u.test(output);
}

const locked = "the stack is currently locked";

/** What the CLI says of a file backend in which a file beside the state is empty. */
const unreadable = "failed to load checkpoint: EOF";

/**
 * Frees a stack whose run was killed. The file backend writes each file whole, but for the
 * attributes beside it (`<stack>.json.attrs`): killed at that moment, the CLI leaves them empty, and
 * cannot read the state any more, though that is intact. Without the empty file it can.
 */
async function unlock({ project }: Stack): Promise<readonly string[]> {
  const cancel = ["cancel", "--yes", stackName];
  const { code, stdout, stderr } = await project.pulumi(cancel, true);
  if (code === 0) return ["cancel"];
  if (!stderr.includes(unreadable)) throw new Error(`cancel does not succeed: ${stdout}${stderr}`);
  const attributes = project.stateFiles().filter((file) => file.endsWith(".attrs"));
  for (const file of attributes.filter((each) => statSync(each).size === 0)) rmSync(file);
  await project.pulumi(cancel);
  return ["removal of an empty .attrs file", "cancel"];
}

/** Long enough for the slowest of what may happen, so that only a hang ends it. */
export const commandLimit = 180_000;

/**
 * A user whose command was interrupted: runs it again until it succeeds, and does on the way what the
 * messages say, no more. Fails when that leads nowhere.
 */
export async function insist(
  stack: Stack,
  verb: Verb,
  run: Run,
  patience = 8,
): Promise<{ readonly steps: readonly string[]; readonly result: EngineResult }> {
  const steps: string[] = [];
  let adopt = "";
  let output = "";
  for (let turn = 0; turn < patience; turn += 1) {
    steps.push(`${adopt === "" ? "" : "adopt "}${verb}`);
    const { result, killed } = await run(verb, {
      expect: "any",
      timeout: commandLimit,
      env: adopt === "" ? {} : { PAAS_ADDONS_ADOPT: adopt },
    });
    output = result.output;
    if (result.code === 0) return { steps, result };
    // The user has seen it go, or the message says that the stack is locked.
    const isLocked = [locked, unreadable].some((message) => output.includes(message));
    if (result.signal === "SIGKILL" || isLocked) {
      steps.push(...(await unlock(stack)));
    }
    // What a run that was interrupted asked for was said by one that was not.
    if (!killed) adopt = adoptionAsked(output);
    if (refreshAsked(output)) {
      steps.push("refresh");
      await run("refresh", { expect: "any", timeout: commandLimit });
    }
  }
  throw new Error(`\`pulumi ${verb}\` does not succeed (${steps.join(", ")}):\n${output}`);
}
