import type { Refusal } from "../http/request";

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
  if (status === 400 || status === 422) return "Correct the input that it names, and run it again.";
  return undefined;
}
