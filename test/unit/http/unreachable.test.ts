import { expect } from "chai";
import { deadlineIn } from "../../../src/http/deadline";
import { ConnectionError, UnreachableError } from "../../../src/http/errors";
import { fakeToken, json, network, origin, Scripted, type Step } from "./scripted";

const minute = 60_000;
const post = { method: "POST", operation: "create the add-on", body: {} } as const;
const del = { method: "DELETE", operation: "delete the add-on" } as const;
const failed = (code: string, call: string): Step =>
  network(code, `request to ${origin} failed, reason: ${call} ${code}`);

describe("a platform that has not answered anything yet", () => {
  const cases: readonly (readonly [Step, string])[] = [
    [network("ENOTFOUND"), "api.example.com is not known (ENOTFOUND)"],
    [network("ECONNREFUSED"), "api.example.com refuses the connection (ECONNREFUSED)"],
    [
      failed("EHOSTUNREACH", "connect"),
      "api.example.com cannot be reached from here (EHOSTUNREACH)",
    ],
    [network("ECONNRESET"), "read ECONNRESET"],
    ["hangs", "api.example.com did not answer within 30 s"],
  ];
  for (const [step, reason] of cases) {
    it(`fails a read within a minute, the reason first: ${reason}`, async () => {
      const scripted = new Scripted([step]);
      const error = await scripted.failure();
      expect(error).to.be.instanceOf(UnreachableError).and.include({ effect: "none" });
      expect(error.message).to.match(/^Miget cannot be reached: .*\. Check miget:baseUrl\.$/u);
      if (step !== "hangs") expect(error.message).to.include(reason);
      expect(scripted.clock.elapsed()).to.be.within(minute - 20_000, minute);
      expect(scripted.sent.length).to.be.greaterThan(1);
    });
  }

  for (const [code, reason] of [
    ["CERT_HAS_EXPIRED", "has a certificate that has expired"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "has a certificate that it signed itself"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "has a certificate that nobody here trusts"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "has a certificate for another name"],
  ] as const) {
    it(`fails at once where the host ${reason}`, async () => {
      const scripted = new Scripted([network(code)]);
      const { message } = await scripted.failure(post);
      expect(message).to.equal(
        `Miget cannot be reached: api.example.com ${reason} (${code}). Behind a proxy that opens TLS, set NODE_EXTRA_CA_CERTS to the file with its certificate.`,
      );
      expect(scripted.clock.elapsed()).to.equal(0);
    });
  }

  it("fails a change within a minute of which nothing was sent", async () => {
    const scripted = new Scripted([network("ECONNREFUSED")]);
    expect(await scripted.failure(post)).to.include({ effect: "none" });
    expect(scripted.clock.elapsed()).to.be.at.most(minute);
  });

  it("is asked on about a change that may have arrived", async () => {
    const scripted = new Scripted([network("ECONNRESET")]);
    expect(await scripted.failure(del)).to.include({ effect: "unknown" });
    expect(scripted.clock.elapsed()).to.be.greaterThan(5 * minute);
  });

  it("has as long as the operation where it answers with trouble", async () => {
    for (const step of [json(503, {}), json(429, {})]) {
      const scripted = new Scripted([step]);
      await scripted.failure();
      expect(scripted.clock.elapsed()).to.be.greaterThan(5 * minute);
    }
  });

  it("has as long as the operation once it has answered", async () => {
    const scripted = new Scripted([json(200, {}), network("ECONNREFUSED")]);
    await scripted.send();
    await scripted.failure();
    expect(scripted.clock.elapsed()).to.be.greaterThan(5 * minute);
  });

  it("says that a proxy wants a password", async () => {
    const { message } = await new Scripted([json(407, {})]).failure();
    expect(message).to.match(/^Miget cannot be reached: the proxy wants .*HTTPS_PROXY/u);
  });
});

describe("a change whose connection breaks", () => {
  for (const [code, call, unsent] of [
    ["ECONNREFUSED", "connect", true],
    ["ENOTFOUND", "getaddrinfo", true],
    ["EAI_AGAIN", "getaddrinfo", true],
    ["ETIMEDOUT", "connect", true],
    ["EHOSTUNREACH", "connect", true],
    ["EHOSTUNREACH", "read", false],
    ["ENETUNREACH", "read", false],
    ["ENETUNREACH", "write", false],
    ["ETIMEDOUT", "read", false],
  ] as const) {
    const steps = [failed(code, call), json(200, {})];
    if (unsent) {
      it(`is sent again after ${call} ${code}, which came before anything was sent`, async () => {
        const scripted = new Scripted(steps);
        await scripted.send(post);
        expect(scripted.sent).to.have.length(2);
      });
    } else {
      it(`is not sent again after ${call} ${code}, since it may have arrived`, async () => {
        const scripted = new Scripted(steps);
        const error = await scripted.failure(post);
        expect(error).to.be.instanceOf(ConnectionError).and.include({ effect: "unknown" });
        expect(scripted.sent).to.have.length(1);
      });
    }
  }

  it("goes by the system call where the error names it", async () => {
    const error = Object.assign(new Error("gone"), { code: "EHOSTUNREACH", syscall: "read" });
    expect(await new Scripted([{ fails: error }]).failure(post)).to.include({ effect: "unknown" });
  });

  it("is sent again where none of several addresses could be connected to", async () => {
    const scripted = new Scripted([
      network("ECONNREFUSED", `request to ${origin} failed, reason: `),
      json(200, {}),
    ]);
    await scripted.send(post);
    expect(scripted.sent).to.have.length(2);
  });

  it("never repeats the token", async () => {
    const scripted = new Scripted([network("ECONNRESET", `read ${fakeToken}`)]);
    const { message } = await scripted.failure({
      ...post,
      deadline: deadlineIn(scripted.clock, 1),
    });
    expect(message).to.not.include(fakeToken);
  });
});
