import { expect } from "chai";
import * as t from "io-ts";
import { deadlineIn } from "../../../src/http/deadline";
import * as errors from "../../../src/http/errors";
import type { ApiRequest } from "../../../src/http/request";
import { fakeToken, json, network, origin, Scripted, type Step } from "./scripted";

type More = Partial<ApiRequest<unknown>>;
const post: More = { method: "POST", operation: "create the add-on", body: { name: "x" } };

describe("the client's mapping of answers to errors", () => {
  const table = [
    [400, errors.ValidationError, "none", "none"],
    [401, errors.AuthenticationError, "none", "none"],
    [402, errors.ValidationError, "none", "none"],
    [403, errors.PermissionError, "none", "none"],
    [404, errors.NotFoundError, "none", "none"],
    [408, errors.TimeoutError, "none", "unknown"],
    [409, errors.ConflictError, "none", "none"],
    [422, errors.ValidationError, "none", "none"],
    [429, errors.RateLimitError, "none", "none"],
    [500, errors.ServerError, "none", "unknown"],
    [503, errors.ServerError, "none", "unknown"],
    [599, errors.ServerError, "none", "unknown"],
  ] as const;
  for (const [status, kind, readEffect, writeEffect] of table) {
    it(`${status} is a ${kind.name}`, async () => {
      const answer = json(status, { error: "The platform's words" }, { "x-request-id": "req-1" });
      const read = await new Scripted([answer]).failure();
      expect(read).to.be.instanceOf(kind);
      expect(read).to.include({ status, effect: readEffect });
      const write = await new Scripted([answer]).failure(post);
      expect(write).to.be.instanceOf(kind);
      expect(write).to.include({ status, effect: writeEffect });
      expect(write.message).to.match(/^could not create the add-on: Miget answered/u);
      expect(write.message).to.include("The platform's words").and.include("req-1");
    });
  }

  it("names the permission on a 403 and the token's place on a 401", async () => {
    const forbidden = await new Scripted([json(403, {})]).failure({ permission: "apps:operate" });
    expect(forbidden.message).to.include("apps:operate");
    const refused = await new Scripted([json(401, {})]).failure();
    expect(refused.message).to.include("Check the token.");
  });

  it("never shows the token or a secret that the platform repeats", async () => {
    const secret = 'FAKE-pass"word\\1';
    const echo = {
      error: { message: `${fakeToken} and ${secret}`, details: { tried: secret, [secret]: 1 } },
    };
    const { message } = await new Scripted([json(422, echo)]).failure({
      ...post,
      secrets: [secret],
    });
    expect(message).to.include("[secret]").and.not.include(fakeToken).and.not.include(secret);
  });

  it("reads an error from a proxy without repeating its page", async () => {
    const page = {
      status: 502,
      body: "<html><h1>Bad Gateway</h1></html>",
      headers: { "content-type": "text/html" },
    };
    const { message } = await new Scripted([page]).failure(post);
    expect(message)
      .to.match(/answered 502\. /u)
      .and.not.include("<");
  });
});

describe("the client's repetitions", () => {
  const good = json(200, { fine: true });
  for (const status of [400, 401, 403, 404, 409, 422]) {
    it(`a ${status} is final for any request`, async () => {
      for (const more of [{}, post, { method: "PUT" }, { method: "DELETE" }] as const) {
        const scripted = new Scripted([json(status, {}), good]);
        await scripted.failure(more);
        expect(scripted.sent).to.have.length(1);
      }
    });
  }

  const lost: readonly (readonly [string, Step])[] = [
    ["500", json(500, {})],
    ["503", json(503, {})],
    ["a reset", network("ECONNRESET")],
    ["a broken TLS session", network("EPROTO")],
    ["no answer", "hangs"],
    ["a body that never ends", { status: 200, bodyAfter: 1e9 }],
    ["a connection that breaks in the body", { bodyFails: new TypeError("terminated") }],
    [
      "half an answer",
      { status: 200, body: '{"fine":', headers: { "content-type": "application/json" } },
    ],
  ];
  for (const [what, step] of lost) {
    it(`a read is sent again after ${what}`, async () => {
      const scripted = new Scripted([good, step, step, good]);
      await scripted.send();
      expect(await scripted.send()).to.deep.equal({ fine: true });
      expect(scripted.sent).to.have.length(4);
    });

    it(`a create is not sent again after ${what}, and its effect is not known`, async () => {
      const scripted = new Scripted([step, good]);
      expect(await scripted.failure(post)).to.include({ effect: "unknown" });
      expect(scripted.sent).to.have.length(1);
    });
  }

  for (const [what, step] of [
    ["429", json(429, {})],
    ["a refused connection", network("ECONNREFUSED")],
    ["a name that is not found", network("ENOTFOUND")],
  ] as const) {
    it(`even a create is sent again after ${what}`, async () => {
      const scripted = new Scripted([step, good]);
      await scripted.send(post);
      expect(scripted.sent).to.have.length(2);
    });
  }

  it("a refused connection has no effect, though no time is left", async () => {
    const scripted = new Scripted([network("ECONNREFUSED")]);
    const error = await scripted.failure({ ...post, deadline: deadlineIn(scripted.clock, 100) });
    expect(error).to.be.instanceOf(errors.ConnectionError).and.include({ effect: "none" });
    expect(error.message).to.include("Check miget:baseUrl");
  });

  it("waits as long as the platform asks for", async () => {
    const scripted = new Scripted([json(429, {}, { "retry-after": "90" }), good]);
    await scripted.send(post);
    expect(scripted.sent[1]?.at).to.be.within(90_000, 91_000);
    const reset = new Scripted([
      json(
        429,
        {},
        { "x-ratelimit-limit": "1000", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "60" },
      ),
      good,
    ]);
    await reset.send(post);
    expect(reset.sent[1]?.at).to.be.within(60_000, 61_000);
  });

  it("ends by the deadline with what went wrong last", async () => {
    const scripted = new Scripted([json(503, { error: "Under maintenance" })]);
    const error = await scripted.failure({ deadline: deadlineIn(scripted.clock, 60_000) });
    expect(scripted.clock.elapsed()).to.be.at.most(60_000);
    expect(error.message).to.include("Under maintenance");
  });

  it("says when to come again where the rate limit resets too late", async () => {
    const used = {
      "x-ratelimit-limit": "1000",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": "3000",
    };
    const scripted = new Scripted([json(429, {}, used)]);
    const error = await scripted.failure(post);
    expect(error).to.be.instanceOf(errors.RateLimitError).and.include({ effect: "none" });
    expect(await scripted.failure()).to.be.instanceOf(errors.RateLimitError);
    expect((await scripted.failure()).message).to.match(/50 min/u);
    expect(scripted.sent).to.have.length(1);
  });

  it("does not ask for minutes where nobody will answer otherwise", async () => {
    for (const [what, step] of [
      [
        "a web page",
        { status: 200, body: "<html></html>", headers: { "content-type": "text/html" } },
      ],
      ["another API", json(200, { hello: "world" })],
      [
        "a token that no header can hold",
        { fails: new TypeError("Invalid character in header content") },
      ],
      ["a certificate that nobody trusts", network("SELF_SIGNED_CERT_IN_CHAIN")],
      ["a package that is not installed", network("MODULE_NOT_FOUND")],
    ] as const) {
      const scripted = new Scripted([step]);
      await scripted.failure({ decoder: t.type({ uuid: t.string }) });
      expect(scripted.clock.elapsed(), what).to.be.below(60_000);
    }
  });
});

describe("the client's time limits", () => {
  it("give each attempt half a minute", async () => {
    const scripted = new Scripted(["hangs", json(200, {})]);
    await scripted.send();
    expect(scripted.sent[1]?.at).to.be.within(30_000, 32_000);
    const reached = new Scripted([json(200, {}), "hangs"]);
    await reached.send();
    const error = await reached.failure(post);
    expect(error).to.be.instanceOf(errors.TimeoutError).and.include({ effect: "unknown" });
    expect(error.message).to.include("30 s");
  });

  it("count the body too", async () => {
    const slow = { status: 200, body: "{}", after: 20_000, bodyAfter: 20_000 };
    const scripted = new Scripted([slow]);
    expect(await scripted.failure(post)).to.be.instanceOf(errors.TimeoutError);
    expect(scripted.clock.elapsed()).to.equal(30_000);
  });

  it("never exceed the deadline", async () => {
    const scripted = new Scripted([json(200, {}), "hangs"]);
    await scripted.send();
    const error = await scripted.failure({ deadline: deadlineIn(scripted.clock, 5000) });
    expect(scripted.clock.elapsed()).to.equal(5000);
    expect(error).to.be.instanceOf(errors.TimeoutError);
    const over = new Scripted([json(200, {})]);
    expect(await over.failure({ deadline: deadlineIn(over.clock, 0) })).to.include({
      effect: "none",
    });
    expect(over.sent).to.deep.equal([]);
  });
});

describe("the client's requests", () => {
  it("carry what the platform asks for", async () => {
    const scripted = new Scripted([json(200, {})]);
    await scripted.send({
      ...post,
      method: "PATCH",
      query: { per_page: "100", cursor: "a b&c" },
      headers: { "x-workspace-id": "w", authorization: "mine" },
    });
    const [{ url, init } = { url: "", init: undefined }] = scripted.sent;
    expect(url).to.equal(`${origin}/api/v1/apps/a/addons/b?per_page=100&cursor=a+b%26c`);
    expect(init).to.deep.include({ method: "PATCH", redirect: "manual", body: '{"name":"x"}' });
    expect(init?.headers).to.deep.equal({
      accept: "application/json",
      authorization: `Bearer ${fakeToken}`,
      "content-type": "application/json",
      "user-agent": "pulumi-paas-addons/0.0.0-test",
      "x-workspace-id": "w",
    });
  });
});
