import type * as t from "io-ts";
import type { HttpClient } from "../http/client";
import { UndecodableError } from "../http/errors";
import { pathTo } from "../http/path";
import type { ApiRequest } from "../http/request";
import type { RequestContext } from "../provider/kind";
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
/** Pages of one list: more is no list of anybody's add-ons. */
const mostPages = 200;
/** Pages in a row that bring nothing new. */
const mostBarren = 3;

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
  listProjects(call: RequestContext): Promise<readonly Project[]> {
    const permission = "Project > Projects > Manage > Read";
    const request = { operation: "list the projects", path: this.projects, permission };
    return this.pages(call, ProjectListAnswer, request, (answer) => answer.data.projects);
  }

  /** What can be created at all. */
  async listAddonTypes(call: RequestContext): Promise<readonly AddonType[]> {
    const request = { ...this.read("list the add-on types"), path: "/addon-types" };
    return (await this.send(call, AddonTypeListAnswer, request)).data.addonTypes;
  }

  async listPlans(call: RequestContext): Promise<readonly Plan[]> {
    const request = { ...this.read("list the plans"), path: "/plans" };
    return (await this.send(call, PlanListAnswer, request)).data.plans;
  }

  protected async pages<
    A extends Page,
    I extends { readonly key: string } | { readonly id: string },
  >(
    call: RequestContext,
    decoder: t.Decoder<unknown, A>,
    request: Pick<ApiRequest<A>, "operation" | "path" | "permission">,
    itemsOf: (answer: A) => readonly I[],
  ): Promise<I[]> {
    const items: I[] = [];
    const seen = new Set<string>();
    const known = new Set<string>();
    let barren = 0;
    let query: Record<string, string> = { per_page: perPage };
    for (;;) {
      const answer = await this.send(call, decoder, {
        ...this.read(request.operation),
        ...request,
        query,
      });
      const found = itemsOf(answer);
      for (const item of found) items.push(item);
      barren = found.some((item) => !known.has(idOf(item))) ? 0 : barren + 1;
      found.forEach((item) => known.add(idOf(item)));
      const { hasNextPage, cursor } = answer.pagination ?? {};
      // A cursor that comes again would go round for ever.
      if (hasNextPage !== true || typeof cursor !== "string" || cursor === "" || seen.has(cursor))
        return items;
      seen.add(cursor);
      if (barren >= mostBarren || seen.size >= mostPages) throw endless(request.operation);
      query = { per_page: perPage, cursor };
    }
  }

  protected read(operation: string) {
    return { operation, method: "GET" as const, repeatable: true, permission: may("Read") };
  }

  protected send<A>(
    call: RequestContext,
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
