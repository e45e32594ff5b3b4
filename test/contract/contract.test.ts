import assert from "node:assert/strict";
import { contractOf, operations } from "./contract";
import type { JsonValue } from "./json";

const miget = contractOf("miget");
const northflank = contractOf("northflank");
const json = { "content-type": "application/json" };
const addons = "/api/v1/apps/00000000-0000-4000-8000-00000000a990/addons";
const projectAddons = "/v1/projects/demo-project/addons";
const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

describe("operationFor", () => {
  const idOf = (contract: typeof miget, method: string, path: string) =>
    contract.operationFor(method, path)?.operation.operationId;

  it("matches templates and decodes parameters", () => {
    const match = miget.operationFor("get", "/api/v1/apps/a%20b/addons/c%2Fd");
    assert.equal(match?.operation.operationId, "getAddon");
    assert.deepEqual(match.params, { uuid: "a b", id: "c/d" });
  });

  it("knows the team form of project paths only", () => {
    const match = northflank.operationFor("GET", "/v1/teams/example-team/projects/p/addons/db");
    assert.equal(match?.operation.operationId, "getAddon");
    assert.deepEqual(match.params, { teamId: "example-team", projectId: "p", addonId: "db" });
    assert.equal(idOf(northflank, "GET", "/v1/teams/example-team/plans"), undefined);
    assert.equal(idOf(northflank, "GET", "/v1/plans"), "listPlans");
  });

  it("knows nothing else", () => {
    for (const path of [`${addons}/`, `${addons}/x/y`, "/api/v1", "/api/v1/apps//addons", "/%zz"]) {
      assert.equal(idOf(miget, "GET", path), undefined, path);
    }
    assert.equal(idOf(miget, "PUT", addons), undefined);
  });

  it("has an operation id once per platform", () => {
    const ids = operations().map(({ platform, operationId }) => `${platform} ${operationId}`);
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe("validateRequest", () => {
  const create = (body: JsonValue) =>
    miget.validateRequest({ method: "POST", path: addons, headers: json, body });
  const createNative = (body: JsonValue, path = projectAddons) =>
    northflank.validateRequest({ method: "POST", path, headers: json, body });
  const postgres = { type: "postgres", label: "Orders", postgres_version: "17" };
  const native = { name: "Orders DB", type: "postgresql", version: "16.4", billing };

  const accepted: [string, string[]][] = [
    ["a Miget body", create(postgres)],
    ["a Northflank body", createNative(native)],
    ["the team form", createNative(native, `/v1/teams/example-team/projects/demo-project/addons`)],
    ["a Helm body", createNative({ name: "My chart", type: "example-chart", templateValues: {} })],
    [
      "a page",
      northflank.validateRequest({
        method: "GET",
        path: projectAddons,
        query: { per_page: "100", page: "2" },
      }),
    ],
  ];
  for (const [name, found] of accepted) {
    it(`accepts ${name}`, () => assert.deepEqual(found, []));
  }

  const refused: [string, string[], RegExp][] = [
    ["a misspelt field", create({ ...postgres, lable: "x" }), /unevaluated.*lable/],
    ["a field of another type", create({ ...postgres, sub_path: "x" }), /sub_path/],
    ["a boolean for a string", create({ ...postgres, public_access: true }), /public_access/],
    [
      "an incomplete external replica",
      create({ ...postgres, creation_mode: "external_replica" }),
      /external_host/,
    ],
    ["a native body without a version", createNative({ ...native, version: null }), /version/],
    ["a native body with nothing", createNative({ name: "Orders", type: "redis" }), /billing/],
    [
      "external access against TLS",
      createNative({ ...native, tlsEnabled: false, externalAccessEnabled: true }),
      /must NOT be valid/,
    ],
    [
      "an undocumented query parameter",
      miget.validateRequest({ method: "GET", path: addons, query: { page: "1" } }),
      /query parameter page is not documented/,
    ],
    [
      "too large a page",
      northflank.validateRequest({
        method: "GET",
        path: projectAddons,
        query: { per_page: "101" },
      }),
      /per_page must be <= 100/,
    ],
    [
      "a path parameter that is no slug",
      northflank.validateRequest({ method: "GET", path: "/v1/projects/a%20b/addons" }),
      /projectId must match pattern/,
    ],
    [
      "a body where none belongs",
      northflank.validateRequest({
        method: "POST",
        path: `${projectAddons}/db/pause`,
        headers: json,
        body: {},
      }),
      /takes no body/,
    ],
    ["no body", miget.validateRequest({ method: "POST", path: addons }), /body is missing/],
    [
      "a body that is not called JSON",
      miget.validateRequest({ method: "POST", path: addons, headers: {}, body: postgres }),
      /content-type/,
    ],
    [
      "an unknown path",
      miget.validateRequest({ method: "GET", path: "/api/v1/nothing" }),
      /no such operation/,
    ],
  ];
  for (const [name, found, text] of refused) {
    it(`finds ${name}`, () => assert.match(found.join("\n"), text));
  }
});

describe("validateResponse", () => {
  const answer = (status: number, body?: unknown, method = "GET", path = `${addons}/x`) =>
    miget.validateResponse({ method, path, status, headers: json, body });

  it("lets an exact status beat a range", () => {
    assert.deepEqual(answer(204, undefined, "DELETE"), []);
    assert.match(answer(204, {}, "DELETE").join(), /documented without a body/);
    assert.deepEqual(answer(202, { message: "Accepted" }, "DELETE"), []);
    assert.deepEqual(answer(202, undefined, "DELETE"), []);
  });

  it("finds a status that is not documented", () => {
    assert.match(answer(418, { error: "x" }).join(), /418: status not documented/);
  });

  it("finds missing members, wrong types and absent bodies", () => {
    assert.match(answer(200, { uuid: "x" }).join(), /required property 'name'/);
    assert.match(answer(404, { message: "no error key" }).join(), /required property 'error'/);
    assert.notDeepEqual(answer(200), []);
    assert.notDeepEqual(answer(201, undefined, "POST", addons), []);
  });

  it("judges documented headers where they are sent", () => {
    const found = northflank.validateResponse({
      method: "GET",
      path: "/v1/plans",
      status: 200,
      headers: { ...json, "x-ratelimit-remaining": "many" },
      body: { data: { plans: [] } },
    });
    assert.match(found.join(), /x-ratelimit-remaining must be integer/);
  });
});

describe("validateSchema", () => {
  it("tells what is documented from what works in practice", () => {
    const body = { type: "postgres", name: "smallest" };
    assert.deepEqual(miget.validateSchema("AddonCreate", body), []);
    assert.notDeepEqual(miget.validateSchema("AddonCreateInPractice", body), []);
  });
});
