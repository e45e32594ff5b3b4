import { expect } from "chai";
import fc from "fast-check";
import { PartialFailure, toState, UserError } from "../../../src/provider/state";

class Instance {
  readonly shown = 1;
  readonly gone = () => 2;
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
  withBoxedValues: true,
  maxDepth: 3,
});

/** What the engine's wire format takes: JSON without undefined members. */
function isPlain(value: unknown): boolean {
  if (value === null || ["string", "boolean"].includes(typeof value)) return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return [...value.keys()].every((index) => isPlain(value[index]));
  if (typeof value !== "object") return false;
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

describe("what goes into state", () => {
  it("is plain JSON, whatever it was made of", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anything), (props) => {
        const state = toState(props);
        expect(isPlain(state)).to.equal(true);
        expect(toState(state)).to.deep.equal(state);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps what is plain JSON already", () => {
    const plain = { a: [1, "b", null, { c: true, d: "" }], e: {}, f: [], constructor: 1 };
    expect(toState(plain)).to.deep.equal(plain);
  });

  it("says in JSON what is none", () => {
    const odd = {
      date: new Date(Date.UTC(2026, 0, 2)),
      noDate: new Date(Number.NaN),
      map: new Map([["a", 1n]]),
      set: new Set([1]),
      list: [undefined, () => 1, Symbol("s"), Number.NaN],
      instance: new Instance(),
      nothing: undefined,
      call: () => 1,
    };
    expect(toState(odd)).to.deep.equal({
      date: "2026-01-02T00:00:00.000Z",
      noDate: null,
      map: { a: "1" },
      set: [1],
      list: [null, null, null, null],
      instance: { shown: 1 },
    });
  });

  it("never changes a prototype", () => {
    const evil: unknown = JSON.parse(
      '{"__proto__":{"bad":1},"a":{"__proto__":{"bad":1}},"constructor":{"prototype":{"bad":1}}}',
    );
    const state = toState({ evil });
    expect(Reflect.get({}, "bad")).to.equal(undefined);
    expect(JSON.stringify(state)).to.equal(
      '{"evil":{"a":{},"constructor":{"prototype":{"bad":1}}}}',
    );
    expect(isPlain(state)).to.equal(true);
  });
});

describe("errors for the user", () => {
  it("have no stack to be printed, and are their message", () => {
    const error = new UserError("It went wrong.");
    expect(error).to.be.instanceOf(Error);
    expect(error.stack).to.equal("");
    expect(String(error)).to.equal("It went wrong.");
  });

  it("of a partial creation have what the engine saves", () => {
    const failure = new PartialFailure("app/uuid", "Not ready.", {
      a: undefined,
      b: 1n,
      __provider: "text",
    });
    expect(failure).to.include({ id: "app/uuid", message: "Not ready.", stack: "" });
    expect(failure.reasons).to.deep.equal(["Not ready."]);
    expect(failure.properties).to.deep.equal({ b: "1", __provider: "text" });
    expect(isPlain(failure.properties)).to.equal(true);
  });
});
