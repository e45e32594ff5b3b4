import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import fc from "fast-check";
import {
  at,
  hasUnknown,
  isUnknown,
  same,
  inspect,
  unknownValue,
  withAt,
} from "../../../src/fields/values";
import { anyJson, withOneUnknown } from "../support/valid-values";
import { deepValue } from "../../hostile/support/texts";

const name = fc.stringMatching(/^[a-zA-Z]{1,6}$/u);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((keys) => keys.join("."));
const props = fc.dictionary(name, anyJson);
const known = anyJson.filter((value) => value !== null && !hasUnknown(value));

describe("values that are not known yet", () => {
  it("are the SDK's", () => {
    expect(unknownValue).to.equal(pulumi.runtime.unknownValue);
  });

  it("are found at any depth", () => {
    fc.assert(
      fc.property(known, (value) => {
        expect(hasUnknown(value)).to.equal(false);
        for (const changed of withOneUnknown(value)) expect(hasUnknown(changed)).to.equal(true);
      }),
    );
  });

  it("make everything below them unknown", () => {
    expect(at({ a: unknownValue }, "a.b.c")).to.satisfy(isUnknown);
    expect(at({ a: { b: unknownValue } }, "a.c")).to.equal(undefined);
  });
});

describe("a value at a path", () => {
  it("is there after it was set, and nothing else is touched", () => {
    fc.assert(
      fc.property(props, path, name, known, (before, where, other, value) => {
        const copy = structuredClone(before);
        const after = withAt(before, where, value);
        expect(at(after, where)).to.deep.equal(value);
        expect(before).to.deep.equal(copy);
        if (where.split(".")[0] !== other) expect(after[other]).to.deep.equal(before[other]);
      }),
    );
  });

  it("is gone after it was removed, and no empty parents appear", () => {
    fc.assert(
      fc.property(props, path, (before, where) => {
        const after = withAt(before, where, undefined);
        if (!isUnknown(at(after, where))) expect(at(after, where)).to.equal(undefined);
        expect(Object.keys(before)).to.include.members(Object.keys(after));
      }),
    );
  });

  it("is never one that was inherited, and never changes a prototype", () => {
    for (const odd of ["constructor", "toString", "a.constructor", "a.hasOwnProperty.name"]) {
      expect(at({ a: {} }, odd)).to.equal(undefined);
    }
    for (const odd of [
      "__proto__",
      "__proto__.bad",
      "a.__proto__.bad",
      "constructor.prototype.bad",
    ]) {
      const after = withAt({ a: {} }, odd, { bad: true });
      expect(Reflect.get({}, "bad")).to.equal(undefined);
      expect(Reflect.getPrototypeOf(after)).to.equal(Object.prototype);
    }
  });
});

describe("sameness", () => {
  it("is that of JSON", () => {
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        const copy: unknown = JSON.parse(JSON.stringify(a));
        expect(same(a, copy)).to.equal(true);
        expect(same(a, b)).to.equal(same(b, a));
      }),
    );
  });

  const table = [
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: null }, {}, true],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    ["1", 1, false],
    [null, undefined, false],
    [{ constructor: 1 }, {}, false],
    [{}, JSON.parse('{"__proto__":{"a":1}}'), false],
    [[undefined], [], false],
  ] as const;
  for (const [a, b, expected] of table) {
    it(`${expected ? "" : "not "}of ${JSON.stringify(a)} and ${JSON.stringify(b)}`, () => {
      expect(same(a, b)).to.equal(expected);
    });
  }
});

describe("a value in a message", () => {
  it("is short, whatever it is", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(inspect(value)).to.be.a("string").with.length.within(1, 80);
      }),
    );
  });

  it("is short and whole JSON to its end, or says that it goes on, however large and deep it is", () => {
    const large = [deepValue(10_000, "list"), deepValue(10_000, "object"), "🐘".repeat(100_000)];
    const wide = [Array.from({ length: 10_000 }, () => "x"), { ["k".repeat(100_000)]: 1 }];
    for (const value of [...large, ...wide]) {
      expect(inspect(value)).to.have.length.within(1, 80);
      expect(inspect(value))
        .to.match(/…/u)
        .and.not.match(/\p{Surrogate}/u);
    }
    const small = { a: [1, "b", null, { c: true }], "d e": "\n", f: undefined };
    expect(inspect(small)).to.equal(JSON.stringify(small));
  });

  it("says where there is none, or it is not known yet", () => {
    expect(inspect(undefined)).to.equal("nothing");
    expect(inspect(unknownValue)).to.equal("a value not known yet");
    expect(inspect("x")).to.equal('"x"');
  });
});
