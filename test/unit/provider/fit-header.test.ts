import { expect } from "chai";
import { fitHeader, fitReason } from "../../../src/provider/fit-header";
import { MigetKind } from "../../../src/miget/kind";

const platform = new MigetKind();
const long = (length: number, letter = "x") => letter.repeat(length);
const inputs = {
  appUuid: "an-app",
  type: "postgres",
  name: "orders",
  postgresVersion: "17",
  caCrt: long(4000),
  tlsCrt: long(3000, "y"),
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
  settings: { text: long(40_000) },
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
    const { settings, ...rest } = { ...all, settings: { text: long(50_000) } };
    expect(settings).to.have.property("text");
    expect(fitHeader(platform, { ...rest, settings }, "not ready")).to.deep.equal(rest);
  });

  it("keep all inputs, of the size that check allows, whatever the reason", () => {
    const inputsAlone = { ...inputs, caCrt: long(12_000), tlsCrt: long(10_000, "y") };
    const large = { ...inputsAlone, ...machinery, ...outputs, vars: { A: long(50_000) } };
    for (const reason of ["not ready", long(4000), "字".repeat(3000)]) {
      const slim = fitHeader(platform, large, fitReason(reason));
      expect(slim).to.deep.include({ ...inputsAlone, ...machinery, uuid: "a-uuid" });
      expect(Buffer.byteLength(JSON.stringify(slim))).to.be.below(45_000);
    }
  });

  it("lose the longest outputs first", () => {
    const large = { ...all, caCrt: "x", tlsCrt: "y", vars: { A: long(50_000) } };
    const slim = fitHeader(platform, large, "not ready");
    expect(slim).to.not.have.property("vars");
    expect(slim).to.deep.include({ connection: outputs.connection, settings: outputs.settings });
  });
});
