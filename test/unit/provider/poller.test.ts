import { expect } from "chai";
import { type Emulator, DEFAULT_PROJECT } from "../../emulator/index";
import { Harness } from "../../support/harness";

describe("waiting for several add-ons", () => {
  let harness: Harness;
  afterEach(async () => harness.close());

  const create = (names: readonly string[], more: object = {}) => {
    const provider = harness.northflank();
    return Promise.all(
      names.map((name) =>
        provider.create({
          projectId: DEFAULT_PROJECT,
          type: "postgresql",
          version: "16.4",
          name,
          billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
          ...more,
        }),
      ),
    );
  };
  type Logged = Emulator["requests"][number];
  const isList = ({ method, path }: Logged) => method === "GET" && path.endsWith("/addons");
  const isRead = ({ method, path }: Logged) => method === "GET" && /\/addons\/[^/]+$/u.test(path);

  it("asks for no list while the only one that waits is being read", async () => {
    harness = await Harness.start({ provisioningMs: 5000 });
    harness.emulator.faults.add({
      operationId: "getAddon",
      kind: "status",
      status: 503,
      times: 12,
    });
    await harness.run(create(["orders"]));
    const { requests } = harness.emulator;
    const first = requests.findIndex(isRead);
    const reads = requests.slice(first).filter(isRead).length;
    expect(reads).to.be.greaterThan(10);
    expect(requests.slice(first).filter(isList)).to.have.length(0);
  });

  it("does not read each add-on at once because a list fails", async () => {
    harness = await Harness.start({ deletionMs: 120_000 });
    const names = ["one", "two", "three"];
    const made = await harness.run(create(names));
    harness.emulator.clearLog();
    harness.emulator.faults.add({
      operationId: "listAddons",
      kind: "status",
      status: 500,
      times: 14,
    });
    const provider = harness.northflank();
    await harness.run(Promise.all(made.map(({ id, outs }) => provider.delete(id, outs))));
    const { requests } = harness.emulator;
    const failed = requests.filter((request) => isList(request) && request.status === 500);
    expect(failed).to.have.length(14);
    const soon = requests.filter(
      (request) =>
        isRead(request) && failed.some(({ at }) => request.at > at && request.at < at + 2000),
    );
    expect(soon).to.deep.equal([]);
  });
});
