import { expect } from "chai";
import type { LoggedRequest } from "../emulator/index";
import { parseRecord, recordAt } from "../support/json";
import { crashAt, untilDead } from "../support/crash";
import type { Harness } from "../support/harness";
import {
  always,
  connectionOf,
  count,
  created,
  expectSettled,
  miget,
  northflank,
  refusal,
  scenario,
  spoil,
  subjects,
} from "./scene";

const versions = (world: Harness): unknown[] =>
  world.emulator.requests
    .filter(
      ({ operationId, body }) => operationId === "upgradeAddonVersion" || isVersionPatch(body),
    )
    .map(({ body }) => recordAt(body).version);

const isVersionPatch = (body: unknown): boolean => "version" in recordAt(body);

const at15 = { ...northflank.program, version: "15-latest" };
const latest = { ...northflank.program, version: "latest" };

// 15.9 can go to 16.5, and from there to 17.2: each is a major upgrade that nothing takes back.
describe("an upgrade to the latest version", () => {
  for (const actionMs of [300, 30_000]) {
    const title = `that takes ${String(actionMs / 1000)} s`;

    it(`${title} is sent once`, () =>
      scenario({ actionMs }, async (world) => {
        const resource = await created(world, northflank, at15);
        expect(await resource.up(latest)).to.equal("updated");
        expect(versions(world)).to.deep.equal(["16.5"]);
        expect(resource.outs.resolvedVersion).to.equal("16.5");
        await expectSettled(resource, latest);
      }));

    for (const fault of [
      { kind: "reset-after" },
      { kind: "status-after", status: 504 },
      { kind: "status-after", status: 500 },
      { kind: "truncated-json" },
    ] as const) {
      it(`${title} goes up once where its answer is lost (${fault.kind})`, () =>
        scenario({ actionMs }, async (world) => {
          const resource = await created(world, northflank, at15);
          spoil(world, { operationId: "upgradeAddonVersion", ...fault });
          expect(await resource.up(latest)).to.equal("updated");
          expect(new Set(versions(world))).to.deep.equal(new Set(["16.5"]));
          expect(world.emulator.northflank.get("orders").upgrades).to.have.lengthOf(1);
          expect(resource.outs.resolvedVersion).to.equal("16.5");
        }));
    }

    it(`${title} goes up once where the run is cut off right after the call`, () =>
      scenario({ actionMs }, async (world) => {
        const resource = await created(world, northflank, at15);
        const nth = await requestsUntil(world, "upgradeAddonVersion", async (life) => {
          await resource.inNewProcess(life).up(latest);
        });
        expect(nth).to.be.greaterThan(0);
        expect(await resource.inNewProcess().up(latest)).to.equal("updated");
        expect(new Set(versions(world))).to.deep.equal(new Set(["16.5"]));
        expect(world.emulator.northflank.get("orders").version).to.equal("16.5");
      }));
  }

  it("is not sent again because somebody changed something else meanwhile", () =>
    changedMeanwhile("upgradeAddonVersion", async (world, onCall) => {
      const mine = { description: "mine" };
      const resource = await created(world, northflank, { ...at15, ...mine });
      onCall(() => world.emulator.northflank.change("orders", { description: "theirs" }));
      await world.run(resource.up({ ...latest, ...mine }).catch(() => undefined));
      expect(versions(world)).to.deep.equal(["16.5"]);
      await resource.refresh();
      await resource.up({ ...latest, ...mine });
      expect(world.emulator.northflank.get("orders").version).to.equal("16.5");
      expect(world.emulator.northflank.get("orders").input.description).to.equal("mine");
      await expectSettled(resource, { ...latest, ...mine });
    }));
});

describe("a new password", () => {
  for (const subject of subjects) {
    const { platform, program } = subject;
    const rotate = platform === "miget" ? "rotatePassword" : "startAddonSecretRotation";
    const first = { ...program, passwordVersion: "1" };
    const second = { ...program, passwordVersion: "2" };

    it(`is made once on ${platform} though somebody changed something else meanwhile`, () =>
      changedMeanwhile(rotate, async (world, onCall) => {
        const input = platform === "miget" ? "label" : "description";
        const resource = await created(world, subject, { ...first, [input]: "mine" });
        onCall(() => {
          const { miget: there, northflank: north } = world.emulator;
          if (platform === "northflank") north.change("orders", { description: "theirs" });
          else there.change(there.addons()[0]?.uuid ?? "", { label: "theirs" });
        });
        await world.run(resource.up({ ...second, [input]: "mine" }).catch(() => undefined));
        expect(count(world, rotate)).to.equal(1);
        await resource.refresh();
        await resource.up({ ...second, [input]: "mine" });
        expect(count(world, rotate)).to.equal(1);
        expect(connectionOf(resource).password).to.equal(subject.password(world));
        await expectSettled(resource, { ...second, [input]: "mine" });
      }));

    for (const lagMs of [2000, 20_000, 180_000]) {
      const way = `${String(lagMs / 1000)} s late`;

      it(`is the one in the outputs on ${platform}, though reads show it ${way}`, () =>
        lagging(lagMs, rotate, subject.password, async (world) => {
          const resource = await created(world, subject, first);
          const former = subject.password(world);
          expect(await resource.up(second)).to.equal("updated");
          expect(subject.password(world)).not.to.equal(former);
          expect(connectionOf(resource).password).to.equal(subject.password(world));
          expect(count(world, rotate)).to.equal(1);
          expect(await resource.up(second)).to.equal("same");
        }));
    }

    it(`that never shows on ${platform} is an error, and is tried again`, () =>
      lagging(always * 60_000, rotate, subject.password, async (world) => {
        const resource = await created(world, subject, first);
        const former = connectionOf(resource).password;
        const message = await refusal(world, resource.up(second));
        expect(message).to.match(/password|credentials/iu);
        expect(resource.outs.passwordVersion).not.to.equal("2");
        expect(connectionOf(resource).password ?? former).to.equal(former);
        world.emulator.faults.clear();
        expect(await resource.up(second)).to.equal("updated");
        expect(connectionOf(resource).password).to.equal(subject.password(world));
      }));

    it(`of a run that was interrupted on ${platform} is made twice rather than never`, () =>
      scenario({}, async (world) => {
        const resource = await created(world, subject, first);
        const former = subject.password(world);
        await requestsUntil(world, rotate, async (life) => {
          await resource.inNewProcess(life).up(second);
        });
        const next = resource.inNewProcess();
        expect(await next.up(second)).to.equal("updated");
        expect(subject.password(world)).not.to.equal(former);
        expect(connectionOf(next).password).to.equal(subject.password(world));
        expect(count(world, rotate)).to.be.within(1, 2);
        await expectSettled(next, second);
      }));
  }

  it("ends the former one on Northflank only after the new one has been seen", () =>
    lagging(2000, "startAddonSecretRotation", northflank.password, async (world) => {
      const only = { ...northflank.program, keepOldPassword: false };
      const resource = await created(world, northflank, { ...only, passwordVersion: "1" });
      expect(await resource.up({ ...only, passwordVersion: "2" })).to.equal("updated");
      const { password } = connectionOf(resource);
      expect(world.emulator.northflank.get("orders").validPasswords).to.deep.equal([password]);
    }));

  for (const [status, operationId, keep] of [
    ["failed", "startAddonSecretRotation", true],
    ["finalise-failed", "finaliseAddonSecretRotation", false],
  ] as const) {
    it(`whose rotation is shown as ${status} is an error, and is tried again`, () =>
      scenario({}, async (world) => {
        const program = { ...northflank.program, keepOldPassword: keep };
        const resource = await created(world, northflank, { ...program, passwordVersion: "1" });
        // The platform accepts the call, does nothing, and shows how it ended.
        spoil(world, { operationId, kind: "status", status: 200, body: { data: {} } });
        spoil(world, {
          operationId: "getAddon",
          kind: "forged",
          times: always,
          forge: (answer) => {
            if (count(world, operationId) === 0) return answer;
            const body = parseRecord(answer.text, "an answer");
            const data = recordAt(body, "data");
            const spec = recordAt(data, "spec");
            const config = recordAt(spec, "config");
            const at = new Date(world.clock.now()).toISOString();
            const secretRotation = { startedAt: at, inProgress: false, status };
            const next = { ...data, spec: { ...spec, config: { ...config, secretRotation } } };
            return { ...answer, text: JSON.stringify({ ...body, data: next }) };
          },
        });
        const message = await refusal(world, resource.up({ ...program, passwordVersion: "2" }));
        expect(message).to.contain(status);
        world.emulator.faults.clear();
        expect(await resource.up({ ...program, passwordVersion: "2" })).to.equal("updated");
        const { password } = connectionOf(resource);
        expect(password).to.equal(northflank.password(world));
        if (!keep) {
          expect(world.emulator.northflank.get("orders").validPasswords).to.have.lengthOf(1);
        }
      }));
  }

  it("is not asked for on Miget while the program is silent about it", () =>
    scenario({}, async (world) => {
      const resource = await created(world, miget);
      await resource.up({ ...miget.program, ramSize: 512 });
      expect(count(world, "rotatePassword")).to.equal(0);
    }));
});

/** A scenario in which something happens as soon as an operation was answered the first time. */
async function changedMeanwhile(
  operationId: string,
  run: (world: Harness, onCall: (act: () => void) => void) => Promise<void>,
): Promise<void> {
  let act: (() => void) | undefined;
  const onServed = (request: LoggedRequest) => {
    if (request.operationId !== operationId) return;
    act?.();
    act = undefined;
  };
  await scenario({ onServed }, (world) => run(world, (next) => (act = next)));
}

/** A scenario in which reads show the former password, and no rotation, for a while after the call. */
async function lagging(
  lagMs: number,
  operationId: string,
  password: (world: Harness) => string,
  run: (world: Harness) => Promise<void>,
): Promise<void> {
  const since: number[] = [];
  const former: string[] = [];
  const onServed = (request: LoggedRequest) => {
    if (request.operationId === operationId && since.length === 0) since.push(request.at);
  };
  await scenario({ onServed }, async (world) => {
    const lags = () => since[0] !== undefined && world.clock.now() < since[0] + lagMs;
    for (const read of ["getAddon", "getAddonCredentials"]) {
      spoil(world, {
        operationId: read,
        kind: "forged",
        times: always,
        forge: (answer) => {
          if (since.length === 0) former[0] = password(world);
          if (!lags()) return answer;
          const text = answer.text
            .replaceAll(password(world), former[0] ?? "")
            .replace(/,"secretRotation":\{[^}]*\}/u, "");
          return { ...answer, text };
        },
      });
    }
    await run(world);
  });
}

/** Runs the work again and again, cut off one request later each time, until it sent the operation. */
async function requestsUntil(
  world: Harness,
  operationId: string,
  work: (life: ReturnType<typeof crashAt>) => Promise<void>,
): Promise<number> {
  for (let nth = 1; nth < 40; nth += 1) {
    const life = crashAt(world.runtime(), nth);
    await untilDead(life, work(life));
    if (count(world, operationId) > 0) return nth;
  }
  throw new Error(`${operationId} was never called`);
}
