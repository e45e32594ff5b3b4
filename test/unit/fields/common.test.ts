import { expect } from "chai";
import { deadlineIn, inWords } from "../../../src/http/deadline";
import { durationMs, timeLimit, userProps } from "../../../src/fields/common";
import { slugOf } from "../../../src/northflank/slug";
import { VirtualClock } from "../../support/virtual-clock";

describe("durations", () => {
  for (const [text, ms] of [
    ["90s", 90_000],
    ["20m", 1_200_000],
    ["1h30m", 5_400_000],
    ["1.5h", 5_400_000],
    ["1h0m30s", 3_630_000],
    ["500ms", 500],
    ["0s", undefined],
    ["", undefined],
    ["10", undefined],
    ["m", undefined],
    ["1d", undefined],
    ["-5m", undefined],
    ["5 m", undefined],
    [300, undefined],
    [null, undefined],
  ] as const) {
    it(`${JSON.stringify(text)} is ${String(ms)} ms`, () => expect(durationMs(text)).to.equal(ms));
  }

  it("are read, however long the text", () => {
    expect(durationMs(`${"1".repeat(100_000)}x`)).to.equal(undefined);
    expect(durationMs("1h".repeat(100_000))).to.equal(100_000 * 3_600_000);
  });

  it("limit an operation, which has a default", () => {
    const customTimeouts = { create: "90s", update: "soon" };
    expect(timeLimit("create", { customTimeouts })).to.equal(90_000);
    for (const [operation, minutes] of [
      ["create", 15],
      ["update", 15],
      ["delete", 10],
      ["read", 5],
    ] as const) {
      expect(timeLimit(operation, {})).to.equal(minutes * 60_000);
      expect(timeLimit(operation, { customTimeouts: null })).to.equal(minutes * 60_000);
    }
    expect(timeLimit("update", { customTimeouts })).to.equal(900_000);
    expect(timeLimit("delete", { customTimeouts })).to.equal(600_000);
  });

  it("are put into words", () => {
    for (const [ms, words] of [
      [0, "0 s"],
      [-5, "0 s"],
      [45_000, "45 s"],
      [59_700, "1 min"],
      [200_000, "3 min 20 s"],
      [3_600_000, "1 h"],
      [3_900_000, "1 h 5 min"],
      [90_000_000, "25 h"],
    ] as const) {
      expect(inWords(ms)).to.equal(words);
    }
  });

  it("end at a deadline, after which nothing is left", () => {
    const clock = new VirtualClock();
    const deadline = deadlineIn(clock, 1000);
    clock.advance(400);
    expect(deadline.left()).to.equal(600);
    clock.advance(10_000);
    expect(deadline.left()).to.equal(0);
  });
});

describe("what the machinery adds to inputs", () => {
  it("is taken away, and so is what is not there", () => {
    expect(
      userProps({ a: 0, b: "", c: false, d: null, e: undefined, __provider: "x", __x: 1 }),
    ).to.deep.equal({ a: 0, b: "", c: false });
  });
});

describe("slugs", () => {
  it("are the same for names that differ in case, blanks and hyphens only", () => {
    for (const name of ["Orders DB", "orders-db", "ORDERS db", "orders  db"])
      expect(slugOf(name)).to.equal("orders-db");
  });
});
