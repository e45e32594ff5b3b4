import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isRecord } from "../../fields/values";
import { version as ownVersion } from "../../zz_package";
import type { CommandResult, Context } from "../context";
import { projectFolder } from "../stack-config";
import type { Check } from "./check";
import { isAtLeast, isWithin, numbersOf } from "./versions";

const own = "pulumi-paas-addons";
const sdk = "@pulumi/pulumi";
const manifests = { own: `${own}/package.json`, sdk: `${sdk}/package.json` };

/** What is installed here. */
export interface LocalFacts {
  readonly nodeVersion: string;
  /** The oldest versions that will do, of the package's own manifest. */
  readonly oldest: { readonly node: string; readonly sdk: string };
  readonly ownVersion: string;
  /** The folder with Pulumi.yaml, or the one that it is called in. */
  readonly folder: string;
  readonly isProject: boolean;
  /** As the engine's plugin looks it up; undefined: it would not find it. */
  readonly packageVersion: string | undefined;
  /** Whether the project's package.json names it. */
  readonly isDependency: boolean;
  readonly sdkVersion: string | undefined;
  /** What `pulumi version` came to. */
  readonly cli: CommandResult;
}

export async function localFacts(context: Context): Promise<LocalFacts> {
  const found = projectFolder(context.folder);
  const folder = found ?? context.folder;
  const require = createRequire(join(folder, "program.js"));
  const manifest = manifestAt(join(folder, "package.json"));
  return {
    nodeVersion: context.nodeVersion,
    oldest: oldestVersions(),
    ownVersion,
    folder,
    isProject: found !== undefined,
    packageVersion: isInstalled(folder) ? versionOf(require, manifests.own) : undefined,
    isDependency: ["dependencies", "devDependencies", "optionalDependencies"].some((kind) => {
      const list = manifest[kind];
      return isRecord(list) && own in list;
    }),
    sdkVersion: versionOf(require, manifests.sdk),
    cli: await context.run("pulumi", ["version"], folder),
  };
}

/** The oldest versions that will do, of the package's own manifest. */
export function oldestVersions(): LocalFacts["oldest"] {
  const own = join(__dirname, "..", "..", "..", "package.json");
  const { engines, peerDependencies } = manifestAt(own);
  const least = (record: unknown, name: string) => {
    const range = isRecord(record) ? record[name] : undefined;
    return typeof range === "string" ? range.replace(/^[^\d]*/u, "") : "0.0.0";
  };
  return { node: least(engines, "node"), sdk: least(peerDependencies, sdk) };
}

function manifestAt(file: string): Record<string, unknown> {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isRecord(manifest) ? manifest : {};
  } catch {
    return {};
  }
}

/** Whether the engine's plugin finds the package from the folder of a project. */
export function isInstalled(folder: string): boolean {
  try {
    createRequire(join(folder, "program.js")).resolve(`${own}/miget/provider`);
    return true;
  } catch {
    return false;
  }
}

function versionOf(require: NodeJS.Require, id: string): string | undefined {
  try {
    const { version } = manifestAt(require.resolve(id));
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

/** What is to be said of it. */
export function localChecks(facts: LocalFacts): Check[] {
  return [
    nodeCheck(facts),
    projectCheck(facts),
    packageCheck(facts),
    sdkCheck(facts),
    cliCheck(facts),
  ];
}

function nodeCheck({ nodeVersion, oldest }: LocalFacts): Check {
  const subject = { id: "node", subject: "Node" };
  return isAtLeast(nodeVersion, oldest.node) === true
    ? { ...subject, verdict: "ok", says: nodeVersion }
    : {
        ...subject,
        verdict: "fail",
        says: `${nodeVersion} is too old`,
        advice: `Install ${oldest.node} or later.`,
      };
}

function projectCheck({ isProject, folder }: LocalFacts): Check {
  const subject = { id: "project", subject: "Pulumi project" };
  return isProject
    ? { ...subject, verdict: "ok", says: folder }
    : {
        ...subject,
        verdict: "warn",
        says: `there is no Pulumi.yaml in ${folder} or above`,
        advice: "Run this in the folder of your Pulumi project.",
      };
}

function packageCheck(facts: LocalFacts): Check {
  const { packageVersion, isDependency, ownVersion: running, folder } = facts;
  const subject = { id: "package", subject: own };
  const install = `Run \`npm install ${own}\` (or the same with your package manager) in ${folder}.`;
  if (packageVersion === undefined) {
    return {
      ...subject,
      verdict: "fail",
      says: "the engine would not find it from the project's folder",
      advice: install,
    };
  }
  if (!isDependency) {
    return {
      ...subject,
      verdict: "warn",
      says: `${packageVersion}, found by chance: the project's package.json does not name it`,
      advice: install,
    };
  }
  if (packageVersion !== running) {
    return {
      ...subject,
      verdict: "warn",
      says: `${packageVersion} in the project, but this is ${running}`,
      advice: `Use one version: \`npm install ${own}@${running}\`, or run \`npx ${own}\` in ${folder}.`,
    };
  }
  return { ...subject, verdict: "ok", says: packageVersion };
}

function sdkCheck({ sdkVersion, oldest }: LocalFacts): Check {
  const subject = { id: "sdk", subject: sdk };
  const range = `^${oldest.sdk}`;
  const advice = `Run \`npm install ${sdk}@${range}\`.`;
  if (sdkVersion === undefined) {
    return { ...subject, verdict: "fail", says: "is not installed in the project", advice };
  }
  return isWithin(sdkVersion, oldest.sdk) === true
    ? { ...subject, verdict: "ok", says: sdkVersion }
    : { ...subject, verdict: "fail", says: `${sdkVersion} is not in the range ${range}`, advice };
}

function cliCheck({ cli, oldest }: LocalFacts): Check {
  const subject = { id: "cli", subject: "Pulumi CLI" };
  const advice = "See https://www.pulumi.com/docs/install/.";
  if ("problem" in cli || cli.code !== 0) {
    const isMissing = "problem" in cli && cli.problem === "missing";
    const says = isMissing ? "is not on PATH" : "`pulumi version` does not work";
    return { ...subject, verdict: "fail", says, advice };
  }
  const version = cli.stdout.trim();
  if (numbersOf(version) === undefined) {
    return {
      ...subject,
      verdict: "warn",
      says: "`pulumi version` prints no version number",
      advice,
    };
  }
  return isWithin(version, oldest.sdk) === true
    ? { ...subject, verdict: "ok", says: version }
    : {
        ...subject,
        verdict: "fail",
        says: `${version} is not in the range ^${oldest.sdk}`,
        advice: `Install a version in it: ${advice}`,
      };
}
