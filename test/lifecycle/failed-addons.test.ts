import { expect } from "chai";
import { withAt } from "../../src/fields/values";
import type { Harness } from "../support/harness";
import {
  created,
  expectSettled,
  miget,
  northflank,
  refusal,
  scenario,
  writes,
  type Subject,
} from "./scene";

/** Words for a database that does not get better by waiting, and what cures a full one. */
const rows: readonly {
  readonly subject: Subject;
  readonly states: readonly string[];
  readonly input: string;
  readonly size: number;
  readonly write: string;
}[] = [
  {
    subject: miget,
    states: ["failing", "failed", "problem", "crashloopbackoff"],
    input: "diskSize",
    size: 4,
    write: "updateAddon",
  },
  {
    subject: northflank,
    states: ["failed", "error"],
    input: "billing.storage",
    size: 12_288,
    write: "patchAddon",
  },
];

for (const { subject, states, input, size, write } of rows) {
  const larger = withAt(subject.program, input, size);

  for (const state of states) {
    describe(`a database of ${subject.platform} that is ${state}`, () => {
      /** Serves again a while after the change has arrived. */
      const curedBy = (operationId: string) => {
        const worlds: Harness[] = [];
        return {
          of: (world: Harness) => worlds.push(world),
          onServed: (request: { readonly operationId: string | undefined }) => {
            const [world] = worlds;
            if (world === undefined || request.operationId !== operationId) return;
            subject.setState(world, state, 20_000);
          },
        };
      };

      it("gets the larger disk that cures it", async () => {
        const cure = curedBy(write);
        await scenario({ onServed: cure.onServed }, async (world) => {
          const resource = await created(world, subject);
          subject.setState(world, state);
          cure.of(world);
          expect(await resource.up(larger)).to.equal("updated");
          expect(writes(world)).to.have.lengthOf(1);
          expect(resource.outs.state).to.equal(subject.words.ready);
          await expectSettled(resource, larger);
        });
      });

      it("gets it after a refresh that told of its state", async () => {
        const cure = curedBy(write);
        await scenario({ onServed: cure.onServed }, async (world) => {
          const resource = await created(world, subject);
          subject.setState(world, state);
          cure.of(world);
          await resource.refresh();
          expect(await resource.up(larger)).to.equal("updated");
          expect(writes(world)).to.have.lengthOf(1);
        });
      });

      it("is an error where the larger disk does not cure it, and the disk is not sent again", () =>
        scenario({}, async (world) => {
          const resource = await created(world, subject);
          subject.setState(world, state);
          const message = await refusal(world, resource.up(larger));
          expect(message).to.contain(`"${state}"`);
          expect(writes(world)).to.have.lengthOf(1);
          const next = resource.inNewProcess();
          await refusal(world, next.up(larger));
          expect(writes(world)).to.have.lengthOf(1);
          subject.setState(world, subject.words.ready);
          await next.up(larger);
          await expectSettled(next, larger);
        }));

      it("fails at once where nothing is left to send", () =>
        scenario({ provisioningMs: 60_000 }, async (world) => {
          const resource = await created(world, subject, {
            ...subject.program,
            waitForReady: false,
          });
          subject.setState(world, state);
          const begun = world.clock.elapsed();
          const message = await refusal(world, resource.up({ ...subject.program }));
          expect(message).to.contain(`"${state}"`);
          expect(world.clock.elapsed() - begun).to.be.lessThan(60_000);
          expect(writes(world)).to.deep.equal([]);
        }));
    });
  }
}
