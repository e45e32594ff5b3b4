import { expect } from "chai";
import { advisoryVerdict, signatureVerdict } from "../../scripts/ci/audit";

const answer = (report: unknown) => ({ stdout: JSON.stringify(report) });
const weak = (severity: string) =>
  answer({ vulnerabilities: { demo: { name: "demo", severity, range: "<1.2.0" } } });

describe("the question about advisories", () => {
  it("is content with none", () => {
    const { problems, notChecked } = advisoryVerdict(answer({ vulnerabilities: {} }));
    expect(problems).to.deep.equal([]);
    expect(notChecked).to.equal(undefined);
  });

  for (const severity of ["high", "critical"]) {
    it(`finds one of ${severity} severity`, () => {
      expect(advisoryVerdict(weak(severity)).problems).to.deep.equal([
        `demo <1.2.0: an advisory of ${severity} severity`,
      ]);
    });
  }

  it("shows the others", () => {
    const { problems, notes } = advisoryVerdict(weak("moderate"));
    expect(problems).to.deep.equal([]);
    expect(notes).to.deep.equal(["demo <1.2.0: an advisory of moderate severity"]);
  });
});

describe("the question about signatures", () => {
  const demo = { name: "demo", version: "1.0.0", registry: "https://registry.example.com/" };

  it("is content when all are good", () => {
    const { problems, notChecked } = signatureVerdict(answer({ invalid: [], missing: [] }));
    expect(problems).to.deep.equal([]);
    expect(notChecked).to.equal(undefined);
  });

  it("finds what is signed wrongly, or not at all by a registry that signs", () => {
    expect(signatureVerdict(answer({ invalid: [demo], missing: [] })).problems).to.deep.equal([
      "demo 1.0.0: its signature is invalid",
    ]);
    expect(signatureVerdict(answer({ invalid: [], missing: [demo] })).problems).to.deep.equal([
      "demo 1.0.0: the registry has not signed it",
    ]);
  });
});

for (const [question, verdict] of Object.entries({ advisoryVerdict, signatureVerdict })) {
  describe(`${question}, where the registry does not answer`, () => {
    // In the forms in which npm 10 and 11 say it.
    const silent: readonly [what: string, report: unknown, reason: RegExp][] = [
      [
        "the endpoint is missing",
        {
          message: "405 Method Not Allowed - POST https://registry.example.com/-/npm/v1/bulk",
          statusCode: 405,
          error: { summary: "", detail: "" },
        },
        /answered 405/,
      ],
      [
        "the host is unknown",
        { error: { code: "ENOTFOUND", summary: "request to https://keys.example.com/ failed" } },
        /ENOTFOUND/,
      ],
      [
        "nobody listens",
        {
          message:
            "request to https://registry.example.com/ failed, reason: connect ECONNREFUSED 127.0.0.1:9",
          error: { summary: "", detail: "" },
        },
        /ECONNREFUSED/,
      ],
      [
        "it has no keys",
        {
          error: {
            summary: "found no dependencies to audit that were installed from a supported registry",
          },
        },
        /does not sign/,
      ],
    ];

    for (const [what, report, reason] of silent) {
      it(`says so: ${what}`, () => {
        const { problems, notChecked } = verdict(answer(report));
        expect(problems).to.deep.equal([]);
        expect(notChecked).to.match(reason);
        expect(notChecked).to.not.contain("example.com");
      });
    }

    for (const stdout of ["", "npm error", "{}", '{"error":{"code":"EUSAGE","summary":"usage"}}']) {
      it(`does not take for silence what it does not understand: ${JSON.stringify(stdout)}`, () => {
        const { problems, notChecked } = verdict({ stdout });
        expect(problems).to.have.length(1);
        expect(notChecked).to.equal(undefined);
      });
    }
  });
}
