import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { AddonResource } from "../../src/program/resource";
import { PromiseTraces } from "../../src/program/promise-traces";
import { repository } from "../support/pack";

/** Named as the SDK's function is that takes down the traces of promises. */
function debuggablePromise(): string | undefined {
  return new Error("made here").stack;
}

class Thing extends AddonResource {
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    const kind = {
      type: "test:Thing",
      className: "Thing",
      providerModule: "nowhere",
      inputs: ["a", "b"],
      outputs: ["c"],
      secretInputs: [],
      secretOutputs: [],
      plainOutputs: [],
    };
    super(kind, name, { a: 1 }, opts);
  }
}

describe("traces of the SDK's promises", () => {
  const leaks = "PULUMI_DEBUG_PROMISE_LEAKS";
  let before: unknown;
  let traces: string[];
  const limit = Error.stackTraceLimit;

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
    const blank = new PromiseTraces();
    expect(debuggablePromise()).to.equal("");
    expect(new Error("another").stack).to.equal("mapped: another");
    blank.end();
    expect(debuggablePromise()).to.equal("mapped: made here");
  });

  it("are there for whoever looks for leaks", () => {
    process.env[leaks] = "1";
    const blank = new PromiseTraces();
    expect(debuggablePromise()).to.equal("mapped: made here");
    expect(Error.stackTraceLimit).to.equal(limit);
    blank.end();
  });

  it("are short from the first promise to the last property, and no longer", () => {
    const blank = new PromiseTraces();
    expect(Error.stackTraceLimit).to.equal(limit);
    debuggablePromise();
    expect(Error.stackTraceLimit).to.equal(1);
    const props = Object.defineProperties({}, { last: blank.last("text") });
    expect({ ...props }).to.deep.equal({ last: "text" });
    debuggablePromise();
    expect(Error.stackTraceLimit).to.equal(limit);
    blank.end();
    expect(Error.stackTraceLimit).to.equal(limit);
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
    expect(Error.stackTraceLimit).to.equal(limit);
    await new Promise((resolve) => thing.urn.apply(resolve));
  });

  it("leave the error of a registration that fails with the line that declared the add-on", () => {
    const program = `
      const pulumi = require("@pulumi/pulumi");
      const { MigetAddon } = require("./src/index.ts");
      Error.prepareStackTrace = ({ message }, frames) => [message, ...frames].join("\\n");
      process.once("unhandledRejection", ({ stack }) => {
        console.log(stack);
        process.exit();
      });
      function declareIt() {
        new MigetAddon("db", { appUuid: "1", type: "postgres", postgresVersion: "17" });
      }
      const newResource = () => {
        throw new Error("refused");
      };
      pulumi.runtime.setMocks({ newResource, call: () => ({}) }).then(declareIt);`;
    const args = ["--import", "tsx", "-e", program];
    const options = { cwd: repository, encoding: "utf8" } as const;
    const printed = execFileSync(process.execPath, args, options);
    expect(printed).to.match(/^failed to register new resource db .*refused\n/);
    expect(printed).to.include("declareIt");
  });

  it("puts it back where declaring fails too", () => {
    const mapping: unknown = Reflect.get(Error, "prepareStackTrace");
    expect(() => new Thing("")).to.throw("name");
    expect(Reflect.get(Error, "prepareStackTrace")).to.equal(mapping);
    expect(Error.stackTraceLimit).to.equal(limit);
  });
});
