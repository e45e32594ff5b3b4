import { existsSync, mkdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { sdkFolder, type FoundCli } from "../../scripts/cli/index";

/** The folders of one isolated use of the engine. */
export interface EngineFolders {
  readonly root: string;
  readonly project: string;
  readonly state: string;
  readonly pulumiHome: string;
  readonly events: string;
}

/** What every process of one project carries in its environment. */
export const markerName = "PAAS_ADDONS_TEST_PROJECT";

export function engineFolders(root: string): EngineFolders {
  const folders = {
    root,
    project: join(root, "project"),
    state: join(root, "state"),
    pulumiHome: join(root, "pulumi-home"),
    events: join(root, "events"),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  for (const name of ["home", "tmp"]) mkdirSync(join(root, name), { recursive: true });
  return folders;
}

/** The whole environment of the CLI: of the caller's only PATH is taken over. */
export function engineEnvironment(
  cli: FoundCli,
  folders: EngineFolders,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    ...windowsBasics(),
    PATH: searchPath(cli),
    HOME: join(folders.root, "home"),
    TMPDIR: join(folders.root, "tmp"),
    PULUMI_HOME: folders.pulumiHome,
    PULUMI_BACKEND_URL: pathToFileURL(folders.state).href,
    PULUMI_CONFIG_PASSPHRASE: "test passphrase",
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Without it the CLI does not know the flag --event-log.
    PULUMI_DEBUG_COMMANDS: "true",
    [markerName]: folders.root,
    ...own,
  };
}

function searchPath(cli: FoundCli): string {
  const script = "pulumi-resource-pulumi-nodejs";
  const hasScript = [script, `${script}.cmd`].some((name) => existsSync(join(cli.binDir, name)));
  const folders = [
    cli.binDir,
    // The node that runs the tests is the one to test with.
    dirname(process.execPath),
    ...(hasScript ? [] : [sdkFolder()]),
    process.env.PATH ?? "",
  ];
  return folders.join(delimiter);
}

function windowsBasics(): Record<string, string> {
  if (process.platform !== "win32") return {};
  const basics: Record<string, string> = {};
  for (const name of ["SystemRoot", "ComSpec", "PATHEXT", "TEMP", "TMP"]) {
    const value = process.env[name];
    if (value !== undefined) basics[name] = value;
  }
  return basics;
}
