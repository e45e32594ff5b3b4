import fc from "fast-check";
import { take, walks } from "./walk";

describe("a program that changes at random, on platforms that fail", function () {
  this.timeout(180_000);

  it("ends as declared, and loses, doubles or exposes nothing", async () => {
    const walk = fc.asyncProperty(walks(12), async (each) => {
      await take(each);
    });
    await fc.assert(walk, { numRuns: 30 });
  });
});
