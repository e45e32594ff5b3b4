import { closest } from "fastest-levenshtein";
import { Clients } from "../provider/clients";
import { settingOf } from "../provider/settings";
import { systemRuntime } from "../provider/runtime";
import type { Runtime } from "../provider/kind";
import { knownText } from "../provider/session";
import { UserError } from "../provider/state";
import { inspect } from "../fields/values";
import { answered, Answers } from "./answers";
import type { Asking } from "../program/lookup";
import { NorthflankAccountClient } from "../northflank/account-client";
import { NorthflankClient } from "../northflank/client";
import type { AddonType, NorthflankListed, Plan } from "../northflank/codecs";
import type {
  GetNorthflankAddonsArgs,
  GetNorthflankAddonsResult,
  GetNorthflankAddonTypesResult,
  GetNorthflankAddonVersionsArgs,
  GetNorthflankAddonVersionsResult,
  GetNorthflankPlansArgs,
  GetNorthflankPlansResult,
  NorthflankAddonType,
  NorthflankPlan,
  NorthflankSizeOptions,
} from "../program/northflank/lookups";
import { team } from "../northflank/fields";
import { settings } from "../northflank/settings";
import { compareVersions, satisfies } from "../northflank/version";

let system: NorthflankQueries | undefined;

/** The look-ups of this process. */
export function northflank({ log }: Asking): NorthflankQueries {
  system ??= new NorthflankQueries({ ...systemRuntime(), log });
  return system;
}

/** What programs can look up on Northflank. Answers are kept for the run. */
export class NorthflankQueries {
  private readonly clients = new Clients(settings);
  private readonly types: Answers<readonly AddonType[]>;
  private readonly allPlans: Answers<readonly Plan[]>;
  private readonly lists: Answers<readonly NorthflankListed[]>;

  constructor(private readonly runtime: Runtime) {
    const { clock } = runtime;
    this.types = new Answers(clock, "list the add-on types");
    this.allPlans = new Answers(clock, "list the plans");
    this.lists = new Answers(clock, "list the add-ons");
  }

  addonTypes(asking: Asking): Promise<GetNorthflankAddonTypesResult> {
    return answered({}, asking, async () => {
      const addonTypes = (await this.offered(asking)).map(typeOf);
      return { addonTypes: addonTypes.sort((a, b) => inOrder(a.type, b.type)) };
    });
  }

  addonVersions(
    args: GetNorthflankAddonVersionsArgs,
    asking: Asking,
  ): Promise<GetNorthflankAddonVersionsResult> {
    return answered(args, asking, async () => {
      const type = knownText({ ...args }, "type", "Northflank");
      const { version = "latest" } = args;
      const types = await this.offered(asking);
      const offer = types.find((candidate) => candidate.type === type);
      if (offer === undefined) throw new UserError(noSuchType(type, types));
      const versions = newestFirst(offer.versions ?? []).filter((each) => satisfies(each, version));
      const [latest] = versions;
      if (latest !== undefined) return { versions, latest };
      const list = (offer.versions ?? []).join(", ");
      throw new UserError(
        `Northflank offers no version ${inspect(version)} of ${type}; there are ${list === "" ? "none" : list}.`,
      );
    });
  }

  plans(
    { minCpu = 0, minMemory = 0 }: GetNorthflankPlansArgs,
    asking: Asking,
  ): Promise<GetNorthflankPlansResult> {
    return answered({ minCpu, minMemory }, asking, async () => {
      const { client, account } = this.catalogue(asking);
      const all = await this.allPlans.get(asking, account, (call) => client.listPlans(call));
      const plans = all.map(planOf).sort(bySize);
      const enough = plans.filter(
        ({ cpu = 0, memory = 0 }) => cpu >= minCpu && memory >= minMemory,
      );
      const [smallest] = enough;
      if (smallest === undefined) throw new UserError(noSuchPlan(minCpu, minMemory, plans));
      return { plans: enough, smallest };
    });
  }

  addons(args: GetNorthflankAddonsArgs, asking: Asking): Promise<GetNorthflankAddonsResult> {
    return answered(args, asking, async () => {
      const projectId = knownText({ ...args }, "projectId", "Northflank");
      const teamId = args.teamId ?? settingOf(team, asking.config, this.runtime.env);
      const { client: http, account } = this.clients.open(asking.config, this.runtime);
      const client = new NorthflankClient(http, projectId, teamId);
      const key = JSON.stringify([account, teamId, projectId]);
      const all = await this.lists.get(asking, key, (call) => client.listAddons(call));
      const addons = all
        .filter(({ type }) => args.type === undefined || type === args.type)
        .map(({ key: addonId, title: name, type, state, uid }) => {
          return { id: `${projectId}/${addonId}`, addonId, name, type, state, uid };
        })
        .sort((a, b) => inOrder(a.id, b.id));
      return { addons };
    });
  }

  private offered(asking: Asking): Promise<readonly AddonType[]> {
    const { client, account } = this.catalogue(asking);
    return this.types.get(asking, account, (call) => client.listAddonTypes(call));
  }

  private catalogue({ config }: Asking): { client: NorthflankAccountClient; account: string } {
    const { client: http, account } = this.clients.open(config, this.runtime);
    return { client: new NorthflankAccountClient(http, undefined), account };
  }
}

function noSuchType(type: string, types: readonly AddonType[]): string {
  const names = types.map((candidate) => candidate.type).sort(inOrder);
  if (names.length === 0) return `Northflank offers no add-on type ${inspect(type)}.`;
  return `Northflank offers no add-on type ${inspect(type)}; the nearest is ${inspect(closest(type, names))}, and there are ${names.join(", ")}.`;
}

function noSuchPlan(minCpu: number, minMemory: number, plans: readonly NorthflankPlan[]): string {
  const largest = plans.filter(({ cpu }) => cpu !== undefined).at(-1);
  const found = largest === undefined ? "" : `; the largest is ${sizeOf(largest)}`;
  return `Northflank offers no plan with ${minCpu} vCPU and ${minMemory} MB of memory${found}.`;
}

function sizeOf({ id, cpu, memory }: NorthflankPlan): string {
  return `${id} with ${cpu ?? "?"} vCPU and ${memory ?? "?"} MB`;
}

function typeOf({
  type,
  name,
  description,
  versions,
  features,
  resources,
}: AddonType): NorthflankAddonType {
  return {
    type,
    name: name ?? type,
    description: description ?? undefined,
    versions: newestFirst(versions ?? []),
    features: Object.fromEntries(
      Object.entries(features ?? {}).map(([feature, has]) => [feature, has === true]),
    ),
    storage: sizesOf(resources?.storage ?? undefined),
    replicas: sizesOf(resources?.replicas ?? undefined),
  };
}

type Sizes = NonNullable<NonNullable<AddonType["resources"]>["storage"]>;

function sizesOf(sizes: Sizes | undefined): NorthflankSizeOptions | undefined {
  if (sizes === undefined) return undefined;
  const options = [...(sizes.options ?? [])].sort((a, b) => a - b);
  return { options, default: sizes.default ?? undefined };
}

function planOf(plan: Plan): NorthflankPlan {
  return {
    id: plan.id,
    name: plan.name ?? plan.id,
    cpu: plan.cpuResource ?? undefined,
    memory: plan.ramResource ?? undefined,
    currency: plan.currency ?? undefined,
    pricePerMonth: plan.amountPerMonth ?? undefined,
    pricePerHour: plan.amountPerHour ?? undefined,
  };
}

/** A plan whose size is not told is no small one. */
function bySize(a: NorthflankPlan, b: NorthflankPlan): number {
  const unknown = Number.MAX_VALUE;
  const facts = ({ cpu, memory, pricePerMonth }: NorthflankPlan) =>
    [cpu, memory, pricePerMonth].map((fact) => fact ?? unknown);
  const others = facts(b);
  const differences = facts(a).map((fact, index) => fact - (others[index] ?? unknown));
  return differences.find((difference) => difference !== 0) ?? inOrder(a.id, b.id);
}

/** Versions without an order among numbers stay behind those with one. */
function newestFirst(versions: readonly string[]): string[] {
  const isNumbered = (version: string) => compareVersions(version, "0") !== undefined;
  const numbered = versions.filter(isNumbered);
  return [
    ...numbered.sort((a, b) => compareVersions(b, a) ?? 0),
    ...versions.filter((version) => !isNumbered(version)),
  ];
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
