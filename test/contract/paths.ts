import type { Operation } from "./document";

export interface PathMatch {
  readonly operation: Operation;
  /** The path's parameters, percent-decoded; with `teamId` where the team form was used. */
  readonly params: Readonly<Record<string, string>>;
}

const decode = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

function matchTemplate(template: string, parts: string[]): Record<string, string> | undefined {
  const wanted = template.split("/");
  if (wanted.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, piece] of wanted.entries()) {
    const part = decode(parts[index] ?? "");
    if (part === undefined) return undefined;
    const name = /^\{(.+)\}$/.exec(piece)?.[1];
    if (name === undefined ? part !== piece : part === "") return undefined;
    if (name !== undefined) params[name] = part;
  }
  return params;
}

/** The team form: `/v1/teams/{teamId}/projects/…` stands for `/v1/projects/…`. */
const teamForm = "/v1/teams/{teamId}/projects";

const templatesOf = (operation: Operation): string[] =>
  operation.teamForm
    ? [operation.path, operation.path.replace(/^\/v1\/projects/, teamForm)]
    : [operation.path];

export function matchPath(
  operations: readonly Operation[],
  method: string,
  path: string,
): PathMatch | undefined {
  const parts = path.split("/");
  for (const operation of operations) {
    if (operation.method !== method.toUpperCase()) continue;
    for (const template of templatesOf(operation)) {
      const params = matchTemplate(template, parts);
      if (params) return { operation, params };
    }
  }
  return undefined;
}
