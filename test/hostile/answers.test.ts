import { expect } from "chai";
import fc from "fast-check";
import { times } from "../support/runs";
import { faultOf, type Forgery, lieNames } from "./support/forgery";
import { live } from "./support/life";
import { type Subject, travellers } from "./support/subjects";

const forgeries = ({ operations }: Subject) =>
  fc.record<Forgery>({
    operationId: fc.constantFrom(...operations),
    lie: fc.constantFrom(...lieNames),
    seed: fc.nat({ max: 9999 }),
    skip: fc.constantFrom(0, 0, 1, 2),
    times: fc.constantFrom(1, 3, 3000),
  });

async function expectNothing(subject: Subject, forged: readonly Forgery[]): Promise<void> {
  const platform = subject.platform;
  const findings = await live(subject, (ids) =>
    forged.map((forgery) => ({ ...faultOf(forgery, ids), platform })),
  );
  const story = `${subject.title}: ${JSON.stringify(forged)}\n${findings.slice(0, 12).join("\n")}`;
  expect(findings.length === 0, story).to.equal(true);
}

describe("answers that are not what they should be", function () {
  this.timeout(60_000);

  for (const subject of travellers) {
    it(`spoil nothing but the moment: ${subject.title}`, async () => {
      await fc.assert(
        fc.asyncProperty(forgeries(subject), (forgery) => expectNothing(subject, [forgery])),
        { numRuns: times(60) },
      );
    });
  }
});
