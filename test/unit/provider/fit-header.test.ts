import { expect } from "chai";
import { isDigestOf } from "../../../src/fields/digest";
import { fitHeader } from "../../../src/provider/fit-header";
import { changesOf } from "../../../src/provider/diff";
import { MigetKind } from "../../../src/miget/kind";

const platform = new MigetKind();
const long = (length: number, letter = "x") => letter.repeat(length);
const inputs = {
  appUuid: "an-app",
  type: "postgres",
  name: "orders",
  postgresVersion: "17",
  caCrt: long(40_000),
  tlsCrt: long(39_000, "y"),
  replicationUsername: "demo",
};
const machinery = {
  __provider: "the loader's text",
  __secretInputs: ["label"],
  customTimeouts: { create: "1h" },
};
const outputs = {
  uuid: "a-uuid",
  state: "processing",
  settings: { text: long(30_000) },
  vars: { DATABASE_URL: "made up" },
  connection: { uri: "made up" },
};
const all = { ...inputs, ...machinery, ...outputs };

describe("the properties that a partial failure saves", () => {
  it("are all of them where they fit", () => {
    const small = { ...all, caCrt: "x", tlsCrt: "y", settings: {} };
    expect(fitHeader(platform, small, "not ready")).to.deep.equal(small);
  });

  it("lack only outputs that can be read again, where that is enough", () => {
    const { settings, ...rest } = { ...all, tlsCrt: "y" };
    expect(settings).to.have.property("text");
    expect(fitHeader(platform, { ...rest, settings }, "not ready")).to.deep.equal(rest);
  });

  it("have digests for the longest inputs, which count as the same as these", () => {
    const slim = fitHeader(platform, all, "not ready");
    expect(JSON.stringify(slim).length).to.be.below(45_000);
    expect(slim).to.include({
      ...machinery,
      uuid: "a-uuid",
      name: "orders",
      tlsCrt: inputs.tlsCrt,
    });
    expect(isDigestOf(slim.caCrt, inputs.caCrt)).to.equal(true);
    expect(changesOf(platform.fields, slim, inputs)).to.deep.equal([]);
    const other = changesOf(platform.fields, slim, { ...inputs, caCrt: long(40_000, "z") });
    expect(other.map(({ path, kind }) => [path, kind])).to.deep.equal([["caCrt", "replace"]]);
  });

  it("give up connection data only where nothing else is left to give up", () => {
    const huge = { ...all, vars: { DATABASE_URL: long(70_000) } };
    expect(fitHeader(platform, huge, "not ready")).to.deep.include({ vars: {}, connection: {} });
    expect(fitHeader(platform, all, "not ready")).to.deep.include({ vars: all.vars });
  });

  it("leave room for a long reason, of whatever letters", () => {
    const tight = { ...all, caCrt: long(20_000), tlsCrt: long(8000), settings: {} };
    expect(fitHeader(platform, tight, "not ready")).to.deep.equal(tight);
    expect(isDigestOf(fitHeader(platform, tight, "字".repeat(3000)).caCrt, tight.caCrt)).to.equal(
      true,
    );
  });
});
