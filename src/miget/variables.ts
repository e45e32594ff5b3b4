import { isRecord, type Props } from "../fields/values";
import { parseUri } from "../provider/connection";
import type { RequestContext } from "../provider/kind";
import { UserError } from "../provider/state";
import type { MigetClient } from "./client";
import type { AppVariable, RemoteMigetAddon } from "./codecs";
import { detailsOf, variableNames } from "./connection";

/** What happens to the app's own variables, which keep a former password. */
export interface Variables {
  readonly client: MigetClient;
  readonly log: (line: string) => void;
  readonly label: string;
  /** The outputs that the state has: a stopped add-on does not show how to connect to it. */
  readonly known: Props;
}

/**
 * Sets the app's own variables to the URL of the add-on as it is now. The one with the add-on's name
 * is its own; a shared one such as DATABASE_URL may be another database's, so it is set only where it
 * shows this add-on's host.
 */
export async function syncVariables(
  { client, log, label, known }: Variables,
  { body }: RemoteMigetAddon,
  context: RequestContext,
): Promise<void> {
  const { uri, host, password } = detailsOf(body).connection ?? asRecord(known.connection);
  if (typeof uri !== "string" || typeof host !== "string") {
    throw new UserError(
      `${label} does not show how to connect to it, so the app's variables cannot be set. Set paused: false, and run \`pulumi up\` again.`,
    );
  }
  const [own, alias] = variableNames(body);
  const present = await client.listAppVars(context);
  const isShared = present.some(({ key, value }) => key === alias && isOf(value, host));
  const names = [own, isShared ? alias : undefined].filter((name) => name !== undefined);
  const secrets = [...context.secrets, uri, ...(typeof password === "string" ? [password] : [])];
  for (const name of names) await client.setAppVar(name, uri, { ...context, secrets });
  log(
    `${label}: the app's variables ${names.join(" and ")} have its URL. Redeploy the app, so that it sees them.`,
  );
}

function asRecord(value: unknown): Props {
  return isRecord(value) ? value : {};
}

function isOf(value: AppVariable["value"], host: string): boolean {
  return parseUri(value ?? "")?.host === host;
}

/** After a rotation that leaves them alone. */
export function warnOfVariables({ log, label }: Variables, { body }: RemoteMigetAddon): void {
  const names = variableNames(body).filter((name) => name !== undefined);
  log(
    `warning: ${label} has a new password, and the app's own variables (${names.join(", ")}) keep the former one. Set syncAppVariables: true, or change them on Miget; then redeploy the app.`,
  );
}
