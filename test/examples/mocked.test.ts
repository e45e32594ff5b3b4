import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord, parseRecord, recordAt } from "../support/json";
import { javascript } from "../docs/support/programs";
import { createConsumer } from "../support/consumer";
import { mocked } from "./mocked";
import { repository } from "../support/pack";

/** Under Pulumi's mocks: prints each resource with its inputs, and the outputs. */
const runner = `
const pulumi = require("@pulumi/pulumi");
const config = { northflankProjectId: "my-project", databases: "team/databases/dev", shopPassword: "pw", serviceId: "web" };
pulumi.runtime.setAllConfig({
  ...Object.fromEntries(Object.entries(config).map(([key, value]) => ["app:" + key, value])),
  "northflank:apiToken": "token",
}, ["app:shopPassword", "northflank:apiToken"]);
const connection = {
  uri: "postgres://u:p@inside:5432/db", host: "inside", port: 5432, username: "u", password: "p", database: "db",
  external: { uri: "postgres://u:p@outside:5432/db", host: "outside", port: 5432 },
};
const resources = {};
pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs }) => {
    resources[type] = inputs;
    const outputs = type === "pulumi:pulumi:StackReference" ? { outputs: { url: connection.uri }, secretOutputNames: ["url"] } : {};
    return { id: name, state: { ...inputs, ...outputs, ...(type.includes("northflank") ? { connection, addonId: "orders" } : {}) } };
  },
  call: () => ({}),
}, "app", "dev");
const program = require("./index.js");
const entries = Object.entries(program);
Promise.all(entries.map(async ([name, output]) => [name, {
  value: await output.promise(), isSecret: await output.isSecret,
}])).then(async (outputs) => {
  await pulumi.runtime.disconnect();
  console.log(JSON.stringify({ resources, outputs: Object.fromEntries(outputs) }));
});
`;

const others = ["@pulumi/command", "@pulumi/kubernetes", "@pulumi/postgresql"];
/** By folder: the resource that the example is about, what it has to get, and the outputs. */
const expectations: Readonly<Record<string, { type?: string; has?: object; outputs: object }>> = {
  "stack-reference": {
    outputs: { databaseUrl: { value: "postgres://u:p@inside:5432/db", isSecret: true } },
  },
  "kubernetes-secret": {
    type: "kubernetes:core/v1:Secret",
    has: { stringData: { DATABASE_URL: "postgres://u:p@outside:5432/db" } },
    outputs: { secretName: { value: "orders-database", isSecret: false } },
  },
  "database-users": {
    type: "pulumi:providers:postgresql",
    has: { host: "outside", port: "5432", username: "u", password: "p", superuser: "false" },
    outputs: { databaseName: { value: "shop", isSecret: false } },
  },
  "service-secrets": {
    type: "command:local:Command",
    has: {
      environment: { TOKEN: "token" },
      stdin: JSON.stringify({
        name: "orders-database",
        type: "secret",
        secretType: "environment",
        priority: 10,
        restrictions: { restricted: true, nfObjects: [{ id: "web", type: "service" }] },
        addonDependencies: [
          { addonId: "orders", keys: [{ keyName: "POSTGRES_URI", aliases: ["DATABASE_URL"] }] },
        ],
        secrets: { variables: {} },
      }),
    },
    outputs: { addonId: { value: "orders", isSecret: false } },
  },
};

/** Without the mark of a secret. */
function revealed(value: unknown): unknown {
  return isRecord(value) && "value" in value ? value.value : value;
}

/** Examples that need a cluster, a server or another stack; `npm run typecheck` has their types. */
describe("the examples that use other providers", function () {
  this.timeout(120_000);

  it("are all looked at", () => {
    expect(Object.keys(expectations)).to.have.members(mocked);
  });

  for (const [folder, { type, has = {}, outputs }] of Object.entries(expectations)) {
    it(`${folder} hands over the connection data, under mocks`, async () => {
      const program = readFileSync(join(repository, "examples", folder, "index.ts"), "utf8");
      const consumer = await createConsumer({
        files: { "index.js": javascript(program), "run.cjs": runner },
        also: others,
      });
      try {
        const outcome = await consumer.node("run.cjs");
        const result = parseRecord(outcome.stdout, outcome.stderr);
        expect(result.outputs).to.deep.equal(outputs);
        if (type === undefined) return;
        const given = Object.entries(recordAt(recordAt(result.resources)[type]));
        expect(
          Object.fromEntries(given.map(([name, value]) => [name, revealed(value)])),
        ).to.deep.include(has);
      } finally {
        consumer.dispose();
      }
    });
  }
});
