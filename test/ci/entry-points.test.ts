import type { Problem, ResolutionKind } from "@arethetypeswrong/core";
import { expect } from "chai";
import { isMeant } from "../../scripts/ci/entry-points";

const unresolved = (entrypoint: string, resolutionKind: ResolutionKind): Problem => ({
  kind: "NoResolution",
  entrypoint,
  resolutionKind,
});

describe("the check of the entry points", () => {
  it("lets the oldest module resolution miss the two modules of the engine, and nothing else", () => {
    expect(isMeant(unresolved("./miget/provider", "node10"))).to.equal(true);
    expect(isMeant(unresolved("./northflank/provider", "node10"))).to.equal(true);
    expect(isMeant(unresolved(".", "node10"))).to.equal(false);
    expect(isMeant(unresolved("./miget/provider", "node16-cjs"))).to.equal(false);
    expect(isMeant(unresolved("./miget/provider", "bundler"))).to.equal(false);
  });
});
