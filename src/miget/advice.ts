import type { Refusal } from "../http/request";
import { fields } from "./fields";

/** What to do about a refusal of Miget's, where its status alone does not say. */
export function advise({ status, said = "", method }: Refusal): string | undefined {
  if (status === 403 && /suspend/iu.test(said)) {
    return "The workspace has to be active again before anything can be read or changed.";
  }
  if (status === 403 && /workspace/iu.test(said)) {
    return "Set miget:workspaceId to the token's own workspace, or use a token of this one.";
  }
  if (status === 404 && method !== "DELETE") {
    return "Check appUuid and miget:workspaceId; what the token may not see counts as not there.";
  }
  if (status === 422 && /capacity/iu.test(said)) {
    return "Enlarge the app's resource, free some of it, or ask for less memory or disk.";
  }
  if (status === 400 || status === 422) return correctionAdvice(inputIn(said));
  return undefined;
}

/** The input that the platform means, which names it as its API does. */
function inputIn(said: string): string | undefined {
  const words = said.match(/[a-z\d_]+/giu) ?? [];
  return Object.entries(fields).find(([path, field]) => {
    const api: string | undefined = "api" in field ? field.api : undefined;
    return api !== undefined && api !== path && words.some((word) => word === api);
  })?.[0];
}

function correctionAdvice(input: string | undefined): string {
  if (input === undefined) return "Correct the input that it names, and run it again.";
  const isVersion = input.endsWith("Version");
  const hint = isVersion ? ': a version that Miget offers, mostly a major one such as "17"' : "";
  return `That is the input ${input}${hint}. Correct it, and run it again.`;
}
