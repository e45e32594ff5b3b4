import * as pulumi from "@pulumi/pulumi";

// What the benchmark compares with: a Northflank add-on as one writes it in an afternoon, after
// Pulumi's guide "Author a Dynamic Provider". It does its work honestly: the same inputs and outputs
// as NorthflankAddon, connection data secret, and a loop that waits until the add-on runs.

/** Milliseconds between two looks at an add-on that is waited for. */
const pollPause = 2000;

interface AddonInputs {
  projectId: string;
  name: string;
  type: string;
  version: string;
  billing: { deploymentPlan: string; storage: number; replicas: number };
}

interface AddonOutputs extends AddonInputs {
  addonId: string;
  appId?: string | undefined;
  uid?: string | undefined;
  state: string;
  resolvedVersion?: string | undefined;
  region?: string | undefined;
  cluster?: string | undefined;
  createdAt?: string | undefined;
  storage?: number | undefined;
  replicas?: number | undefined;
  vars: Record<string, string>;
  credentials: { envs: Record<string, string>; secrets: Record<string, string> };
  connection: Record<string, unknown>;
}

interface AddonAnswer {
  id: string;
  appId?: string;
  uid?: string;
  status: string;
  createdAt?: string;
  cluster?: { id?: string };
  spec?: {
    config?: {
      versionTag?: string;
      deployment?: { region?: string; storageSize?: number; replicas?: number };
    };
  };
}

class NorthflankAddonProvider implements pulumi.dynamic.ResourceProvider<
  AddonInputs,
  AddonOutputs
> {
  private token = "";
  private baseUrl = "";

  // eslint-disable-next-line @typescript-eslint/require-await
  async configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
    this.token = request.config.require("northflank:apiToken");
    this.baseUrl = request.config.get("northflank:baseUrl") ?? "https://api.northflank.com/v1";
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async diff(
    _id: string,
    olds: AddonOutputs,
    news: AddonInputs,
  ): Promise<pulumi.dynamic.DiffResult> {
    const fixed = ["projectId", "name", "type"] as const;
    const replaces = fixed.filter((key) => olds[key] !== news[key]);
    const changed =
      olds.version !== news.version ||
      olds.billing.deploymentPlan !== news.billing.deploymentPlan ||
      olds.billing.storage !== news.billing.storage ||
      olds.billing.replicas !== news.billing.replicas;
    return { changes: changed || replaces.length > 0, replaces, deleteBeforeReplace: true };
  }

  async create(inputs: AddonInputs): Promise<pulumi.dynamic.CreateResult<AddonOutputs>> {
    const { projectId, name, type, version, billing } = inputs;
    const created = await this.call<AddonAnswer>("POST", `/projects/${projectId}/addons`, {
      name,
      type,
      version,
      billing,
    });
    const addon = await this.waitUntilRunning(projectId, created.id);
    return { id: created.id, outs: await this.outputsOf(inputs, addon) };
  }

  async read(id: string, props?: AddonOutputs): Promise<pulumi.dynamic.ReadResult<AddonOutputs>> {
    if (props === undefined) return { id };
    const addon = await this.call<AddonAnswer>("GET", `/projects/${props.projectId}/addons/${id}`);
    return { id, props: await this.outputsOf(props, addon) };
  }

  async update(
    id: string,
    olds: AddonOutputs,
    news: AddonInputs,
  ): Promise<pulumi.dynamic.UpdateResult<AddonOutputs>> {
    const path = `/projects/${news.projectId}/addons/${id}`;
    if (olds.version !== news.version) {
      await this.call("POST", `${path}/version`, { version: news.version });
    }
    await this.call("PATCH", path, { billing: news.billing });
    const addon = await this.waitUntilRunning(news.projectId, id);
    return { outs: await this.outputsOf(news, addon) };
  }

  async delete(id: string, props: AddonOutputs): Promise<void> {
    const path = `/projects/${props.projectId}/addons/${id}`;
    await this.call("DELETE", path);
    for (;;) {
      const response = await this.send("GET", path);
      await response.text();
      if (response.status === 404) return;
      await new Promise((resolve) => setTimeout(resolve, pollPause));
    }
  }

  private async waitUntilRunning(projectId: string, id: string): Promise<AddonAnswer> {
    for (;;) {
      const addon = await this.call<AddonAnswer>("GET", `/projects/${projectId}/addons/${id}`);
      if (addon.status === "running") return addon;
      if (addon.status === "failed" || addon.status === "error") {
        throw new Error(`addon ${id} is in state ${addon.status}`);
      }
      await new Promise((resolve) => setTimeout(resolve, pollPause));
    }
  }

  private async outputsOf(inputs: AddonInputs, addon: AddonAnswer): Promise<AddonOutputs> {
    const { projectId, name, type, version, billing } = inputs;
    const { envs, secrets } = await this.call<AddonOutputs["credentials"]>(
      "GET",
      `/projects/${projectId}/addons/${addon.id}/credentials`,
    );
    const vars = { ...envs, ...secrets };
    const { config } = addon.spec ?? {};
    return {
      projectId,
      name,
      type,
      version,
      billing,
      addonId: addon.id,
      appId: addon.appId,
      uid: addon.uid,
      state: addon.status,
      resolvedVersion: config?.versionTag,
      region: config?.deployment?.region,
      cluster: addon.cluster?.id,
      createdAt: addon.createdAt,
      storage: config?.deployment?.storageSize,
      replicas: config?.deployment?.replicas,
      vars,
      credentials: { envs, secrets },
      connection: {
        host: vars.HOST,
        port: Number(vars.PORT),
        database: vars.DATABASE,
        username: vars.USERNAME,
        password: vars.PASSWORD,
        uri: vars.POSTGRES_URI,
        adminUri: vars.POSTGRES_URI_ADMIN,
      },
    };
  }

  private send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (JSON.parse(text) as { data: T }).data;
  }
}

const provider = new NorthflankAddonProvider();

export type NorthflankAddonArgs = {
  [Key in keyof AddonInputs]: pulumi.Input<AddonInputs[Key]>;
};

/** A Northflank add-on. */
export class NorthflankAddon extends pulumi.dynamic.Resource {
  declare readonly addonId: pulumi.Output<string>;
  declare readonly state: pulumi.Output<string>;
  declare readonly connection: pulumi.Output<Record<string, unknown>>;

  constructor(name: string, args: NorthflankAddonArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = {
      addonId: undefined,
      appId: undefined,
      uid: undefined,
      state: undefined,
      resolvedVersion: undefined,
      region: undefined,
      cluster: undefined,
      createdAt: undefined,
      storage: undefined,
      replicas: undefined,
      vars: undefined,
      credentials: undefined,
      connection: undefined,
    };
    super(
      provider,
      name,
      { ...outputs, ...args },
      {
        ...opts,
        additionalSecretOutputs: ["vars", "credentials", "connection"],
      },
    );
  }
}
