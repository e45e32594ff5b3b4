import { expect } from "chai";
import fc from "fast-check";
import type { Props } from "../../src/fields/values";
import { addOrigin, anyOptions, inWorld } from "../property/support/worlds";
import { migetPrograms } from "../property/support/miget";
import { northflankPrograms } from "../property/support/northflank";
import { commandLine } from "../support/command-line";
import { evaluate } from "../support/generated-program";
import { Resource } from "../support/resource";
import type { Harness } from "../support/harness";

/** The version that really runs, as a user would read it off the platform's console. */
function versionOf(world: Harness): string {
  return world.emulator.miget.addons()[0]?.version ?? "";
}

function writes(world: Harness): string[] {
  return world.requests().filter((request) => !request.startsWith("GET "));
}

/** Creates an add-on, forgets it, imports it, and takes it over with the program that comes of it. */
async function roundTrip(
  world: Harness,
  platform: "miget" | "northflank",
  declared: Props,
): Promise<void> {
  if (declared.source !== undefined) addOrigin(world, String(declared.type));
  const first = new Resource(world, platform);
  await first.up({ ...declared, adopt: false, waitForReady: true });
  const key = first.id.split("/")[1] ?? "";

  // Lists may lag behind.
  world.clock.advance(3000);
  world.emulator.clearLog();
  const { code, out, err } = await commandLine(world, ["import", "--all", "--id", key]);
  expect(code, err).to.equal(0);
  const [made, ...others] = evaluate(out, () => versionOf(world)).resources;
  expect(others).to.deep.equal([]);
  if (made === undefined) throw new Error(`nothing was declared by\n${out}`);

  const { name, args } = made;
  const second = new Resource(world, platform);
  const program = { name, ...args };
  expect(await second.up(program)).to.equal("created");
  expect(second.id).to.equal(first.id);
  expect(await second.up(program), "up again").to.equal("same");
  await second.refresh();
  expect(await second.up(program), `up after refresh of\n${out}`).to.equal("same");
  expect(writes(world), `writes by\n${out}`).to.deep.equal([]);
  expect(world.emulator.violations).to.deep.equal([]);
}

for (const [platform, programs] of [
  ["miget", migetPrograms],
  ["northflank", northflankPrograms],
] as const) {
  describe(`an import of generated ${platform} add-ons`, () => {
    it("gives a program that takes them over and changes nothing, now or later", async () => {
      await fc.assert(
        fc.asyncProperty(programs, anyOptions, (program, options) =>
          inWorld(options, (world) => roundTrip(world, platform, program)),
        ),
        { numRuns: 60, interruptAfterTimeLimit: 15_000 },
      );
    });
  });
}
