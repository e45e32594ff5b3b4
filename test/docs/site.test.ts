import { expect } from "chai";
import { documentsOf } from "../support/documents";
import { repository } from "../support/pack";

describe("the contents of the site", () => {
  it("are all documents of the repository, each once and at an address of its own", async () => {
    const { contents, routeOf } = await import("../../site/contents.mjs");
    const named = Object.values(contents).flatMap((pages) => Object.keys(pages));
    expect(named).to.have.members(documentsOf(repository));
    expect(new Set(named.map(routeOf)).size).to.equal(named.length);
  });
});
