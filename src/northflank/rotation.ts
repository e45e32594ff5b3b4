import { ConflictError } from "../http/errors";
import { isRecord } from "../fields/values";
import type { PreparedStep, RequestContext, StepChange } from "../provider/kind";
import { UserError } from "../provider/state";
import type { NorthflankClient } from "./client";
import type { RemoteNorthflankAddon } from "./codecs";
import { detailsOf } from "./connection";

type Prepared = PreparedStep<RemoteNorthflankAddon>;

/**
 * A rotation of the credentials. It is done when the credentials differ from those read just before
 * it; reads lag, so they are looked at for as long as the operation allows. Where they differ from
 * those of the state already, an interrupted run has rotated them, and nothing is sent.
 */
export async function prepareRotation(
  client: NorthflankClient,
  { addon, news, known, label }: StepChange<RemoteNorthflankAddon>,
  context: RequestContext,
): Promise<Prepared | undefined> {
  const { key } = addon;
  const former = await passwordOf(client, addon, context);
  const recorded = isRecord(known.connection) ? known.connection.password : undefined;
  if (typeof recorded === "string" && recorded !== former) return undefined;
  return {
    isSlow: true,
    effect: "new credentials",
    send: async (context) => {
      try {
        await client.startAddonSecretRotation(key, context);
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        const status = (await client.getAddon(key, context))?.rotation?.status;
        // A rotation is possible only once the one before is ended.
        if (status !== "rotated") throw error;
        if (news.keepOldPassword !== false) throw new UserError(formerValid(label));
        await client.finaliseAddonSecretRotation(key, context);
        throw error;
      }
    },
    isDone: async ({ rotation }, context) => {
      refuseFailed(label, rotation?.status, "failed");
      return (await passwordOf(client, addon, context)) !== former;
    },
  };
}

/** Ends the former credentials. */
export function prepareFinalise(
  client: NorthflankClient,
  { addon: { key }, label }: StepChange<RemoteNorthflankAddon>,
): Prepared | undefined {
  return {
    isSlow: true,
    effect: "the end of the former credentials",
    send: async (context) => {
      try {
        await client.finaliseAddonSecretRotation(key, context);
      } catch (error) {
        // There may be none to end.
        const status = (await client.getAddon(key, context))?.rotation?.status;
        if (!(error instanceof ConflictError) || isOpen(status)) throw error;
      }
    },
    isDone: ({ rotation }) => {
      refuseFailed(label, rotation?.status, "finalise-failed");
      return Promise.resolve(!isOpen(rotation?.status));
    },
  };
}

function formerValid(label: string): string {
  return `${label} cannot rotate its credentials: the former credentials of the rotation before are still valid. Set keepOldPassword: false and run \`pulumi up\` to end them and to rotate again. If that rotation is the one wanted here, begun by an interrupted run, put passwordVersion back to what it was.`;
}

function refuseFailed(label: string, status: string | undefined, failed: string): void {
  if (status !== failed) return;
  throw new UserError(
    `${label}: the rotation of its credentials ended as "${failed}". Run \`pulumi up\` again to repeat it; if it lasts, ask Northflank's support.`,
  );
}

/** The former credentials are valid until a rotation is finalised. */
function isOpen(status: string | undefined): boolean {
  return ["scheduled", "rotating", "rotated", "finalising"].includes(status ?? "");
}

/** The password of the ordinary user; where there is none, all that is secret. */
async function passwordOf(
  client: NorthflankClient,
  { key, type }: RemoteNorthflankAddon,
  context: RequestContext,
): Promise<string> {
  const credentials = await client.getAddonCredentials(key, context);
  const { connection } = detailsOf(type, credentials, false);
  return connection?.password ?? JSON.stringify(credentials.secrets ?? {});
}
