import { expect } from "chai";
import { packageFile, packageIn } from "../../scripts/generate/package";
import { schema } from "../../src/doors/native/schema";
import { userAgent } from "../../src/provider/clients";

const bare = { version: "1.2.3", author: "Example" };
const addressed = {
  ...bare,
  homepage: "https://example.com/docs",
  repository: { type: "git", url: "git+https://example.com/demo.git" },
  bugs: { url: "https://example.com/demo/issues" },
};

describe("what package.json says of the package", () => {
  const about = packageIn(JSON.stringify(addressed));

  it("reaches requests, the schema of the provider plugin, and the sources", () => {
    expect(userAgent(about)).to.contain("pulumi-paas-addons/1.2.3 (+https://example.com/docs; ");
    expect(schema(about)).to.include({
      version: "1.2.3",
      publisher: "Example",
      homepage: "https://example.com/docs",
      repository: "https://example.com/demo",
    });
    expect(packageFile(JSON.stringify(addressed))).to.contain("https://example.com/demo/issues");
  });

  it("may lack all addresses", () => {
    const none = packageIn(JSON.stringify(bare));
    expect(userAgent(none)).to.match(/^pulumi-paas-addons\/1\.2\.3 \(node [\d.]+\)$/u);
    expect(schema(none)).to.not.have.any.keys("homepage", "repository");
    expect(JSON.stringify(schema(none))).to.not.contain("undefined");
  });

  it("may have an address as a plain text", () => {
    const plain = { ...bare, repository: "https://example.com/demo" };
    expect(packageIn(JSON.stringify(plain)).repository).to.equal("https://example.com/demo");
  });
});
