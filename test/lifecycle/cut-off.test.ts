import { expect } from "chai";
import { crashAt, untilDead } from "../support/crash";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";
import { kinds, type Kind } from "./kinds";

type Inputs = Record<string, unknown>;

/** What a user does to an add-on that has some inputs, and may be cut off in. */
interface Deed {
  readonly title: string;
  readonly before: Inputs | undefined;
  readonly after: Inputs | undefined;
}

function deedsOf({ platform, inputs, update, replace, uri }: Kind): Deed[] {
  const deed = (title: string, before: Inputs, after: Inputs): Deed => ({
    title,
    before: { ...inputs, ...before },
    after: { ...inputs, ...after },
  });
  const forAll: Deed[] = [
    { title: "created", before: undefined, after: inputs },
    deed("updated", {}, update),
    deed("replaced", { allowReplace: true }, { ...replace, allowReplace: true }),
    { title: "deleted", before: inputs, after: undefined },
  ];
  if (uri === undefined) return forAll;
  const only = {
    passwordVersion: "2",
    ...(platform === "northflank" && { keepOldPassword: false }),
  };
  return [
    ...forAll,
    deed("paused", {}, { paused: true }),
    deed("started", { paused: true }, { paused: false }),
    deed("changed and paused", {}, { ...update, paused: true }),
    deed("started and changed", { paused: true }, { ...update, paused: false }),
    deed("given a new password", {}, { passwordVersion: "2" }),
    deed("given a new password instead of the old one", {}, only),
    deed("given a new password and started", { paused: true }, { passwordVersion: "2" }),
  ];
}

/** More than any of these takes. */
const mostRequests = 60;

// A plugin that is killed leaves a platform on which something has happened that no state tells.
for (const kind of kinds.filter(({ title }) => title.includes("postgres"))) {
  describe(`a ${kind.title} add-on whose run is cut off`, () => {
    let world: Harness;

    beforeEach(async () => {
      world = await Harness.start({ provisioningMs: 1000, rateLimit: 1_000_000 });
    });

    afterEach(async () => {
      await world.close();
      expect(world.emulator.violations, "exchanges against the contracts").to.deep.equal([]);
    });

    for (const deed of deedsOf(kind)) {
      for (const refreshed of deed.before === undefined ? [false] : [false, true]) {
        const way = refreshed ? "after a refresh" : "as it is";
        it(`while it is ${deed.title}, at any request, goes on at the next up ${way}`, async () => {
          for (let nth = 1; nth <= mostRequests; nth += 1) {
            if (!(await cutOff(world, kind, deed, nth, refreshed))) return;
          }
          expect.fail(`it takes more than ${mostRequests} requests`);
        }).timeout(60_000);
      }
    }
  });
}

/** The run dies at its nth request; false if it was done before that. */
async function cutOff(
  world: Harness,
  kind: Kind,
  { before, after }: Deed,
  nth: number,
  refreshed: boolean,
): Promise<boolean> {
  const at = `request ${nth}`;
  const resource = new Resource(world, kind.platform);
  if (before !== undefined) await resource.up(before);
  const identities = () => kind.existing(world);
  const known = identities();

  const life = crashAt(world.runtime(), nth);
  const doomed = resource.inNewProcess(life);
  await untilDead(life, after === undefined ? doomed.destroy() : doomed.up(after));
  const done = !life.isDead();

  // The state is what it was: nobody has heard of what the dead process did.
  let heir = resource.inNewProcess();
  if (refreshed) await heir.refresh();
  if (after === undefined) {
    await heir.destroy();
    // What refresh has dropped may still be on its way out.
    world.clock.advance(60_000);
    expect(identities(), at).to.deep.equal([]);
    return !done;
  }
  const recovered = await upAsTold(heir, after, at);
  const { inputs } = recovered;
  heir = recovered.resource;
  expect(identities(), at).to.have.lengthOf(1);
  if (before !== undefined && before.allowReplace !== true) {
    expect(identities(), at).to.deep.equal(known);
  }
  await heir.refresh();
  expect(await heir.up(inputs), at).to.equal("same");
  const isNorthflank = kind.platform === "northflank";
  const asked = isNorthflank && before !== undefined && after.passwordVersion !== undefined;
  // One that the run had ended already cannot be told from one of somebody else's.
  const most = !asked ? 0 : inputs.keepOldPassword === false ? 2 : 1;
  expect(rotations(world), at).to.be.within(asked ? 1 : 0, most);
  await heir.destroy();
  return !done;
}

/** How often Northflank has made new credentials for what there is. */
function rotations(world: Harness): number {
  return world.emulator.northflank
    .addons()
    .reduce((count, { secrets }) => count + secrets.length - 1, 0);
}

/** As a user does who follows what the message says. */
async function upAsTold(
  resource: Resource,
  inputs: Inputs,
  at: string,
): Promise<{ resource: Resource; inputs: Inputs }> {
  const { world } = resource;
  try {
    await resource.up(inputs);
    return { resource, inputs };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const adopt = /PAAS_ADDONS_ADOPT=(\S+)/u.exec(message)?.[1];
    if (adopt !== undefined) {
      const { env } = world;
      world.env = { ...env, PAAS_ADDONS_ADOPT: adopt };
      const adopter = resource.inNewProcess();
      await adopter.up(inputs);
      world.env = env;
      return { resource: adopter, inputs };
    }
    // After a refresh nothing tells whose rotation it was, and Northflank allows no second one.
    if (message.includes("Set keepOldPassword: false and run `pulumi up`")) {
      const next = resource.inNewProcess();
      const ended = { ...inputs, keepOldPassword: false };
      await next.up(ended);
      return { resource: next, inputs: ended };
    }
    throw new Error(`${at}: ${message}`, { cause: error });
  }
}
