import type { ReadConfig, Runtime } from "../provider/kind";
import { findSetting } from "../provider/settings";
import { UsageError } from "./context";
import type { Source } from "./source";
import type { PlatformName } from "./sources";

/** Which platform, and where on it, as the command line says it. */
export interface PlaceOptions {
  readonly platform?: string;
  readonly project: readonly string[];
  readonly app: readonly string[];
  readonly team?: string;
  readonly workspace?: string;
}

/** A platform that is meant. */
export interface Selection {
  readonly source: Source;
  /** Ids of apps or projects; none where none is named. */
  readonly scopes: readonly string[];
  readonly holder?: string;
}

/**
 * The platforms that are meant: the one that is named, else those of which an option tells, else all.
 * Throws for options that do not go together or are no ids.
 */
export function selectionsOf(
  sources: Readonly<Record<PlatformName, Source>>,
  options: PlaceOptions,
): Selection[] {
  const all: readonly (readonly [PlatformName, Selection])[] = [
    ["miget", selection(sources.miget, options.app, options.workspace)],
    ["northflank", selection(sources.northflank, options.project, options.team)],
  ];
  const named = all.filter(([name]) => name === options.platform);
  const isMeant = ({ scopes, holder }: Selection) => scopes.length > 0 || holder !== undefined;
  const meant = all.filter(([, each]) => isMeant(each));
  const stray = meant.find(([name]) => options.platform !== undefined && name !== options.platform);
  if (stray !== undefined) {
    const [, { source }] = stray;
    throw new UsageError(
      `--${source.target.noun} and --${source.holder.noun} are of ${source.target.title}, not of ${String(options.platform)}`,
    );
  }
  const chosen = named.length > 0 ? named : meant.length > 0 ? meant : all;
  for (const [, each] of chosen) assertIds(each);
  return chosen.map(([, each]) => each);
}

function selection(
  source: Source,
  scopes: readonly string[],
  holder: string | undefined,
): Selection {
  return { source, scopes: [...new Set(scopes)], ...(holder === undefined ? {} : { holder }) };
}

function assertIds({ source, scopes, holder }: Selection): void {
  const all = [
    ...scopes.map((id) => ({ option: source.target.noun, kind: "scope" as const, id })),
    ...(holder === undefined
      ? []
      : [{ option: source.holder.noun, kind: "holder" as const, id: holder }]),
  ];
  for (const { option, kind, id } of all) {
    const misfit = source.misfit(kind, id);
    if (misfit !== undefined) throw new UsageError(`--${option} ${misfit}`);
  }
}

/** Whether there is a token for it. */
export function hasToken(source: Source, config: ReadConfig, env: Runtime["env"]): boolean {
  return findSetting(source.settings.token, config, env) !== undefined;
}
