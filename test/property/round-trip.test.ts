import { expect } from "chai";
import fc from "fast-check";
import { at, isRecord, type Props, same } from "../../src/fields/values";
import { Resource } from "../support/resource";
import type { Harness } from "../support/harness";
import { type Checks, migetChecks, northflankChecks } from "../unit/support/platforms";
import { migetPrograms, migetSuccessor } from "./support/miget";
import { northflankPrograms, northflankSuccessor } from "./support/northflank";
import { addOrigin, anyOptions, inWorld } from "./support/worlds";

interface Side {
  readonly platform: "miget" | "northflank";
  readonly checks: Checks;
  readonly programs: fc.Arbitrary<Props>;
  readonly successor: (program: Props) => fc.Arbitrary<Props>;
  /** The password that opens the database, and the user, as the platform knows them. */
  readonly login: (world: Harness, key: string) => string;
}

const sides: readonly Side[] = [
  {
    platform: "miget",
    checks: migetChecks,
    programs: migetPrograms,
    successor: migetSuccessor,
    login: (world, key) => world.emulator.miget.get(key).password,
  },
  {
    platform: "northflank",
    checks: northflankChecks,
    programs: northflankPrograms,
    successor: northflankSuccessor,
    login: (world, key) => world.emulator.northflank.get(key).secrets.at(-1)?.value.password ?? "",
  },
];

/** The changes that a user would expect to see, told from the table's columns alone. */
function isChanged(
  { table, checks }: { table: Checks["table"]; checks: Checks },
  olds: Props,
  news: Props,
): boolean {
  const [before, after] = [checks.check(olds).inputs, checks.check(news).inputs];
  return Object.entries(table).some(([path, { change, whenRemoved }]) => {
    if (change === "none") return false;
    const next = at(after, path) ?? whenRemoved;
    return next !== undefined && !same(at(before, path) ?? whenRemoved, next);
  });
}

function expectConnection(side: Side, world: Harness, { id, outs }: Resource): void {
  const { connection, type, paused, waitForReady } = outs;
  if (!isRecord(connection) || type === "storage" || Object.keys(connection).length === 0) {
    expect(connection ?? {}).to.deep.equal({});
    const may = type === "storage" || waitForReady === false || paused === true;
    expect(may, "has a connection").to.equal(true);
    return;
  }
  const { uri, username, password, sentinel } = connection;
  const known = side.login(world, id.split("/")[1] ?? "");
  // Without waiting, what is new may come with a later run.
  if (waitForReady !== false) expect(password, "opens the database").to.equal(known);
  if (uri === undefined && isRecord(sentinel)) return;
  // A replica set names several hosts, which only its own clients read.
  const url = new URL(String(uri).replace(/,[^/]*/u, ""));
  if (type === "minio") expect([url.username, url.password]).to.deep.equal(["", ""]);
  else {
    expect(decodeURIComponent(url.password)).to.equal(password);
    expect(decodeURIComponent(url.username)).to.equal(username ?? "");
  }
}

/** What the engine's wire format can carry: nothing that JSON would change. */
function expectClean(outs: Props): void {
  expect(JSON.parse(JSON.stringify(outs))).to.deep.equal(outs);
}

for (const side of sides) {
  const { platform, checks, programs, successor } = side;

  async function expectQuiet(world: Harness, resource: Resource, program: Props): Promise<void> {
    expect(await resource.up(program), "up again").to.equal("same");
    expectClean(resource.outs);
    await resource.refresh();
    expectClean(resource.outs);
    expectClean(resource.inputs);
    expect(await resource.up(program), "up after refresh").to.equal("same");
    expectConnection(side, world, resource);
  }

  describe(`the life of generated ${platform} add-ons`, () => {
    it("shows no change after up and after refresh, and every change once", async () => {
      const lives = programs.chain((first) => fc.tuple(fc.constant(first), successor(first)));
      await fc.assert(
        fc.asyncProperty(lives, anyOptions, ([first, second], options) =>
          inWorld(options, async (world) => {
            if (first.source !== undefined) addOrigin(world, String(first.type));
            const resource = new Resource(world, platform);
            expect(await resource.up(first)).to.equal("created");
            await expectQuiet(world, resource, first);
            const expected = isChanged({ table: checks.table, checks }, first, second);
            expect(await resource.up(second)).to.equal(expected ? "updated" : "same");
            await expectQuiet(world, resource, second);
            await resource.destroy();
            expect(world.emulator.violations).to.deep.equal([]);
          }),
        ),
        { numRuns: 60, interruptAfterTimeLimit: 15_000 },
      );
    });
  });
}
