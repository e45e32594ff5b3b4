import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRecord, recordAt } from "../support/json";
import { repository } from "../support/pack";
import { describeWithCli } from "../support/skip";
import {
  declaredFrom,
  keptVersions,
  readKept,
  type KeptAddon,
  type KeptState,
} from "./old-state/kept";
import { keptOrigin } from "./old-state/normal";
import { did, each, stackFor, stages, type Stack } from "./stack";

const versions = keptVersions();

describe("states of releases", () => {
  it("are kept of this version too", () => {
    const manifest = parseRecord(
      readFileSync(join(repository, "package.json"), "utf8"),
      "manifest",
    );
    expect(versions, "run `npm run states` and commit what it writes").to.include(manifest.version);
  });
});

/** The platforms and the stack as the release left them. */
async function restore(stack: Stack, kept: KeptState): Promise<void> {
  const { emulator, project } = stack;
  for (const record of kept.miget) emulator.miget.restore(record);
  for (const record of kept.northflank) emulator.northflank.restore(record);
  const text = JSON.stringify(kept.state).replaceAll(keptOrigin, emulator.origin);
  const state = parseRecord(text, "the state");
  const { secrets_providers } = recordAt(await project.export(), "deployment");
  // From here on its secrets are encrypted as this stack's are.
  await project.import({
    ...state,
    deployment: { ...recordAt(state.deployment), secrets_providers },
  });
}

/** Inputs that are new since 0.1.0; the next update brings them. */
const added = ["__urn", "deletionProtection"];

for (const version of versions) {
  // The tests are the stages of one life: each goes on where the one before it ended.
  describeWithCli(`the state that ${version} wrote`, function () {
    this.timeout(180_000);
    stages();

    const stack = stackFor();
    const kept = readKept(version);
    const names = kept.addons.map(({ name }) => name);
    const named = (wanted: (addon: KeptAddon) => boolean) =>
      kept.addons.filter(wanted).map(({ name }) => name);
    const whole = named(({ life }) => life === "whole");
    const unfinished = named(({ life }) => life === "unfinished");
    const identities = () => {
      const { miget, northflank } = stack().emulator;
      const all = [
        ...miget.addons().map(({ uuid }) => uuid),
        ...northflank.addons().map(({ uid }) => uid),
      ];
      return all.sort();
    };
    let known: string[];

    before(async () => {
      await restore(stack(), kept);
      known = identities();
      stack().declare(kept.addons.map((addon) => declaredFrom(addon)));
    });

    afterEach(() => {
      const { emulator } = stack();
      expect(emulator.violations).to.deep.equal([]);
      const created = emulator.requests.filter(({ operationId }) => operationId === "createAddon");
      expect(created, "creations").to.deep.equal([]);
    });

    it("shows no change in a preview", async () => {
      const result = await stack().preview({ args: ["--diff"] });
      // What its creation left unfinished goes on with an update, which has nothing to show.
      expect(did(result)).to.deep.equal({ ...each(whole, "same"), ...each(unfinished, "update") });
      for (const { name, diffs } of result.steps) {
        expect(
          diffs.filter((path) => !added.includes(path)),
          name,
        ).to.deep.equal([]);
      }
      expect(stack().writes()).to.deep.equal([]);
    });

    it("goes on with what is unfinished, without creating it again", async () => {
      const { miget, northflank } = stack().emulator;
      for (const { uuid, state } of miget.addons()) {
        if (state === "processing") miget.setState(uuid, "healthy");
      }
      for (const { id, status } of northflank.addons()) {
        if (status === "allocating") northflank.setStatus(id, "running");
      }
      const result = await stack().up();
      expect(did(result)).to.deep.equal({ ...each(whole, "same"), ...each(unfinished, "update") });
      expect(stack().writes()).to.deep.equal([]);
    });

    it("is what a refresh finds", async () => {
      expect(did(await stack().refresh())).to.deep.equal(each(names, "same"));
    });

    it("is updated in place", async () => {
      stack().declare(kept.addons.map((addon) => declaredFrom(addon, addon.update)));
      const result = await stack().up();
      expect(did(result)).to.deep.equal(each(names, "update"));
      for (const { name, diffs } of result.steps) {
        const addon = kept.addons.find((one) => one.name === name);
        const hidden = Object.keys(addon?.update ?? {}).filter(
          (path) => addon?.secret.includes(path) === true,
        );
        // The engine hides secret values, so their differences cannot be seen here.
        const shown = Object.keys(addon?.update ?? {}).filter((path) => !hidden.includes(path));
        expect(
          diffs.filter((path) => !added.includes(path)),
          name,
        ).to.deep.equal(shown);
      }
      expect(identities()).to.deep.equal(known);
      expect(did(await stack().refresh())).to.deep.equal(each(names, "same"));
    });

    it("is destroyed, and nothing is left", async () => {
      expect(did(await stack().destroy())).to.deep.equal(each(names, "delete"));
      expect(identities()).to.deep.equal([]);
      expect(await stack().project.resources()).to.deep.equal([]);
    });
  });
}
