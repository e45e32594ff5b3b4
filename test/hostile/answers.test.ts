import { expect } from "chai";
import fc from "fast-check";
import { times } from "../support/runs";
import { faultOf, type Forgery, lieNames } from "./support/forgery";
import { type Findings, live } from "./support/life";
import { others, type Subject, travellers } from "./support/subjects";

/** More answers than any life gets. */
const always = 3000;

const forgeries = ({ operations }: Subject, names: readonly string[] = lieNames) =>
  fc.record<Forgery>({
    operationId: fc.constantFrom(...operations),
    lie: fc.constantFrom(...names),
    seed: fc.nat({ max: 9999 }),
    skip: fc.constantFrom(0, 0, 1, 2),
    times: fc.constantFrom(1, 3, always),
  });

async function expectOrder(
  subject: Subject,
  forged: readonly Forgery[],
  isPardoned: (finding: string) => boolean = () => false,
): Promise<void> {
  const { platform, title } = subject;
  const findings: Findings = await live(subject, (ids) =>
    forged.map((forgery) => ({ ...faultOf(forgery, ids), platform })),
  );
  const told = findings.filter((finding) => !isPardoned(finding));
  const story = `${title}: ${JSON.stringify(forged)}\n${told.slice(0, 12).join("\n")}`;
  expect(told.length === 0, story).to.equal(true);
}

describe("answers that are not what they should be", function () {
  this.timeout(120_000);

  for (const subject of travellers) {
    it(`spoil nothing but the moment, whichever they are: ${subject.title}`, async () => {
      await fc.assert(
        fc.asyncProperty(forgeries(subject), (forgery) => expectOrder(subject, [forgery])),
        { numRuns: times(16) },
      );
    });

    it(`lead to no other add-on, however often they name it: ${subject.title}`, async () => {
      const named = ["says the id of another", "says an odd id"];
      const asked = subject.operations.filter((operationId) =>
        /^(?:create|get|list)/u.test(operationId),
      );
      for (const operationId of asked.filter((name) => !/Credentials|Version/u.test(name))) {
        for (const [seed, lie] of named.entries()) {
          await expectOrder(subject, [{ operationId, lie, seed, skip: 0, times: always }]);
        }
      }
    });

    it(`do no harm where most of them are wrong at once: ${subject.title}`, async () => {
      // Where a list, a read and an answer to a creation tell one lie, nothing tells it from the truth.
      const names = lieNames.filter((name) => name !== "says the id of another");
      const some = fc.array(forgeries(subject, names), { minLength: 2, maxLength: 4 });
      // Miget's list is all that tells of a lost creation: where it lies too, there can be a second.
      const isPardoned = (finding: string) =>
        subject.platform === "miget" &&
        /add-ons where there should be one|left at the end|never succeeds/u.test(finding);
      await fc.assert(
        fc.asyncProperty(some, (forged) => expectOrder(subject, forged, isPardoned)),
        { numRuns: times(6) },
      );
    });
  }

  it("spoil nothing but the moment of any other type of add-on", async () => {
    const any = fc
      .constantFrom(...others)
      .chain((subject) => fc.tuple(fc.constant(subject), forgeries(subject)));
    await fc.assert(
      fc.asyncProperty(any, ([subject, forgery]) => expectOrder(subject, [forgery])),
      { numRuns: times(16) },
    );
  });
});
