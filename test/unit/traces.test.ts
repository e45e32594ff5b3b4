import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AddonResource } from "../../src/resource";
import { blankPromiseTraces } from "../../src/traces";

/** Named as the SDK's function is that takes down the traces of promises. */
function debuggablePromise(): string | undefined {
  return new Error("made here").stack;
}

class Thing extends AddonResource {
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    const kind = {
      type: "test:Thing",
      providerModule: "nowhere",
      inputs: ["a", "b"],
      outputs: ["c"],
      secretInputs: [],
      secretOutputs: [],
    };
    super(kind, name, { a: 1 }, opts);
  }
}

describe("traces of the SDK's promises", () => {
  const leaks = "PULUMI_DEBUG_PROMISE_LEAKS";
  let before: unknown;
  let traces: string[];

  beforeEach(() => {
    before = Reflect.get(Error, "prepareStackTrace");
    traces = [];
    Error.prepareStackTrace = (error, frames) => {
      traces.push(frames[0]?.getFunctionName() ?? "");
      return `mapped: ${error.message}`;
    };
  });

  afterEach(() => {
    Reflect.set(Error, "prepareStackTrace", before);
    Reflect.deleteProperty(process.env, leaks);
  });

  it("are left blank, and no others", () => {
    const restore = blankPromiseTraces();
    expect(debuggablePromise()).to.equal("");
    expect(new Error("another").stack).to.equal("mapped: another");
    restore();
    expect(debuggablePromise()).to.equal("mapped: made here");
  });

  it("are there for whoever looks for leaks", () => {
    process.env[leaks] = "1";
    const restore = blankPromiseTraces();
    expect(debuggablePromise()).to.equal("mapped: made here");
    restore();
  });

  it("are not made while an add-on is declared, and what makes traces is put back", async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ inputs }) => ({ id: "1", state: inputs as object }),
      call: () => ({}),
    });
    const mapping: unknown = Reflect.get(Error, "prepareStackTrace");
    const thing = new Thing("thing");
    expect(traces).to.not.include("debuggablePromise");
    expect(Reflect.get(Error, "prepareStackTrace")).to.equal(mapping);
    await new Promise((resolve) => thing.urn.apply(resolve));
  });

  it("puts it back where declaring fails too", () => {
    const mapping: unknown = Reflect.get(Error, "prepareStackTrace");
    expect(() => new Thing("")).to.throw("name");
    expect(Reflect.get(Error, "prepareStackTrace")).to.equal(mapping);
  });
});
