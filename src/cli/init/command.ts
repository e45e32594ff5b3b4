import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { deadlineIn } from "../../http/deadline";
import { AuthenticationError, messageOf } from "../../http/errors";
import type { ReadConfig, RequestContext } from "../../provider/kind";
import { findSetting, safeBaseUrl, settingOf } from "../../provider/settings";
import { type Context, type ExitCode, say, type ShownCommand, UsageError } from "../context";
import { oldestVersions } from "../doctor/local";
import { nameAll } from "../import/names";
import { selectionsOf } from "../selection";
import { quoted } from "../shell";
import type { OpenSource, Scope, Source } from "../source";
import { makeSources } from "../sources";
import { loadWrap, paint } from "../terminal";
import { Answers, type Given, inputsOf } from "./answers";
import { type Files, filesOf } from "./project";

export interface InitOptions extends Given {
  readonly platform?: string;
  readonly project?: string;
  readonly team?: string;
  readonly app?: string;
  readonly workspace?: string;
  readonly dir?: string;
  readonly stack?: string;
  readonly yes: boolean;
  readonly json: boolean;
}

/** Milliseconds for each call with its repetitions. */
const limit = 30_000;
/** Times that a token is asked for. */
const attempts = 3;

/** Asks what to create, and writes a project that creates it. */
export async function init(context: Context, options: InitOptions): Promise<ExitCode> {
  if (options.json && options.yes) throw new UsageError("--json excludes --yes");
  const folder = resolve(context.folder, options.dir ?? ".");
  const taken = ["Pulumi.yaml", "package.json", "tsconfig.json", "index.ts", ".gitignore"].filter(
    (name) => existsSync(join(folder, name)),
  );
  if (taken.length > 0) {
    throw new Error(
      `${folder} already has ${taken.join(", ")}. Nothing was written; give another folder with --dir.`,
    );
  }
  const answers = new Answers(context, options.json);
  const { source, scope, holder } = await placeOf(answers, options);
  const { opened, token, scopes } = await openWithToken(context, answers, source, holder, scope);
  const target = scope ?? (await scopeOf(answers, source, scopes));
  const offers = await opened.offers();
  const choices = offers.map(({ type, label }) => ({ value: type, label }));
  const type = await answers.choice("type", options.type, "Which type?", choices);
  const offer = offers.find((each) => each.type === type);
  if (offer === undefined) {
    throw new UsageError(
      `--type ${type} is not among ${offers.map((each) => each.type).join(", ")}`,
    );
  }
  const given = givenIn(options);
  const inputs = await inputsOf(answers, source, target, offer, given);
  const misfit = (name: string) =>
    source.failures({ ...inputs, name }).find(({ property }) => property === "name")?.reason;
  // Without anybody to ask, that one will do.
  const usual = answers.isSilent ? "main-db" : undefined;
  const name = await answers.text("name", options.name ?? usual, "What is it called?", {
    initial: "main-db",
    misfit,
  });
  const [addon = { variable: "addon", resource: name }] = nameAll([[name]]);
  const files = filesOf({
    name: projectNameOf(folder),
    title: source.target.title,
    className: source.target.className,
    addon,
    inputs: addon.resource === name ? inputs : { name, ...inputs },
    oldestSdk: oldestVersions().sdk,
  });
  write(folder, files);
  const commands = commandsOf(context, source, opened, folder, options.stack ?? "dev", token);
  return finish(context, options, folder, files, commands);
}

function givenIn({ type, name, plan, addonVersion, memory, disk }: InitOptions): Given {
  const all = { type, name, plan, addonVersion, memory, disk };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

async function placeOf(answers: Answers, options: InitOptions) {
  const { project, app, team, workspace } = options;
  const sources = makeSources();
  const place = {
    project: project === undefined ? [] : [project],
    app: app === undefined ? [] : [app],
    ...(team === undefined ? {} : { team }),
    ...(workspace === undefined ? {} : { workspace }),
  };
  const meant = selectionsOf(sources, {
    ...place,
    ...(options.platform === undefined ? {} : { platform: options.platform }),
  });
  const choices = Object.values(sources).map(({ target }) => ({
    value: target.platform,
    label: target.title,
  }));
  const [only, ...others] = meant;
  const platform =
    only !== undefined && others.length === 0
      ? only.source.target.platform
      : await answers.choice("platform", undefined, "Which platform?", choices);
  const selection = meant.find(({ source }) => source.target.platform === platform);
  if (selection === undefined) throw new UsageError(`--platform ${platform} is none`);
  const { source, scopes, holder } = selection;
  return { source, scope: scopes[0], holder };
}

interface Opened {
  readonly opened: OpenSource;
  readonly token: string;
  readonly scopes: readonly Scope[];
}

/** Tries the token by listing what it sees; asks for another one where it was mistyped. */
async function openWithToken(
  context: Context,
  answers: Answers,
  source: Source,
  holder: string | undefined,
  scope: string | undefined,
): Promise<Opened> {
  const { runtime } = context;
  const { token: setting } = source.settings;
  const fromEnvironment = settingOf(setting, () => undefined, runtime.env);
  for (let attempt = 1; ; attempt += 1) {
    const token = fromEnvironment ?? (await askToken(context, answers, source));
    const config: ReadConfig = (key) => (key === setting.key ? token : undefined);
    const opened = source.open({ config, runtime, ...(holder === undefined ? {} : { holder }) });
    const call: RequestContext = { deadline: deadlineIn(runtime.clock, limit), secrets: [token] };
    try {
      return { opened, token, scopes: scope === undefined ? await opened.scopes(call) : [] };
    } catch (error) {
      const isMistyped = error instanceof AuthenticationError && fromEnvironment === undefined;
      if (!isMistyped || attempt >= attempts) throw error;
      say(context, `${source.target.title} refuses this token. Copy it once more.`);
    }
  }
}

async function askToken(
  { prompts }: Context,
  { isSilent }: Answers,
  source: Source,
): Promise<string> {
  if (prompts !== undefined && !isSilent)
    return prompts.secret(`API token of ${source.target.title}`);
  const [variable = ""] = source.settings.token.variables;
  throw new UsageError(`there is no token: set ${variable}`);
}

async function scopeOf(
  answers: Answers,
  source: Source,
  scopes: readonly Scope[],
): Promise<string> {
  const { noun, title } = source.target;
  const choices = scopes.map(({ id, title: called }) => ({
    value: id,
    label: called === "" || called === id ? id : `${called} (${id})`,
  }));
  if (choices.length === 0) {
    throw new Error(
      `The token sees no ${noun} on ${title}. Create one there, or check ${source.holder.setting.key}.`,
    );
  }
  return answers.choice(noun, undefined, `Which ${noun}?`, choices);
}

/** What Pulumi takes as a project's name. */
function projectNameOf(folder: string): string {
  const words = basename(folder)
    .split(/[^\w-]+/u)
    .filter(Boolean);
  return words.join("-").slice(0, 100) || "my-addons";
}

function write(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content, { flag: "wx" });
  }
}

/** What prepares the stack: a command, and how it is shown. */
interface Preparation extends ShownCommand {
  readonly says: string;
}

function commandsOf(
  { runtime }: Context,
  source: Source,
  opened: OpenSource,
  folder: string,
  stack: string,
  token: string,
): Preparation[] {
  const { settings, holder } = source;
  const pulumi = (args: readonly string[], input?: string): Preparation => ({
    file: "pulumi",
    args,
    folder,
    says: ["pulumi", ...args.map(quoted)].join(" "),
    ...(input === undefined ? {} : { input }),
  });
  const own = ["--stack", stack];
  const base = findSetting(settings.baseUrl, () => undefined, runtime.env);
  const set = (key: string, value: string) => pulumi(["config", "set", key, value, ...own]);
  return [
    { file: "npm", args: ["install"], folder, says: "npm install" },
    pulumi(["stack", "select", "--create", stack]),
    // By standard input: arguments are seen by everybody on the machine.
    pulumi(["config", "set", "--secret", settings.token.key, ...own], token),
    ...(opened.holder === undefined ? [] : [set(holder.setting.key, opened.holder)]),
    ...(base === undefined
      ? []
      : [set(settings.baseUrl.key, safeBaseUrl(base.value, settings.baseUrl))]),
  ];
}

async function finish(
  context: Context,
  { json, yes, dir }: InitOptions,
  folder: string,
  files: Files,
  commands: readonly Preparation[],
): Promise<ExitCode> {
  const names = Object.keys(files);
  const up = "pulumi up";
  if (json) {
    const says = [...commands.map((command) => command.says), up];
    context.print(
      `${JSON.stringify({ formatVersion: 1, folder, files: names, commands: says }, undefined, 2)}\n`,
    );
    return 0;
  }
  const go = dir === undefined ? [] : [`cd ${quoted(dir)}`];
  const shown = (lines: readonly string[]) =>
    lines.map((line) => paint(context.screen, "cyan", `  ${line}\n`)).join("");
  const wrap = await loadWrap();
  const { columns = Number.POSITIVE_INFINITY } = context.screen;
  context.print(`${wrap(`${names.join(", ")} written to ${folder}`, columns).join("\n")}\n`);
  const says = commands.map((command) => command.says);
  context.print(`The commands that prepare the stack:\n${shown([...go, ...says])}`);
  const agreed =
    yes || (context.prompts !== undefined && (await context.prompts.confirm("Run them now?")));
  if (!agreed) {
    context.print(`and then\n${shown([up])}`);
    return 0;
  }
  for (const command of commands) {
    const code = await attempt(context, command);
    if (code !== 0) return 1;
  }
  context.print(`next:\n${shown([...go, up])}`);
  return 0;
}

async function attempt(context: Context, command: Preparation): Promise<number> {
  try {
    const code = await context.show(command);
    if (code !== 0) say(context, `\`${command.says}\` failed; the message above says why`);
    return code;
  } catch (error) {
    say(context, `\`${command.says}\` could not be run: ${messageOf(error)}`);
    return 1;
  }
}
