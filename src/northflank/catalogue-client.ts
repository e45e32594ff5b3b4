import type * as t from "io-ts";
import type { HttpClient } from "../http/client";
import type { ApiRequest } from "../http/request";
import type { Call } from "../lifecycle/platform";
import { type AddonType, AddonTypeListAnswer, type Plan, PlanListAnswer } from "./codecs";

/** The permission as Northflank's settings name it. */
export const may = (permission: string) => `Project > Addons > General > ${permission}`;

/** The calls of the Northflank API that concern no project: what can be created at all. */
export class NorthflankCatalogueClient {
  constructor(private readonly http: HttpClient) {}

  async listAddonTypes(call: Call): Promise<readonly AddonType[]> {
    const request = { ...this.read("list the add-on types"), path: "/addon-types" };
    return (await this.send(call, AddonTypeListAnswer, request)).data.addonTypes;
  }

  async listPlans(call: Call): Promise<readonly Plan[]> {
    const request = { ...this.read("list the plans"), path: "/plans" };
    return (await this.send(call, PlanListAnswer, request)).data.plans;
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
