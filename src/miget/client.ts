import type { HttpClient } from "../http/client";
import { anything } from "../http/codecs";
import { absentAsUndefined, isFound } from "../http/errors";
import { pathTo } from "../http/path";
import type { RequestContext } from "../provider/kind";
import { MigetAccountClient } from "./account-client";
import {
  type AddonBody,
  AddonAnswer,
  AddonListAnswer,
  type AppVariable,
  AppVariablesAnswer,
  type ListedBody,
} from "./codecs";

/** What PATCH …/state takes. */
export type StateCommand = "process_start" | "process_stop";

/** The add-on calls of the Miget API, for one app; one method per endpoint, named as the API names it. */
export class MigetClient extends MigetAccountClient {
  private readonly addons: string;
  private readonly vars: string;

  constructor(http: HttpClient, appUuid: string, workspaceId: string | undefined) {
    super(http, workspaceId);
    this.addons = `${pathTo("apps", appUuid)}/addons`;
    this.vars = `${pathTo("apps", appUuid)}/vars`;
  }

  listAddons(call: RequestContext): Promise<ListedBody[]> {
    return this.send(call, AddonListAnswer, {
      operation: "list the app's add-ons",
      method: "GET",
      path: this.addons,
      repeatable: true,
      permission: "apps:view",
    });
  }

  /** Undefined if there is none, or the token may not see it. */
  async getAddon(uuid: string, call: RequestContext): Promise<AddonBody | undefined> {
    return absentAsUndefined(
      this.send(call, AddonAnswer, {
        operation: "read the add-on",
        method: "GET",
        path: this.addon(uuid),
        repeatable: true,
        permission: "apps:view",
      }),
    );
  }

  /** Not repeatable: the API knows no idempotency key, and labels are not unique. */
  createAddon(body: unknown, call: RequestContext): Promise<AddonBody> {
    return this.send(call, AddonAnswer, {
      operation: "create the add-on",
      method: "POST",
      path: this.addons,
      body,
      repeatable: false,
      permission: "apps:operate",
    });
  }

  /** What actions answer is not documented (an add-on, a message, nothing), so it is not used. */
  updateAddon(uuid: string, body: unknown, call: RequestContext): Promise<unknown> {
    return this.send(call, anything, {
      operation: "update the add-on",
      method: "PUT",
      path: this.addon(uuid),
      body,
      repeatable: true,
      permission: "apps:operate",
    });
  }

  changeAddonState(uuid: string, state: StateCommand, call: RequestContext): Promise<unknown> {
    return this.send(call, anything, {
      operation: state === "process_stop" ? "stop the add-on" : "start the add-on",
      method: "PATCH",
      path: `${this.addon(uuid)}/state`,
      body: { state },
      repeatable: true,
      permission: "apps:operate",
    });
  }

  /** Not repeatable: each call makes a new password. */
  rotatePassword(uuid: string, call: RequestContext): Promise<unknown> {
    return this.send(call, anything, {
      operation: "rotate the add-on's password",
      method: "POST",
      path: `${this.addon(uuid)}/rotate_password`,
      repeatable: false,
      permission: "apps:operate",
    });
  }

  /** Not repeatable: a second one is refused. */
  promoteExternal(uuid: string, call: RequestContext): Promise<unknown> {
    return this.send(call, anything, {
      operation: "promote the replica",
      method: "POST",
      path: `${this.addon(uuid)}/promote_external`,
      repeatable: false,
      permission: "apps:operate",
    });
  }

  listAppVars(call: RequestContext): Promise<readonly AppVariable[]> {
    return this.send(call, AppVariablesAnswer, {
      operation: "list the app's variables",
      method: "GET",
      path: this.vars,
      repeatable: true,
      permission: "apps:view",
    });
  }

  setAppVar(key: string, value: string, call: RequestContext): Promise<unknown> {
    return this.send(call, anything, {
      operation: `set the app's variable ${key}`,
      method: "PUT",
      path: this.vars,
      body: { key, value },
      repeatable: true,
      permission: "apps:operate",
    });
  }

  /** False where the answer is 404. */
  async deleteAddon(uuid: string, call: RequestContext): Promise<boolean> {
    return isFound(
      this.send(call, anything, {
        operation: "delete the add-on",
        method: "DELETE",
        path: this.addon(uuid),
        repeatable: true,
        permission: "apps:manage",
      }),
    );
  }

  private addon(uuid: string): string {
    return `${this.addons}${pathTo(uuid)}`;
  }
}
