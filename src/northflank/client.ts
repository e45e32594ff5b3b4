import type * as t from "io-ts";
import type { HttpClient } from "../http/client";
import { anything } from "../http/codecs";
import { absentAsUndefined, UndecodableError } from "../http/errors";
import { pathTo } from "../http/path";
import type { ApiRequest } from "../http/request";
import type { Call } from "../lifecycle/platform";
import {
  AddonAnswer,
  AddonListAnswer,
  type AddonType,
  AddonTypeListAnswer,
  type Credentials,
  CredentialsAnswer,
  entityOf,
  listedOf,
  type Page,
  type Plan,
  PlanListAnswer,
  type NorthflankEntity,
  type Schedule,
  ScheduleListAnswer,
  VersionAnswer,
  type Versions,
} from "./codecs";

const perPage = "100";
/** Pages of one list: more is no list of anybody's add-ons. */
const mostPages = 200;
/** Pages in a row that bring nothing new. */
const mostBarren = 3;
const may = (permission: string) => `Project > Addons > General > ${permission}`;

/** The add-on calls of the Northflank API, for one project; one method per endpoint, named as the API names it. */
export class NorthflankClient {
  private readonly addons: string;

  constructor(
    private readonly http: HttpClient,
    projectId: string,
    teamId: string | undefined,
  ) {
    const team = teamId === undefined ? "" : pathTo("teams", teamId);
    this.addons = `${team}${pathTo("projects", projectId)}/addons`;
  }

  /** All pages. */
  async listAddons(call: Call) {
    return this.pages(call, AddonListAnswer, "list the project's add-ons", this.addons, (answer) =>
      answer.data.addons.map(listedOf),
    );
  }

  /** Undefined if there is none, or the token may not see it. */
  async getAddon(id: string, call: Call): Promise<NorthflankEntity | undefined> {
    const answer = await absentAsUndefined(
      this.send(call, AddonAnswer, { ...this.read("read the add-on"), path: this.addon(id) }),
    );
    return answer === undefined ? undefined : entityOf(answer.data);
  }

  async createAddon(body: unknown, call: Call): Promise<NorthflankEntity> {
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

  patchAddon(id: string, body: unknown, call: Call): Promise<unknown> {
    return this.send(call, anything, {
      ...this.write("change the add-on"),
      method: "PATCH",
      path: this.addon(id),
      body,
      repeatable: true,
    });
  }

  /** Absent counts as deleted. `beforeRepeat`: by then another add-on may have the name. */
  async deleteAddon(id: string, call: Call, beforeRepeat?: () => Promise<void>): Promise<void> {
    await absentAsUndefined(
      this.send(call, anything, {
        operation: "delete the add-on",
        method: "DELETE",
        path: this.addon(id),
        repeatable: true,
        beforeRepeat,
        permission: may("Delete"),
      }),
    );
  }

  pauseAddon(id: string, call: Call): Promise<unknown> {
    return this.post("pause the add-on", `${this.addon(id)}/pause`, true, call);
  }

  resumeAddon(id: string, call: Call): Promise<unknown> {
    return this.post("resume the add-on", `${this.addon(id)}/resume`, true, call);
  }

  async getAddonCredentials(id: string, call: Call): Promise<Credentials> {
    const answer = await this.send(call, CredentialsAnswer, {
      ...this.read("read the add-on's credentials"),
      path: `${this.addon(id)}/credentials`,
      permission: `${may("Read Spec")}" or "${may("Read")}`,
    });
    return answer.data;
  }

  async getAddonVersion(id: string, call: Call): Promise<Versions> {
    const answer = await this.send(call, VersionAnswer, {
      ...this.read("read the versions on offer"),
      path: `${this.addon(id)}/version`,
    });
    return answer.data;
  }

  upgradeAddonVersion(id: string, version: string, call: Call): Promise<unknown> {
    return this.post("upgrade the add-on", `${this.addon(id)}/version`, false, call, { version });
  }

  /** Not repeatable: each call makes new credentials. */
  startAddonSecretRotation(id: string, call: Call): Promise<unknown> {
    return this.post("rotate the credentials", `${this.addon(id)}/secret-rotation`, false, call);
  }

  finaliseAddonSecretRotation(id: string, call: Call): Promise<unknown> {
    return this.post(
      "end the former credentials",
      `${this.addon(id)}/secret-rotation/finalise`,
      false,
      call,
    );
  }

  async listAddonBackupSchedules(id: string, call: Call): Promise<readonly Schedule[]> {
    const path = `${this.addon(id)}/backup-schedules`;
    return this.pages(
      call,
      ScheduleListAnswer,
      "list the backup schedules",
      path,
      (answer) => answer.data.schedules ?? [],
    );
  }

  createAddonBackupSchedule(id: string, body: unknown, call: Call): Promise<unknown> {
    return this.post(
      "add a backup schedule",
      `${this.addon(id)}/backup-schedules`,
      false,
      call,
      body,
    );
  }

  /** Absent counts as removed. */
  async deleteAddonBackupSchedule(id: string, scheduleId: string, call: Call): Promise<void> {
    await absentAsUndefined(
      this.send(call, anything, {
        ...this.write("remove a backup schedule"),
        method: "DELETE",
        path: `${this.addon(id)}/backup-schedules${pathTo(scheduleId)}`,
        repeatable: true,
      }),
    );
  }

  /** What can be created at all; of no project. */
  async listAddonTypes(call: Call): Promise<readonly AddonType[]> {
    const request = { ...this.read("list the add-on types"), path: "/addon-types" };
    return (await this.send(call, AddonTypeListAnswer, request)).data.addonTypes;
  }

  async listPlans(call: Call): Promise<readonly Plan[]> {
    const request = { ...this.read("list the plans"), path: "/plans" };
    return (await this.send(call, PlanListAnswer, request)).data.plans;
  }

  private async pages<A extends Page, I extends { readonly key: string } | { readonly id: string }>(
    call: Call,
    decoder: t.Decoder<unknown, A>,
    operation: string,
    path: string,
    itemsOf: (answer: A) => readonly I[],
  ): Promise<I[]> {
    const items: I[] = [];
    const seen = new Set<string>();
    const known = new Set<string>();
    let barren = 0;
    let query: Record<string, string> = { per_page: perPage };
    for (;;) {
      const answer = await this.send(call, decoder, { ...this.read(operation), path, query });
      const found = itemsOf(answer);
      for (const item of found) items.push(item);
      barren = found.some((item) => !known.has(idOf(item))) ? 0 : barren + 1;
      found.forEach((item) => known.add(idOf(item)));
      const { hasNextPage, cursor } = answer.pagination ?? {};
      // A cursor that comes again would go round for ever.
      if (hasNextPage !== true || typeof cursor !== "string" || cursor === "" || seen.has(cursor))
        return items;
      seen.add(cursor);
      if (barren >= mostBarren || seen.size >= mostPages) throw endless(operation);
      query = { per_page: perPage, cursor };
    }
  }

  private post(
    operation: string,
    path: string,
    repeatable: boolean,
    call: Call,
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

  private read(operation: string) {
    return { operation, method: "GET" as const, repeatable: true, permission: may("Read") };
  }

  private write(operation: string) {
    return { operation, permission: may("Update") };
  }

  private addon(id: string): string {
    return `${this.addons}${pathTo(id)}`;
  }

  private send<A>(
    call: Call,
    decoder: t.Decoder<unknown, A>,
    request: Omit<ApiRequest<A>, "decoder" | "deadline" | "secrets">,
  ): Promise<A> {
    return this.http.send({ ...request, ...call, decoder });
  }
}

function idOf(item: { readonly key: string } | { readonly id: string }): string {
  return "key" in item ? item.key : item.id;
}

function endless(operation: string): UndecodableError {
  return new UndecodableError("Northflank's list goes on without an end", {
    operation,
    method: "GET",
    effect: "none",
    advice: "Check the base URL; if it is Northflank's, try again later.",
  });
}
