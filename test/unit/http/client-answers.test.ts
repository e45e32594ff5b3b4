import { expect } from "chai";
import * as t from "io-ts";
import { UndecodableError } from "../../../src/http/errors";
import { fakeToken, json, origin, Scripted, type Step } from "./scripted";

const post = { method: "POST" as const };

describe("the client's reading of answers", () => {
  const readable: readonly (readonly [string, Step, unknown])[] = [
    ["JSON", json(200, { a: 1 }), { a: 1 }],
    ["JSON of any success", json(202, [1]), [1]],
    [
      "JSON of another media type",
      { body: "{}", headers: { "content-type": "application/vnd.api+json" } },
      {},
    ],
    ["JSON without a media type", { body: "[]" }, []],
    ["nothing", { status: 200 }, undefined],
    [
      "white space",
      { status: 200, body: " \n", headers: { "content-type": "text/plain" } },
      undefined,
    ],
    ["204", { status: 204 }, undefined],
    ["204 with a media type", { status: 204, headers: { "content-type": "text/html" } }, undefined],
    ["null", json(200, null), null],
  ];
  for (const [what, step, value] of readable) {
    it(`takes ${what}`, async () => {
      for (const more of [{}, post])
        expect(await new Scripted([step]).send(more)).to.deep.equal(value);
    });
  }

  const html = { "content-type": "text/html; charset=utf-8" };
  const unreadable: readonly (readonly [string, Step, RegExp])[] = [
    ["a page", { body: "<html></html>", headers: html }, /text\/html/u],
    ["JSON said to be a page", { body: "{}", headers: html }, /not with JSON/u],
    [
      "broken JSON",
      { body: '{"a":', headers: { "content-type": "application/json" } },
      /JSON is broken/u,
    ],
    ["text without a media type", { body: "OK" }, /JSON is broken/u],
    ["more than 10 MiB", { body: "x".repeat(10 * 1024 * 1024 + 1) }, /10 MiB/u],
    [
      "a redirect elsewhere",
      { status: 302, headers: { location: "https://evil.example.com/" } },
      /redirect/u,
    ],
    ["a redirect without a place", { status: 302 }, /redirect/u],
    [
      "a redirect to nowhere",
      { status: 302, headers: { location: "https://[broken" } },
      /redirect/u,
    ],
  ];
  for (const [what, step, message] of unreadable) {
    it(`fails for ${what}`, async () => {
      const error = await new Scripted([step]).failure(post);
      expect(error).to.be.instanceOf(UndecodableError);
      expect(error.message).to.match(message);
    });
  }

  it("allows exactly 10 MiB", async () => {
    const text = JSON.stringify("x".repeat(10 * 1024 * 1024 - 2));
    expect(await new Scripted([{ body: text }]).send()).to.be.a("string");
  });

  it("asks once only for what is too large", async () => {
    const scripted = new Scripted([{ body: "x".repeat(11_000_000) }]);
    await scripted.failure();
    expect(scripted.sent).to.have.length(1);
  });

  it("names the field that is not as documented, and never its value", async () => {
    const decoder = t.type({ data: t.type({ addons: t.array(t.type({ id: t.string })) }) });
    const answer = json(200, { data: { addons: [{ id: "a" }, { id: { secret: "FAKE-value" } }] } });
    const { message } = await new Scripted([answer]).failure({ ...post, decoder });
    expect(message).to.include("data.addons[1].id").and.include("string").and.not.include("FAKE");
  });

  it("treats an answer that cannot be used as one whose effect is not known", async () => {
    const decoder = t.type({ uuid: t.string });
    expect(await new Scripted([json(201, {})]).failure({ ...post, decoder })).to.include({
      effect: "unknown",
    });
    expect(await new Scripted([{ status: 204 }]).failure({ ...post, decoder })).to.include({
      effect: "unknown",
    });
  });
});

describe("the client's redirects", () => {
  const to = (location: string, status = 302): Step => ({ status, headers: { location } });
  const good = json(200, { fine: true });

  for (const status of [301, 302, 303, 307, 308]) {
    it(`of a read are followed within the origin (${status})`, async () => {
      const scripted = new Scripted([to("/api/v2/other?x=1", status), to("sibling"), good]);
      expect(await scripted.send()).to.deep.equal({ fine: true });
      const urls = ["/api/v1/apps/a/addons/b", "/api/v2/other?x=1", "/api/v2/sibling"];
      expect(scripted.sent.map(({ url }) => url)).to.deep.equal(urls.map((path) => origin + path));
      for (const { init } of scripted.sent)
        expect(init.headers.authorization).to.include(fakeToken);
    });

    it(`of a write are not followed (${status})`, async () => {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"] as const) {
        const scripted = new Scripted([to("/elsewhere", status), good]);
        expect(await scripted.failure({ method })).to.be.instanceOf(UndecodableError);
        expect(scripted.sent).to.have.length(1);
      }
    });
  }

  for (const location of [
    "https://evil.example.com/",
    "http://api.example.com/api/v1",
    "https://api.example.com:8443/",
    "//evil.example.com/",
    "https://api.example.com@evil.example.com/",
    "\\\\evil.example.com/",
    "javascript:alert(1)",
    "data:application/json,{}",
  ]) {
    it(`to ${location} are not followed, so the token stays at home`, async () => {
      const scripted = new Scripted([to(location), good]);
      const error = await scripted.failure();
      expect(error).to.be.instanceOf(UndecodableError);
      expect(scripted.sent).to.have.length(1);
      expect(scripted.clock.elapsed()).to.equal(0);
    });
  }

  it("in a circle end", async () => {
    const scripted = new Scripted([to("/round")]);
    expect(await scripted.failure()).to.be.instanceOf(UndecodableError);
    expect(scripted.sent.length).to.be.below(10);
  });
});
