import { expect } from "chai";
import type { Harness } from "../support/harness";
import {
  always,
  connectionOf,
  created,
  expectSettled,
  miget,
  northflank,
  refusal,
  resourceOf,
  scenario,
  spoil,
  subjects,
} from "./scene";

/** The platform is ready, and shows no connection data for longer than the operation lasts. */
function withoutConnection(world: Harness): void {
  spoil(world, {
    operationId: "getAddonCredentials",
    kind: "forged",
    times: always,
    forge: (answer) => ({ ...answer, text: '{"data":{"secrets":{},"envs":{}}}' }),
  });
}

describe("a creation whose time limit ends while connection data is missing", () => {
  for (const subject of subjects) {
    it(`says what is missing on ${subject.platform}, and goes on at the next up`, () =>
      scenario({ migetConnection: "details", credentialsDelayMs: 40_000 }, async (world) => {
        if (subject === northflank) withoutConnection(world);
        const program = { ...subject.program, customTimeouts: { create: "20s" } };
        const resource = resourceOf(world, subject);
        const message = await refusal(world, resource.up(program));
        expect(message).to.match(/connection|credentials/iu);
        expect(message).to.contain("20 s");
        expect(message).not.to.contain("could not read the add-on");
        expect(resource.id).not.to.equal("");
        world.emulator.faults.clear();
        world.clock.advance(60_000);
        expect(await resource.up(program)).to.equal("updated");
        expect(connectionOf(resource)).to.have.property("uri");
        await expectSettled(resource, program);
      }));
  }
});

describe("a creation that is refused after an answer was lost", () => {
  for (const lost of [{ kind: "status", status: 502 }, { kind: "reset-before" }] as const) {
    it(`gives the reason of the refusal, not of what came before (${lost.kind})`, () =>
      scenario({}, async (world) => {
        spoil(world, { operationId: "createAddon", ...lost });
        world.emulator.northflank.paymentMissing = true;
        const message = await refusal(world, resourceOf(world, northflank).up(northflank.program));
        expect(message).to.contain("payment method");
        expect(message).not.to.contain("not known whether");
        expect(northflank.ids(world)).to.deep.equal([]);
      }));
  }
});

describe("a refresh of an add-on that does not show how to connect to it at present", () => {
  for (const state of ["paused", "failed", "postDeployment"]) {
    for (const status of [404, 409]) {
      it(`keeps what is known (${state}, ${String(status)})`, () =>
        scenario({}, async (world) => {
          const resource = await created(world, northflank);
          const connection = connectionOf(resource);
          northflank.setState(world, state);
          const operationId = "getAddonCredentials";
          spoil(world, { operationId, kind: "status", status, times: always });
          await resource.refresh();
          expect(resource.id).not.to.equal("");
          expect(resource.outs.state).to.equal(state);
          expect(connectionOf(resource)).to.deep.equal(connection);
        }));
    }
  }
});

describe("tags that are written twice", () => {
  it("are one tag: nothing is asked for that the platform does not do", () =>
    scenario({}, async (world) => {
      spoil(world, {
        operationId: "getAddon",
        kind: "forged",
        times: always,
        // The platform keeps each once.
        forge: (answer) => ({ ...answer, text: answer.text.replaceAll('"abc","abc"', '"abc"') }),
      });
      const program = { ...northflank.program, tags: ["abc", "abc"] };
      const resource = resourceOf(world, northflank);
      const refused = await world.run(
        resource.up(program).then(
          () => "",
          (error: unknown) => String(error),
        ),
      );
      // Either the preview says so, or it works for good.
      if (refused !== "") {
        expect(refused).to.contain("tags");
        expect(world.requests()).to.deep.equal([]);
        return;
      }
      await resource.refresh();
      expect(await resource.up(program)).to.equal("same");
      expect(await resource.up({ ...program, description: "new" })).to.equal("updated");
      await expectSettled(resource, { ...program, description: "new" });
    }));
});

describe("an update that is waited for in vain", () => {
  it("says in which state the add-on is, and what was asked for", () =>
    scenario({ actionMs: 30 * 60_000 }, async (world) => {
      const resource = await created(world, northflank);
      const message = await refusal(world, resource.up({ ...northflank.program, version: "16.5" }));
      expect(message).to.contain("upgrading").and.to.contain("15 min");
      expect(resource.id).not.to.equal("");
    }));

  it("does not hold up what comes next on Miget", () =>
    scenario({}, async (world) => {
      const resource = await created(world, miget);
      miget.setState(world, "restarting", 20 * 60_000);
      await refusal(world, resource.up({ ...miget.program, ramSize: 512 }));
      world.clock.advance(20 * 60_000);
      expect(await resource.up({ ...miget.program, ramSize: 512 })).to.equal("updated");
      await expectSettled(resource, { ...miget.program, ramSize: 512 });
    }));
});
