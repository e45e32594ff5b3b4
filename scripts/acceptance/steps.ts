import type { JsonObject } from "../../test/contract/json";
import type { Flat } from "../../test/engine/fields-subject";

/** What a step waits for; `credentials` and `external` are given up after a while. */
export type Wait = "ready" | "paused" | "gone" | "credentials" | "external";

/** One step of a lane; what it is judged by is in the exchanges that carry its name. */
export type Step = { readonly step: string } & (Up | Call | Connect | Other);

/** The program with these inputs from now on, and what the engine must do with it. */
export interface Up {
  readonly up: Flat;
  readonly expect: string;
}

/** A request, with `{home}`, `{addons}` and the names of add-ons in its path. */
export interface Call {
  readonly call: string;
  readonly body?: JsonObject;
  /** What the add-on, or what else it makes, is called from then on. */
  readonly as?: string;
  /** In place of the token. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Waits of the same step, for the add-on `of`. */
  readonly then?: readonly Wait[];
  /** Default: what it makes, else `main`. */
  readonly of?: string;
}

/** A client at the external address of an add-on, which it had before or has now. */
export interface Connect {
  readonly connect: "now" | "former";
  readonly of: string;
  /** In lanes of a door: what the package promises. */
  readonly expect?: "entered" | "refused";
}

type Other = { readonly refresh: string } | { readonly destroy: true } | { readonly forget: true };

/** How the engine reaches the provider, or `calls`: what the run asks the platform itself. */
export type LaneName = "dynamic" | "native" | "calls";

export interface LanePlan {
  readonly lane: LaneName;
  /** Of the add-on that the steps are about, as the program has it. */
  readonly inputs: Flat;
  readonly steps: readonly Step[];
}

export const up = (step: string, inputs: Flat, expect = "update"): Step => ({
  step,
  up: inputs,
  expect,
});

export const call = (
  step: string,
  request: string,
  body?: JsonObject,
  more: Omit<Call, "call" | "body"> = {},
): Step => ({ step, call: request, ...(body !== undefined && { body }), ...more });

/** A request that the platform should refuse: a check of the contract has its name. */
export const check = (id: string, request: string, body?: JsonObject, more = {}): Step =>
  call(`check ${id}`, request, body, more);

/** Updates of the field table that no run makes, and why. */
export const notChanged: Readonly<Record<string, string>> = {
  tags: "tags must exist in the team beforehand",
  stageId: "environments must exist in the project beforehand",
  "billing.storageClass": "only for accounts that have the choice",
  "billing.replicas": "replicas cannot be taken away again and multiply the cost",
  "typeSpecificSettings.postgresqlConnectionPoolerReplicas": "replicas multiply the cost",
  "typeSpecificSettings.postgresqlReadConnectionPoolerEnabled": "needs several replicas",
  "typeSpecificSettings.postgresqlReadConnectionPoolerReplicas": "needs several replicas",
  "typeSpecificSettings.postgresqlImportMode": "takes the database out of service",
  instances: "three nodes multiply the resources",
  creationMode: "needs a database elsewhere to replicate",
  syncAppVariables: "changes the variables of an app that the run did not make",
};

/** How a program loses the add-on, takes it over, deletes it, and makes another one of its name. */
export const leaving = (main: string): Step[] => [
  { step: "forget", forget: true },
  up("adopt", { adopt: true }, "create"),
  { step: "delete", destroy: true },
  call("name released", `GET ${main}`, undefined, { then: ["gone"] }),
  up("create again", {}, "create"),
  { step: "delete again", destroy: true },
];

/** How an add-on goes: what a second deletion answers, and when its name is free. */
export const ending = (main: string, body: JsonObject): Step[] => [
  call("delete", `DELETE ${main}`, undefined, { then: ["gone"] }),
  call("delete what is gone", `DELETE ${main}`),
  call("name again", "POST {addons}", body, { as: "again" }),
  call("delete at once", "DELETE {addons}/{again}"),
  call("read at once", "GET {addons}/{again}", undefined, { of: "again", then: ["gone"] }),
];

/** The same where the token is missing or wrong. */
export const strangers: readonly Step[] = [
  check("no-token", "GET {addons}", undefined, { headers: {} }),
  check("unknown-token", "GET {addons}", undefined, {
    headers: { authorization: "Bearer not-a-token" },
  }),
];
