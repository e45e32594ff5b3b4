import { at, type Props, withAt } from "../../fields/values";
import type { Inputs, Missing } from "./inputs";
import { quoted } from "../shell";
import { Code, comment, literal, text } from "./literal";
import { nameAll, type ProgramName } from "./names";
import { adoptOf, type Found, type Place, type Survey, type Target } from "./survey";

export interface ProgramOptions {
  /** Keeps `pulumi destroy` and replacements from deleting the add-ons. */
  readonly protect: boolean;
  /** Whether the project has the package already. */
  readonly isInstalled: boolean;
}

/** An add-on and what it is called in the program. */
export interface Named {
  readonly addon: Found;
  readonly name: ProgramName;
}

/** In the order of the program. */
export function named({ found }: Survey): Named[] {
  const names = nameAll(found.map(({ title, name, key, type }) => [title, name ?? "", key, type]));
  return found.flatMap((addon, index) => {
    const name = names[index];
    return name === undefined ? [] : [{ addon, name }];
  });
}

/** The key of the stack's configuration that an input comes from which no answer tells. */
export function configKey({ variable }: ProgramName, { input }: Missing): string {
  return input
    .split(".")
    .reduce((key, part) => key + part.charAt(0).toUpperCase() + part.slice(1), variable);
}

/** A TypeScript program that takes over what was found and changes nothing about it. */
export function programOf(survey: Survey, options: ProgramOptions): string {
  const all = named(survey);
  const isShort = all.some(({ addon }) => addon.inputs.missing.length > 0);
  const classes = survey.targets
    .filter(({ platform }) => all.some(({ addon }) => addon.platform === platform))
    .map(({ className }) => className);
  return [
    ...head(survey, options),
    ...(isShort ? [`import * as pulumi from "@pulumi/pulumi";`] : []),
    classes.length === 0
      ? "export {};"
      : `import { ${[...new Set(classes)].sort().join(", ")} } from "pulumi-paas-addons";`,
    ...(isShort ? ["", "const config = new pulumi.Config();"] : []),
    ...survey.targets.flatMap((target) => scopesOf(target, survey, all, options)),
    "",
  ].join("\n");
}

/** What is still to be done before the program can run. */
export function setupOf(survey: Survey, { isInstalled }: ProgramOptions): Command[] {
  const all = named(survey);
  const used = survey.targets.filter((target) => all.some(({ addon }) => isOf(target, addon)));
  return [
    ...(isInstalled ? [] : [{ command: "npm install pulumi-paas-addons", why: "" }]),
    ...used.flatMap(({ tokenKey, hasToken, baseUrl }) => [
      ...(hasToken === true
        ? []
        : [{ command: `pulumi config set --secret ${tokenKey}`, why: "asks for the value" }]),
      ...(baseUrl === undefined
        ? []
        : [{ command: `pulumi config set ${baseUrl.key} ${quoted(baseUrl.value)}`, why: "" }]),
    ]),
    ...all.flatMap(({ addon, name }) =>
      addon.inputs.missing.map((input) => ({
        command: `pulumi config set ${configKey(name, input)} <${input.input}>`,
        why: `of ${text(addon.title)}, which the API does not tell`,
      })),
    ),
  ];
}

export interface Command {
  readonly command: string;
  readonly why: string;
}

function head(survey: Survey, options: ProgramOptions): string[] {
  const commands = setupOf(survey, options);
  const widest = Math.max(0, ...commands.map(({ command }) => command.length));
  return [
    ...comment(
      `Add-ons that exist, for Pulumi to take over. \`adopt\` finds each, and the inputs are what the platform tells of it, so that \`pulumi up\` changes nothing there.${commands.length === 0 ? "" : " Before it:"}`,
    ),
    "//",
    ...commands.map(({ command, why }) =>
      why === "" ? `//   ${command}` : `//   ${command.padEnd(widest)}  # ${why}`,
    ),
    ...(commands.length === 0 ? [] : ["//"]),
    ...comment(`After the first \`pulumi up\` ${removal}`),
    "//",
    ...comment(
      `What the API does not tell stays as it is on the platform. Write it down here before the first \`pulumi up\` if Pulumi is to know of it.${
        options.protect
          ? " `deletionProtection` keeps `pulumi destroy` from deleting a database; set it to false, and run `pulumi up`, where that is wanted."
          : ""
      }`,
    ),
  ];
}

/** Why `adopt` must not stay. */
export const removal = "remove `adopt`, since it would let another stack take the database over.";

/** The add-ons of a platform, by app or project, with what was left out. */
function scopesOf(
  target: Target,
  survey: Survey,
  all: readonly Named[],
  options: ProgramOptions,
): string[] {
  const { title, noun, platform } = target;
  const skipped = survey.skipped.filter((addon) => isOf(target, addon));
  const unread = survey.unread.filter((each) => each.platform === platform);
  const mine = all.filter(({ addon }) => isOf(target, addon));
  const scopes = new Set([
    ...mine.map(({ addon }) => addon.scope),
    ...skipped.map(({ scope }) => scope),
  ]);
  return [
    ...[...scopes].flatMap((scope) => [
      "",
      ...comment(`${title}, ${noun} ${scope}`),
      ...mine
        .filter(({ addon }) => addon.scope === scope)
        .flatMap(({ addon, name }) => ["", ...resource(target, addon, name, options)]),
      ...skipped
        .filter((addon) => addon.scope === scope)
        .flatMap(({ type, title: called, key, reason }) => [
          "",
          ...comment(`Not taken over: ${type} ${text(called)} (${key}): ${reason}`),
        ]),
    ]),
    ...unread.flatMap(({ scope, reason }) => [
      "",
      ...comment(
        scope === undefined
          ? `The ${noun}s of ${title} could not be listed: ${reason}`
          : `${title}, ${noun} ${scope}: could not be read: ${reason}`,
      ),
    ]),
  ];
}

function resource(
  { className }: Target,
  addon: Found,
  name: ProgramName,
  { protect }: ProgramOptions,
): string[] {
  const inputs = {
    adopt: adoptOf(addon),
    ...(protect ? { deletionProtection: true } : {}),
    ...filledIn(addon.inputs, name),
  };
  const open = `const ${name.variable} = new ${className}(${text(name.resource)}, `;
  return [...notes(addon), `${open}${broken(inputs, "")});`];
}

/** An object with a line for each property. */
function broken(object: Props, indent: string): string {
  return literal(object, indent, Number.POSITIVE_INFINITY);
}

/** The inputs, with the configuration in place of what is missing. */
function filledIn({ values, missing, order }: Inputs, name: ProgramName): Props {
  const ordered = order.reduce<Props>((props, path) => {
    const gap = missing.find(({ input }) => input === path);
    return withAt(props, path, gap === undefined ? at(values, path) : fromConfig(gap, name));
  }, {});
  // Where it is comes first.
  const place = Object.entries(values).filter(([key]) => !(key in ordered));
  return { ...Object.fromEntries(place), ...ordered };
}

function fromConfig(gap: Missing, name: ProgramName): Code {
  const key = text(configKey(name, gap));
  if (/^(?:number|integer)/u.test(gap.type)) return new Code(`config.requireNumber(${key})`);
  const choice = gap.type.startsWith('"') ? `<${gap.type}>` : "";
  return new Code(`config.require${choice}(${key})`);
}

function notes({ inputs, remarks, warning }: Found): string[] {
  const { leftOut, untold } = inputs;
  return [
    ...(warning === undefined ? [] : comment(warning)),
    ...remarks.flatMap((remark) => comment(remark)),
    ...leftOut.flatMap(({ input, reason }) =>
      comment(`Without ${input}: ${reason.includes(input) ? reason : `it ${reason}`}.`),
    ),
    ...(untold.length === 0 ? [] : comment(`The API does not tell: ${untold.join(", ")}.`)),
  ];
}

function isOf({ platform }: Target, addon: Place): boolean {
  return addon.platform === platform;
}
