import { isRecord } from "../fields/values";
import type { PreparedStep, RequestContext, StepChange } from "../provider/kind";
import { UserError } from "../provider/state";
import type { RemoteMigetAddon } from "./codecs";
import { detailsOf } from "./connection";
import { phaseOf } from "./states";
import { syncVariables, type Variables, warnOfVariables } from "./variables";

/**
 * A rotation is done when the password differs from the one read just before it, and the app's
 * variables have it where that is wanted. Where it differs from that of the state already, an
 * interrupted run has rotated it, and only the variables are left.
 */
export function prepareRotation(
  variables: Variables,
  { addon, known, news, label }: StepChange<RemoteMigetAddon>,
): PreparedStep<RemoteMigetAddon> | undefined {
  const { client } = variables;
  const { key } = addon;
  if (phaseOf(addon.state) === "paused") {
    throw new UserError(
      `${label} cannot get a new password while it is stopped, since Miget would not show it. Set paused: false with the new passwordVersion; it can be paused again afterwards.`,
    );
  }
  const follow = async (seen: RemoteMigetAddon, context: RequestContext) => {
    if (news.syncAppVariables === true) await syncVariables(variables, seen, context);
    else warnOfVariables(variables, seen);
  };
  const former = passwordOf(addon);
  const recorded = isRecord(known.connection) ? known.connection.password : undefined;
  if (typeof recorded === "string" && former !== undefined && former !== recorded) {
    return { send: (context) => follow(addon, context) };
  }
  let isFollowed = false;
  return {
    isSlow: true,
    effect: "the new password",
    send: (context) => client.rotatePassword(key, context),
    isDone: async (seen, context) => {
      const password = passwordOf(seen);
      if (password === undefined || password === former) return false;
      if (!isFollowed) await follow(seen, context);
      isFollowed = true;
      return true;
    },
  };
}

function passwordOf({ body }: RemoteMigetAddon): string | undefined {
  const password = detailsOf(body).connection?.password;
  return typeof password === "string" ? password : undefined;
}
