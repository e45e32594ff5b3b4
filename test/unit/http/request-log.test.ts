import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT } from "../../emulator/index";
import { Harness } from "../../support/harness";
import { fakeToken, json, network, Scripted } from "./scripted";

const left = {
  "x-ratelimit-limit": "1000",
  "x-ratelimit-remaining": "987",
  "x-ratelimit-reset": "60",
};

describe("the log of requests", () => {
  it("has a line for each, with what support asks for", async () => {
    const scripted = new Scripted([
      network("ECONNREFUSED"),
      json(503, { error: "FAKE-body" }, { "x-request-id": "r-1" }),
      json(200, { uuid: "FAKE-body" }, { ...left, "x-request-id": "r-2" }),
    ]);
    await scripted.send();
    expect(scripted.debugged).to.deep.equal([
      "Miget: GET /apps/a/addons/b Miget cannot be reached: api.example.com refuses the connection (ECONNREFUSED) in 0 ms",
      "Miget: GET /apps/a/addons/b 503 in 0 ms, attempt 2 (Miget cannot be reached: api.example.com refuses the connection (ECONNREFUSED)), id r-1",
      "Miget: GET /apps/a/addons/b 200 in 0 ms, attempt 3 (Miget answered 503), 987 of 1000 requests left, id r-2",
    ]);
  });

  it("tells how long the answer took, body included", async () => {
    const scripted = new Scripted([{ status: 200, body: "{}", after: 200, bodyAfter: 50 }]);
    await scripted.send();
    expect(scripted.debugged).to.deep.equal(["Miget: GET /apps/a/addons/b 200 in 250 ms"]);
  });

  it("hides the token and secrets, wherever they come back", async () => {
    const secret = "FAKE secret/1";
    const answer = json(500, {}, { "x-request-id": `${fakeToken} ${secret}` });
    const scripted = new Scripted([answer, json(200, {})]);
    await scripted.send({ path: `/apps/${encodeURIComponent(secret)}`, secrets: [secret] });
    expect(scripted.debugged[0]).to.equal(
      "Miget: GET /apps/[secret] 500 in 0 ms, id [secret] [secret]",
    );
  });
});

describe("PAAS_ADDONS_DEBUG", () => {
  const canary = (name: string) => `fake-canary-${name}`;
  const programs = {
    miget: {
      appUuid: DEFAULT_APP,
      name: canary("name"),
      type: "postgres",
      postgresVersion: "17",
      creationMode: "external_replica",
      externalHost: "db.example.com",
      externalPort: 5432,
      authType: "password",
      replicationUsername: "replica",
      replicationPassword: canary("password"),
    },
    northflank: {
      projectId: DEFAULT_PROJECT,
      type: "postgresql",
      version: "16.4",
      name: canary("name"),
      billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
    },
  } as const;

  for (const platform of ["miget", "northflank"] as const) {
    it(`logs the requests of ${platform} without a token or a secret`, async () => {
      const harness = await Harness.start();
      try {
        harness.env = { ...harness.env, PAAS_ADDONS_DEBUG: "1" };
        const provider = harness[platform]();
        const secret = { __secretInputs: ["name"] };
        const program = { ...programs[platform], ...secret };
        const { inputs } = await harness.run(provider.check({}, program));
        const { outs } = await harness.run(provider.create({ ...inputs, ...secret }));
        const isRequest = (line: string) => / (?:GET|POST) \/.* in \d+ ms/u.test(line);
        const logged = harness.lines.filter(isRequest);
        expect(logged).to.have.length(harness.emulator.requests.length);
        const told = harness.lines.join("\n");
        expect(told).to.not.match(/canary/u);
        for (const [name, value] of Object.entries(harness.env))
          if (name.endsWith("TOKEN")) expect(told).to.not.include(value);
        expect(JSON.stringify(outs)).to.include("canary");
      } finally {
        await harness.close();
      }
    });
  }

  it("is needed for it", async () => {
    const harness = await Harness.start();
    try {
      await harness.run(harness.northflank().create({ ...programs.northflank, name: "orders" }));
      expect(harness.lines.join("\n")).to.not.include("GET /");
    } finally {
      await harness.close();
    }
  });
});
