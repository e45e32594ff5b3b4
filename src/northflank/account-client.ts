import type * as t from "io-ts";
import type { HttpClient } from "../http/client";
import { pathTo } from "../http/path";
import type { ApiRequest } from "../http/request";
import type { Call } from "../lifecycle/platform";
import {
  type AddonType,
  AddonTypeListAnswer,
  type Page,
  type Plan,
  PlanListAnswer,
  type Project,
  ProjectListAnswer,
} from "./codecs";

const perPage = "100";

/** The permission as Northflank's role editor names it. */
export const may = (permission: string) => `Project > Addons > General > ${permission}`;

/** The calls of the Northflank API that are of no project; one method per endpoint, named as the API names it. */
export class NorthflankAccountClient {
  protected readonly projects: string;

  constructor(
    private readonly http: HttpClient,
    teamId: string | undefined,
  ) {
    this.projects = `${teamId === undefined ? "" : pathTo("teams", teamId)}/projects`;
  }

  /** All pages. */
  listProjects(call: Call): Promise<readonly Project[]> {
    const permission = "Project > Projects > Manage > Read";
    const request = { operation: "list the projects", path: this.projects, permission };
    return this.pages(call, ProjectListAnswer, request, (answer) => answer.data.projects);
  }

  /** What can be created at all. */
  async listAddonTypes(call: Call): Promise<readonly AddonType[]> {
    const request = { ...this.read("list the add-on types"), path: "/addon-types" };
    return (await this.send(call, AddonTypeListAnswer, request)).data.addonTypes;
  }

  async listPlans(call: Call): Promise<readonly Plan[]> {
    const request = { ...this.read("list the plans"), path: "/plans" };
    return (await this.send(call, PlanListAnswer, request)).data.plans;
  }

  protected async pages<A extends Page, I>(
    call: Call,
    decoder: t.Decoder<unknown, A>,
    request: Pick<ApiRequest<A>, "operation" | "path" | "permission">,
    itemsOf: (answer: A) => readonly I[],
  ): Promise<I[]> {
    const items: I[] = [];
    const seen = new Set<string>();
    let query: Record<string, string> = { per_page: perPage };
    for (;;) {
      const answer = await this.send(call, decoder, {
        ...this.read(request.operation),
        ...request,
        query,
      });
      items.push(...itemsOf(answer));
      const { hasNextPage, cursor } = answer.pagination ?? {};
      // A cursor that comes again would go round for ever.
      if (hasNextPage !== true || typeof cursor !== "string" || cursor === "" || seen.has(cursor))
        return items;
      seen.add(cursor);
      query = { per_page: perPage, cursor };
    }
  }

  protected read(operation: string) {
    return { operation, method: "GET" as const, repeatable: true, permission: may("Read") };
  }

  protected send<A>(
    call: Call,
    decoder: t.Decoder<unknown, A>,
    request: Omit<ApiRequest<A>, "decoder" | "deadline" | "secrets">,
  ): Promise<A> {
    return this.http.send({ ...request, ...call, decoder });
  }
}
