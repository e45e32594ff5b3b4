import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";
import { expect } from "chai";
import { parseJson } from "../contract/json";
import { DEFAULT_PROJECT } from "./index";
import { Bench } from "./bench";
import { judgeOf } from "./types-of-client";

const project = { projectId: DEFAULT_PROJECT };
const addon = { ...project, addonId: "orders" };
type Work = (client: ApiClient) => Promise<{ readonly data: unknown }>;

/** One life of an add-on, by the client's own calls: its member, and the call. */
const life: readonly (readonly [call: string, work: Work])[] = [
  ["list.projects", (client) => client.list.projects({})],
  ["list.plans", (client) => client.list.plans({})],
  ["get.addon.types", (client) => client.get.addon.types({})],
  [
    "create.addon",
    (client) =>
      client.create.addon({
        parameters: project,
        data: {
          name: "orders",
          type: "postgresql",
          version: "16.4",
          billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
          tlsEnabled: true,
        },
      }),
  ],
  ["list.addons", (client) => client.list.addons({ parameters: project })],
  ["get.addon", (client) => client.get.addon({ parameters: addon })],
  ["get.addon.credentials", (client) => client.get.addon.credentials({ parameters: addon })],
  ["get.addon.version", (client) => client.get.addon.version({ parameters: addon })],
  [
    "patch.addon",
    (client) => client.patch.addon({ parameters: addon, data: { externalAccessEnabled: true } }),
  ],
  [
    "create.addon.backupSchedule",
    (client) =>
      client.create.addon.backupSchedule({
        parameters: addon,
        data: {
          scheduling: { interval: "daily", minute: [0], hour: [3] },
          backupType: "dump",
          retentionTime: 7,
        },
      }),
  ],
  [
    "get.addon.backupSchedules",
    (client) => client.get.addon.backupSchedules({ parameters: addon }),
  ],
  ["pause.addon", (client) => client.pause.addon({ parameters: addon })],
  ["resume.addon", (client) => client.resume.addon({ parameters: addon })],
  [
    "update.addon.version",
    (client) => client.update.addon.version({ parameters: addon, data: { version: "16.5" } }),
  ],
  ["delete.addon", (client) => client.delete.addon({ parameters: addon })],
];

describe("the official JavaScript client with the emulator", () => {
  it("makes its calls and gets what its types say", async function () {
    this.timeout(60_000);
    const bench = await Bench.start({ provisioningMs: 0, actionMs: 0 });
    try {
      const env = bench.emulator.env();
      const contexts = new ApiClientInMemoryContextProvider();
      contexts.addContext({
        name: "emulator",
        token: env.NORTHFLANK_API_TOKEN ?? "",
        host: bench.emulator.origin,
      });
      const client = new ApiClient(contexts, { throwErrorOnHttpErrorCode: true });
      const judge = judgeOf(life.map(([call]) => call));
      for (const [call, work] of life) {
        const { data } = await work(client);
        bench.clock.advance(1000);
        const value = parseJson(JSON.stringify(data ?? null)) ?? null;
        expect(judge(call, value), call).to.deep.equal([]);
      }
      expect(bench.emulator.violations).to.deep.equal([]);
      expect(bench.emulator.requests).to.have.length.at.least(life.length);
    } finally {
      await bench.emulator.close();
    }
  });
});
