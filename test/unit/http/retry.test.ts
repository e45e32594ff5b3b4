import { expect } from "chai";
import fc from "fast-check";
import {
  backoff,
  type Outcome,
  retry,
  type RetryQuestion,
  toldToWait,
} from "../../../src/http/retry";

const now = Date.UTC(2026, 0, 2, 3, 4, 5);

function answered(status: number, headers: Record<string, string> = {}): Outcome {
  return { kind: "answered", status, headers: (name) => headers[name] ?? null };
}

function question(outcome: Outcome, more: Partial<RetryQuestion> = {}): RetryQuestion {
  return { outcome, repeatable: true, attempts: 1, left: 900_000, now, random: 0.5, ...more };
}

const after = (status: number, headers: Record<string, string>, more?: Partial<RetryQuestion>) => {
  const answer = retry(question(answered(status, headers), more));
  return answer.again ? answer.after : undefined;
};

const headerText = fc.oneof(
  fc.string(),
  fc.double().map(String),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.constantFrom(
    "",
    " ",
    "NaN",
    "Infinity",
    "-1",
    "1e999",
    "1e308",
    "0x10",
    "soon",
    "99999999999999999999",
  ),
);
const headers = fc.dictionary(
  fc.constantFrom("retry-after", "x-ratelimit-reset", "x-ratelimit-remaining"),
  headerText,
);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 100, max: 999 }), headers)
    .map(([status, some]) => answered(status, some)),
  fc.constantFrom<Outcome>({ kind: "unsent" }, { kind: "lost" }),
);
const anyNumber = fc.oneof(fc.double(), fc.integer());
const questions: fc.Arbitrary<RetryQuestion> = fc.record({
  outcome,
  repeatable: fc.boolean(),
  attempts: anyNumber,
  left: anyNumber,
  now: anyNumber,
  random: anyNumber,
});

describe("retry", () => {
  it("waits a whole, finite number of milliseconds that fits into the time left", () => {
    fc.assert(
      fc.property(questions, (asked) => {
        const answer = retry(asked);
        if (answer.again) {
          expect(answer.after).to.satisfy(Number.isSafeInteger).and.be.at.least(0);
          expect(answer.after).to.be.below(asked.left);
        } else if (answer.suggested !== undefined) {
          expect(answer.suggested).to.satisfy(Number.isFinite).and.be.at.least(0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("never repeats what may have had an effect and may not be repeated", () => {
    fc.assert(
      fc.property(questions, (asked) => {
        const { outcome: seen } = asked;
        const harmless =
          seen.kind === "unsent" || (seen.kind === "answered" && seen.status === 429);
        const answer = retry({ ...asked, repeatable: false });
        if (!harmless) expect(answer.again).to.equal(false);
      }),
    );
  });

  it("repeats a 429 and what was never sent, even of what may not be repeated, while time is left", () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (repeatable, attempts, random) => {
          for (const seen of [answered(429), { kind: "unsent" } as const]) {
            expect(retry(question(seen, { repeatable, attempts, random })).again).to.equal(true);
          }
        },
      ),
    );
  });

  for (const status of [408, 425, 429, 500, 501, 502, 503, 504, 507, 520, 599]) {
    it(`repeats a read that was answered ${status}`, () => {
      expect(after(status, {})).to.be.a("number");
    });
  }

  for (const status of [200, 301, 302, 304, 400, 401, 403, 404, 405, 409, 410, 413, 422, 451]) {
    it(`never repeats what was answered ${status}`, () => {
      for (const repeatable of [true, false]) {
        expect(after(status, { "retry-after": "1" }, { repeatable })).to.equal(undefined);
      }
    });
  }

  it("waits longer each time, and at most 20 s without being told to", () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 50, 5000].map((attempts) => backoff(attempts, 0.5));
    expect([...waits].sort((a, b) => a - b)).to.deep.equal(waits);
    expect(waits.at(-1)).to.be.at.most(20_000);
    expect(
      new Set([0, 0.25, 0.5, 0.75, 0.99].map((random) => backoff(3, random))),
    ).to.have.property("size", 5);
  });

  const later = new Date(now + 7000).toUTCString();
  const table: readonly (readonly [number, Record<string, string>, number | undefined])[] = [
    [429, { "retry-after": "5" }, 5000],
    [503, { "retry-after": "5" }, 5000],
    [503, { "retry-after": " 5 " }, 5000],
    [503, { "retry-after": "1.5" }, 1500],
    [503, { "retry-after": later }, 7000],
    [429, { "retry-after": later }, 7000],
    [503, { "retry-after": new Date(now - 5000).toUTCString() }, 0],
    [429, { "x-ratelimit-reset": "30" }, 30_000],
    [429, { "retry-after": "5", "x-ratelimit-reset": "30" }, 5000],
    [429, { "retry-after": "", "x-ratelimit-reset": "30" }, 30_000],
    [429, { "retry-after": "soon", "x-ratelimit-reset": "30" }, 30_000],
    [429, { "retry-after": "try 2", "x-ratelimit-reset": "30" }, 30_000],
    [503, { "x-ratelimit-reset": "30" }, undefined],
    [429, { "x-ratelimit-reset": "" }, undefined],
    [429, { "x-ratelimit-reset": "later" }, undefined],
    [429, { "x-ratelimit-reset": "-1" }, undefined],
    [503, { "retry-after": "in 2099" }, undefined],
    [503, {}, undefined],
  ];
  for (const [status, given, expected] of table) {
    it(`hears ${JSON.stringify(given)} on a ${status} as ${String(expected)} ms`, () => {
      expect(toldToWait((name) => given[name], now, status)).to.equal(expected);
    });
  }

  it("waits as long as it is told, if that fits, and says how long where it does not", () => {
    expect(after(429, { "x-ratelimit-reset": "60" })).to.equal(60_000);
    const tooLong = question(answered(429, { "x-ratelimit-reset": "3600" }));
    expect(retry(tooLong)).to.deep.equal({ again: false, suggested: 3_600_000 });
    const justTooLong = question(answered(429, { "retry-after": "60" }), { left: 60_000 });
    expect(retry(justTooLong)).to.include({ again: false });
  });

  it("waits a little even where it is told to come at once", () => {
    expect(after(503, { "retry-after": "0" })).to.be.at.least(100);
  });
});
