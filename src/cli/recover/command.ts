import { type Context, type ExitCode, say, UsageError } from "../context";
import { makeSources } from "../sources";
import { projectFolder, readStackConfig, stackArguments, type StackChoice } from "../stack-config";
import { loadWrap } from "../terminal";
import { examine } from "./findings";
import { commandOf, type Plan, planOf } from "./plan";
import { jsonOf, type Report, reportOf } from "./report";
import { readStackState } from "./stack-state";

export interface RecoverOptions {
  readonly json: boolean;
  readonly yes: boolean;
}

/** Finds what an interrupted run left, and ends it if the user agrees. */
export async function recover(
  context: Context,
  ids: readonly string[],
  options: RecoverOptions,
  choice: StackChoice,
): Promise<ExitCode> {
  if (options.json && options.yes) throw new UsageError("--json excludes --yes");
  const misfit = ids.find((id) => !/^[^/\s,]+\/[^/\s,]+$/u.test(id));
  if (misfit !== undefined) {
    throw new UsageError(
      `${misfit} is no id; ids are <project or app>/<add-on>, as messages print`,
    );
  }
  const { runtime } = context;
  const state = await readStackState(context, choice);
  const { read: config, problem } = await readStackConfig(context, choice);
  if (problem !== undefined) say(context, `warning: ${problem}; using the environment alone`);
  const sources = Object.values(makeSources());
  const findings = await examine({ sources, state, ids, config, runtime });
  const plan = planOf(findings, stackArguments(choice));
  const { savedAt } = state;
  const report: Report = { findings, plan, savedAt, now: runtime.clock.now() };
  const { found, twice, others } = findings;
  const isClean = found.length + twice.length + others.length === 0;
  if (options.json) {
    context.print(jsonOf(report));
    return isClean ? 0 : 1;
  }
  if (isClean) {
    context.print("Nothing was interrupted: the stack has no pending operations.\n");
    return 0;
  }
  context.print(reportOf(report, context.screen, await loadWrap()));
  if (plan.steps.length === 0) return plan.isBlocked || others.length > 0 ? 1 : 0;
  if (!options.yes && !(await agrees(context, plan))) return 1;
  return (await run(context, plan, options)) && !plan.isBlocked && others.length === 0 ? 0 : 1;
}

async function agrees({ prompts, tell }: Context, { steps }: Plan): Promise<boolean> {
  if (prompts === undefined) {
    tell("nothing was run: run this in a terminal, or with --yes\n");
    return false;
  }
  const them = steps.length > 1 ? "them" : "it";
  return prompts.confirm(`Are these add-ons yours? Run ${them} now?`);
}

/** Whether all of it went well. What comes after a failure is not run. */
async function run(context: Context, { steps }: Plan, { yes }: RecoverOptions): Promise<boolean> {
  const folder = projectFolder(context.folder) ?? context.folder;
  for (const step of steps) {
    const args = yes ? [...step.args, "--yes"] : step.args;
    const code = await context.show({ file: "pulumi", args, folder, env: step.env });
    if (code !== 0) {
      say(context, `\`${commandOf(step)}\` failed; the message above says why`);
      return false;
    }
  }
  return true;
}
