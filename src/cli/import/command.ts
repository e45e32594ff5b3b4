import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { isInstalled } from "../doctor/local";
import { type Context, type ExitCode, say, UsageError } from "../context";
import { ProgressBar } from "../progress-bar";
import { hasToken, type PlaceOptions, type Selection, selectionsOf } from "../selection";
import { makeSources } from "../sources";
import { hanging, loadWrap, type Wrap } from "../terminal";
import { projectFolder, readStackConfig, type StackChoice } from "../stack-config";
import { type ProgramOptions, programOf, removal, setupOf } from "./program";
import { type Order, readAddons } from "./read";
import { reportOf } from "./report";
import { isIncomplete, merged, type Survey } from "./survey";

export interface ImportOptions extends PlaceOptions {
  readonly all: boolean;
  readonly id: readonly string[];
  /** `input=value`, `id:input=value` */
  readonly set: readonly string[];
  readonly out?: string;
  readonly json: boolean;
  readonly protect: boolean;
}

/** Prints a program that takes over the add-ons which are there. Changes nothing on the platforms. */
export async function importAddons(
  context: Context,
  options: ImportOptions,
  choice: StackChoice,
): Promise<ExitCode> {
  const given = givenIn(options.set);
  const selections = wanted(options);
  const file = options.out === undefined ? undefined : resolve(context.folder, options.out);
  if (file !== undefined && existsSync(file))
    throw new Error(`${file} is there already. It was not touched; give another name.`);

  const { read: config, problem } = await readStackConfig(context, choice);
  if (problem !== undefined) say(context, `warning: ${problem}; using the environment alone`);
  const { runtime } = context;
  const withToken = selections.filter(
    ({ source }) => selections.length === 1 || hasToken(source, config, runtime.env),
  );
  if (withToken.length === 0) {
    const names = selections.map(({ source }) => source.settings.token.variables[0]);
    throw new Error(`There is no token for either platform. Set ${names.join(" or ")}.`);
  }
  const ids = options.id.length === 0 ? undefined : new Set(options.id);
  const bar = new ProgressBar(context, "reading");
  const log = (line: string) => {
    bar.clear();
    runtime.log(line);
  };
  const surveys: Survey[] = [];
  try {
    for (const { source, scopes, holder } of withToken) {
      const order: Order = {
        source,
        access: {
          config,
          runtime: { ...runtime, log },
          ...(holder === undefined ? {} : { holder }),
        },
        scopes: scopes.length === 0 ? undefined : scopes,
        ids,
        given,
      };
      surveys.push(await readAddons(order, bar));
    }
  } finally {
    bar.clear();
  }
  return show(context, options, merged(surveys), file);
}

async function show(
  context: Context,
  options: ImportOptions,
  survey: Survey,
  file: string | undefined,
): Promise<ExitCode> {
  const problems = problemsOf(survey, options);
  for (const line of problems) say(context, line);
  // With nothing read there is nothing to write a program of.
  const isEmpty = survey.found.length === 0 && survey.skipped.length === 0;
  const failed = isIncomplete(survey) || unknownIds(survey, options.id).length > 0;
  if (isEmpty && failed && !options.json) return 1;
  const { protect } = options;
  const program: ProgramOptions = {
    protect,
    isInstalled: isInstalled(projectFolder(context.folder) ?? context.folder),
  };
  const text = options.json ? reportOf(survey) : programOf(survey, program);
  if (file === undefined) context.print(text);
  else writeFileSync(file, text, { flag: "wx" });
  const wrap = await loadWrap();
  for (const line of summary(survey, program, file, wrap, context.columns)) say(context, line);
  return failed ? 1 : 0;
}

function problemsOf(survey: Survey, { id, set }: ImportOptions): string[] {
  const { unread, skipped, found, targets } = survey;
  const nounOf = (platform: string) =>
    targets.find((target) => target.platform === platform)?.noun ?? "";
  const used = new Set(found.flatMap(({ inputs }) => inputs.used));
  const idle = [...givenIn(set).keys()].filter((name) => !used.has(name.replace(/^.*:/u, "")));
  return [
    ...unread.map(({ platform, scope, reason }) =>
      scope === undefined ? reason : `${nounOf(platform)} ${scope}: ${reason}`,
    ),
    ...skipped
      .filter(({ failed }) => failed)
      .map(({ scope, key, reason }) => `${scope}/${key}: ${reason}`),
    ...unknownIds(survey, id).map((each) => `there is no add-on with the id ${each} there`),
    ...idle.map((name) => `--set ${name} was not used: no add-on lacks it`),
  ];
}

function unknownIds({ found, skipped }: Survey, ids: readonly string[]): string[] {
  const known = new Set(
    [...found, ...skipped].flatMap(({ scope, key }) => [key, `${scope}/${key}`]),
  );
  return ids.filter((id) => !known.has(id));
}

/** What came of it, and what to do next. */
function summary(
  survey: Survey,
  options: ProgramOptions,
  file: string | undefined,
  wrap: Wrap,
  columns = Number.POSITIVE_INFINITY,
): string[] {
  const { found, skipped } = survey;
  const done = [
    `${count(found.length, "add-on")} to take over`,
    ...(skipped.length === 0 ? [] : [`, ${skipped.length} not`]),
    ...(file === undefined ? [] : [`, written to ${file}`]),
  ].join("");
  if (found.length === 0) return [done];
  const commands = [...setupOf(survey, options).map(({ command }) => command), "pulumi up"];
  return [
    done,
    ...commands.map((command, index) => `${index === 0 ? "next:" : "     "} ${command}`),
    ...hanging(wrap, "then: ", removal, columns),
  ];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** Which platforms, and what of them; throws where that is not said. */
function wanted(options: ImportOptions): readonly Selection[] {
  const selections = selectionsOf(makeSources(), options);
  const named = selections.some(({ scopes }) => scopes.length > 0);
  if (options.all && named) throw new UsageError("--all excludes --project and --app");
  const lacking = selections.find(({ scopes }) => scopes.length === 0);
  if (options.all || lacking === undefined) return selections;
  if (selections.length > 1 && !named) {
    throw new UsageError("say what to read: --project <id>, --app <uuid>, or --all");
  }
  const { target } = lacking.source;
  throw new UsageError(`--platform ${target.platform} needs --${target.noun} <id>, or --all`);
}

function givenIn(set: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    set.map((text) => {
      const [, name = "", value = ""] = /^([^=]+)=(.*)$/su.exec(text) ?? [];
      if (name === "" || value === "") {
        throw new UsageError(
          `--set takes <input>=<value> or <id>:<input>=<value>, such as postgresVersion=17`,
        );
      }
      return [name.trim(), value.trim()] as const;
    }),
  );
}
