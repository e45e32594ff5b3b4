import { DEFAULT_APP, DEFAULT_PROJECT, type LoggedRequest } from "../../emulator/index";

export type PlatformName = "miget" | "northflank";

const bases: Record<PlatformName, string> = {
  miget: `/api/v1/apps/${DEFAULT_APP}/addons`,
  northflank: `/v1/projects/${DEFAULT_PROJECT}/addons`,
};
const catalogue = ["/v1/addon-types", "/v1/plans"];
/** Where the app's own variables are, for those that follow a rotation. */
const variables = `/api/v1/apps/${DEFAULT_APP}/vars`;

/** What may follow an add-on's id in the path of a request. */
const actions: Record<PlatformName, RegExp> = {
  miget: /^(?:\/(?:state|rotate_password|promote_external))?$/u,
  northflank:
    /^(?:\/(?:pause|resume|credentials|version|secret-rotation(?:\/finalise)?|backup-schedules(?:\/(?!(?:\.|%2e){1,2}$)[^/]+)?))?$/iu,
};

/**
 * What is wrong with the requests: judged by their targets as they arrived, after whatever a URL
 * parser made of them. Only the add-ons with these ids may be written to.
 */
export function strayRequests(
  platform: PlatformName,
  requests: readonly LoggedRequest[],
  own: ReadonlySet<string>,
): string[] {
  return requests.flatMap(({ method, path }) => {
    if (method === "GET" && catalogue.includes(path)) return [];
    if (/^(?:GET|PUT)$/u.test(method) && path === variables) return [];
    const base = bases[platform];
    const stray = (why: string) => [`${method} ${path.slice(0, 300)} ${why}`];
    if (!path.startsWith(base)) return stray("leaves the app or project");
    const rest = path.slice(base.length);
    if (rest === "") return method === "GET" || method === "POST" ? [] : stray("is of no add-on");
    const [, key = "", action = ""] = /^\/([^/]+)(.*)$/u.exec(rest) ?? [];
    if (!actions[platform].test(action)) return stray("is no way of the API");
    if (method !== "GET" && !own.has(decoded(key))) return stray("writes to another add-on");
    return /^(?:\.|%2e){1,2}$/iu.test(key) ? stray("is a step up") : [];
  });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
