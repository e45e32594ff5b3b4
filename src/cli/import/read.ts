import { findSetting, safeBaseUrl } from "../../provider/settings";
import { deadlineIn } from "../../http/deadline";
import { AuthenticationError, messageOf } from "../../http/errors";
import type { RequestContext, ListedAddon } from "../../provider/kind";
import { inParallel } from "../in-parallel";
import type { ProgressBar } from "../progress-bar";
import type { Access, OpenSource, Source } from "../source";
import { emptySurvey, merged, type Survey, type Target, type Unread } from "./survey";

/** What to read of one platform. */
export interface Order {
  readonly source: Source;
  readonly access: Access;
  /** Ids of apps or projects; undefined: all that the token sees. */
  readonly scopes: readonly string[] | undefined;
  /** Ids of add-ons, with or without their app or project before them; undefined: all. */
  readonly ids: ReadonlySet<string> | undefined;
  readonly given: ReadonlyMap<string, string>;
}

/** Add-ons that are read at once. */
const atOnce = 8;
/** Milliseconds that a request may take with all its repetitions. */
const limit = 5 * 60_000;

/** Reads the add-ons of a platform. What cannot be read is told; a refused token ends it. */
export async function readAddons(order: Order, bar: ProgressBar): Promise<Survey> {
  const { source, access } = order;
  const opened = source.open(access);
  const targets = [targetOf(source, access)];
  const { platform } = source.target;
  const call = (): RequestContext => ({
    deadline: deadlineIn(access.runtime.clock, limit),
    secrets: [],
  });
  let scopes = order.scopes;
  if (scopes === undefined) {
    const all = await attempt(() => opened.scopes(call()));
    if ("problem" in all) {
      return { ...emptySurvey, targets, unread: [{ platform, reason: all.problem }] };
    }
    scopes = all.value.map(({ id }) => id);
  }
  bar.expect(scopes.length);
  const surveys = await inParallel(scopes, atOnce, (scope) =>
    readScope(order, opened, scope, call, bar),
  );
  return merged([{ ...emptySurvey, targets }, ...surveys]);
}

async function readScope(
  { source, ids, given }: Order,
  opened: OpenSource,
  scope: string,
  call: () => RequestContext,
  bar: ProgressBar,
): Promise<Survey> {
  const { platform } = source.target;
  const list = await attempt(() => opened.list(scope, call()));
  if ("problem" in list) {
    bar.advance();
    const unread: Unread = { platform, scope, reason: list.problem };
    return { ...emptySurvey, unread: [unread] };
  }
  const wanted = list.value
    .filter(({ key }) => ids === undefined || ids.has(key) || ids.has(`${scope}/${key}`))
    .sort(byTitle);
  bar.expect(wanted.length);
  bar.advance();
  const surveys = await inParallel(wanted, atOnce, async (listed): Promise<Survey> => {
    const read = await attempt(() => opened.inspect(scope, listed, list.value, given, call()));
    bar.advance();
    if ("problem" in read) {
      const { key, title, type } = listed;
      const reason = `it could not be read: ${read.problem}`;
      const skipped = { platform, scope, key, title, type, reason, failed: true };
      return { ...emptySurvey, skipped: [skipped] };
    }
    return "found" in read.value
      ? { ...emptySurvey, found: [read.value.found] }
      : { ...emptySurvey, skipped: [read.value.skipped] };
  });
  return merged(surveys);
}

/** By code, so that the same add-ons give the same program on every machine. */
function byTitle(a: ListedAddon, b: ListedAddon): number {
  const [left, right] = [`${a.title} ${a.key}`, `${b.title} ${b.key}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

async function attempt<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly problem: string }> {
  try {
    return { value: await work() };
  } catch (error) {
    // With a token that is refused nothing else would work either.
    if (error instanceof AuthenticationError) throw error;
    return { problem: messageOf(error) };
  }
}

function targetOf({ target, settings }: Source, { config, runtime }: Access): Target {
  const { key, default: usual } = settings.baseUrl;
  const found = findSetting(settings.baseUrl, config, runtime.env);
  const value = found === undefined ? usual : safeBaseUrl(found.value, settings.baseUrl);
  const token = findSetting(settings.token, config, runtime.env);
  return {
    ...target,
    hasToken: token?.from === settings.token.key,
    ...(value === usual || found?.from === key ? {} : { baseUrl: { key, value } }),
  };
}
