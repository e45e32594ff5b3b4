import type { HttpClient } from "../http/client";
import { anything } from "../http/codecs";
import { absentAsUndefined, isFound } from "../http/errors";
import { pathTo } from "../http/path";
import type { RequestContext } from "../provider/kind";
import { may, NorthflankAccountClient } from "./account-client";
import {
  AddonAnswer,
  AddonListAnswer,
  type Credentials,
  CredentialsAnswer,
  entityOf,
  listedOf,
  type RemoteNorthflankAddon,
  type Schedule,
  ScheduleListAnswer,
  VersionAnswer,
  type Versions,
} from "./codecs";

/** The add-on calls of the Northflank API, for one project; one method per endpoint, named as the API names it. */
export class NorthflankClient extends NorthflankAccountClient {
  private readonly addons: string;

  constructor(http: HttpClient, projectId: string, teamId: string | undefined) {
    super(http, teamId);
    this.addons = `${this.projects}${pathTo(projectId)}/addons`;
  }

  /** All pages. */
  async listAddons(call: RequestContext) {
    const request = { operation: "list the project's add-ons", path: this.addons };
    return this.pages(call, AddonListAnswer, request, (answer) => answer.data.addons.map(listedOf));
  }

  /** Undefined if there is none, or the token may not see it. */
  async getAddon(id: string, call: RequestContext): Promise<RemoteNorthflankAddon | undefined> {
    const answer = await absentAsUndefined(
      this.send(call, AddonAnswer, { ...this.read("read the add-on"), path: this.addon(id) }),
    );
    return answer === undefined ? undefined : entityOf(answer.data);
  }

  async createAddon(body: unknown, call: RequestContext): Promise<RemoteNorthflankAddon> {
    const answer = await this.send(call, AddonAnswer, {
      operation: "create the add-on",
      method: "POST",
      path: this.addons,
      body,
      repeatable: false,
      permission: may("Create"),
    });
    return entityOf(answer.data);
  }

  patchAddon(id: string, body: unknown, call: RequestContext): Promise<unknown> {
    return this.send(call, anything, {
      ...this.write("change the add-on"),
      method: "PATCH",
      path: this.addon(id),
      body,
      repeatable: true,
    });
  }

  /** False where the answer is 404. */
  async deleteAddon(id: string, call: RequestContext): Promise<boolean> {
    return isFound(
      this.send(call, anything, {
        operation: "delete the add-on",
        method: "DELETE",
        path: this.addon(id),
        repeatable: true,
        permission: may("Delete"),
      }),
    );
  }

  pauseAddon(id: string, call: RequestContext): Promise<unknown> {
    return this.post("pause the add-on", `${this.addon(id)}/pause`, true, call);
  }

  resumeAddon(id: string, call: RequestContext): Promise<unknown> {
    return this.post("resume the add-on", `${this.addon(id)}/resume`, true, call);
  }

  async getAddonCredentials(id: string, call: RequestContext): Promise<Credentials> {
    const answer = await this.send(call, CredentialsAnswer, {
      ...this.read("read the add-on's credentials"),
      path: `${this.addon(id)}/credentials`,
      permission: `${may("Read Spec")}" or "${may("Read")}`,
    });
    return answer.data;
  }

  async getAddonVersion(id: string, call: RequestContext): Promise<Versions> {
    const answer = await this.send(call, VersionAnswer, {
      ...this.read("read the versions on offer"),
      path: `${this.addon(id)}/version`,
    });
    return answer.data;
  }

  upgradeAddonVersion(id: string, version: string, call: RequestContext): Promise<unknown> {
    return this.post("upgrade the add-on", `${this.addon(id)}/version`, false, call, { version });
  }

  /** Not repeatable: each call makes new credentials. */
  startAddonSecretRotation(id: string, call: RequestContext): Promise<unknown> {
    return this.post("rotate the credentials", `${this.addon(id)}/secret-rotation`, false, call);
  }

  finaliseAddonSecretRotation(id: string, call: RequestContext): Promise<unknown> {
    return this.post(
      "end the former credentials",
      `${this.addon(id)}/secret-rotation/finalise`,
      false,
      call,
    );
  }

  async listAddonBackupSchedules(id: string, call: RequestContext): Promise<readonly Schedule[]> {
    const path = `${this.addon(id)}/backup-schedules`;
    const request = { operation: "list the backup schedules", path };
    return this.pages(call, ScheduleListAnswer, request, (answer) => answer.data.schedules ?? []);
  }

  createAddonBackupSchedule(id: string, body: unknown, call: RequestContext): Promise<unknown> {
    return this.post(
      "add a backup schedule",
      `${this.addon(id)}/backup-schedules`,
      false,
      call,
      body,
    );
  }

  /** Absent counts as removed. */
  async deleteAddonBackupSchedule(
    id: string,
    scheduleId: string,
    call: RequestContext,
  ): Promise<void> {
    await absentAsUndefined(
      this.send(call, anything, {
        ...this.write("remove a backup schedule"),
        method: "DELETE",
        path: `${this.addon(id)}/backup-schedules${pathTo(scheduleId)}`,
        repeatable: true,
      }),
    );
  }

  private post(
    operation: string,
    path: string,
    repeatable: boolean,
    call: RequestContext,
    body?: unknown,
  ): Promise<unknown> {
    return this.send(call, anything, {
      ...this.write(operation),
      method: "POST",
      path,
      repeatable,
      ...(body === undefined ? {} : { body }),
    });
  }

  private write(operation: string) {
    return { operation, permission: may("Update") };
  }

  private addon(id: string): string {
    return `${this.addons}${pathTo(id)}`;
  }
}
