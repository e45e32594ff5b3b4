import { expect } from "chai";
import { DEFAULT_APP, DEFAULT_PROJECT, type Emulator, type LoggedRequest } from "../emulator/index";
import { Resource } from "../support/resource";
import { Harness } from "../support/harness";

type Props = Record<string, unknown>;

/** What somebody does in a platform's console to the one add-on there is. */
interface Console {
  readonly platform: "miget" | "northflank";
  readonly program: Props;
  /** A change of two steps, and what of it the first step has brought. */
  readonly changed: Props;
  readonly first: Props;
  /** Changes an input that our update is about, and one that it is not. */
  readonly changeSame: (emulator: Emulator) => void;
  readonly changeOther: (emulator: Emulator) => void;
  readonly pause: (emulator: Emulator) => void;
  readonly remove: (emulator: Emulator) => void;
  /** Deletes it and makes another one of the same name. */
  readonly recreate: (emulator: Emulator) => void;
  /** All that is there, without when it was last touched. */
  readonly there: (emulator: Emulator) => { readonly identity: string; readonly facts: unknown }[];
}

const only = ({ miget }: Emulator) => miget.addons()[0]?.uuid ?? "";
const orders = { type: "postgres", label: "orders", postgres_version: "17", ram_size: 256 };

const miget: Console = {
  platform: "miget",
  program: {
    appUuid: DEFAULT_APP,
    type: "postgres",
    name: "orders",
    postgresVersion: "17",
    ramSize: 256,
    cpuSize: 1,
  },
  changed: { ramSize: 512, passwordVersion: "2" },
  first: { ramSize: 512 },
  changeSame: (emulator) => emulator.miget.change(only(emulator), { ram_size: 1024 }),
  changeOther: (emulator) => emulator.miget.change(only(emulator), { cpu_size: 2 }),
  pause: (emulator) => emulator.miget.setState(only(emulator), "stopped"),
  remove: (emulator) => emulator.miget.remove(only(emulator)),
  recreate: (emulator) => {
    for (const { uuid } of emulator.miget.addons()) emulator.miget.remove(uuid);
    emulator.miget.seed(DEFAULT_APP, orders);
  },
  there: (emulator) =>
    emulator.miget.addons().map(({ uuid, label, ramMib, cpuCores, state, password }) => ({
      identity: uuid,
      facts: { label, ramMib, cpuCores, state, password },
    })),
};

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

const northflank: Console = {
  platform: "northflank",
  program: {
    projectId: DEFAULT_PROJECT,
    type: "postgresql",
    name: "orders",
    version: "16.4",
    billing,
    description: "first",
    tags: ["ours"],
  },
  changed: { description: "second", billing: { ...billing, storage: 12288 } },
  first: { description: "second" },
  changeSame: ({ northflank }) => northflank.change("orders", { description: "elsewhere" }),
  changeOther: ({ northflank }) => northflank.change("orders", { tags: ["elsewhere"] }),
  pause: ({ northflank }) => northflank.setStatus("orders", "paused"),
  remove: ({ northflank }) => northflank.remove("orders"),
  recreate: ({ northflank }) => void northflank.recreate("orders"),
  there: ({ northflank }) =>
    northflank.addons().map(({ uid, input, status, validPasswords }) => ({
      identity: uid,
      facts: { input, status, validPasswords },
    })),
};

const isWrite = ({ method }: LoggedRequest) => method !== "GET";

/** A world in which something happens elsewhere right after one of our writes. */
class Interrupted {
  /** What we wrote after that. */
  readonly later: string[] = [];
  private waitsFor = 0;
  private happens: (() => void) | undefined;

  private constructor(
    readonly world: Harness,
    readonly resource: Resource,
  ) {}

  static async start({ platform }: Console): Promise<Interrupted> {
    const hear = (request: LoggedRequest) => self.hear(request);
    const world = await Harness.start({
      provisioningMs: 60_000,
      actionMs: 30_000,
      deletionMs: 60_000,
      onServed: hear,
    });
    const self = new Interrupted(world, new Resource(world, platform));
    return self;
  }

  /** `nth` write from now, counted from 1. */
  after(nth: number, act: (emulator: Emulator) => void): void {
    this.waitsFor = nth;
    this.happens = () => {
      this.world.clock.advance(1000);
      act(this.world.emulator);
    };
  }

  private hear(request: LoggedRequest): void {
    if (!isWrite(request) || this.happens === undefined) return;
    this.waitsFor -= 1;
    if (this.waitsFor < 0) this.later.push(`${request.method} ${request.path}`);
    if (this.waitsFor === 0) this.happens();
  }
}

for (const console of [miget, northflank]) {
  describe(`while ${console.platform} carries out an update, somebody else`, () => {
    let scene: Interrupted;
    let world: Harness;
    const { program } = console;
    const changed = { ...program, ...console.changed };

    beforeEach(async () => {
      scene = await Interrupted.start(console);
      ({ world } = scene);
    });

    afterEach(async () => {
      await world.close();
      expect(world.emulator.violations, "exchanges against the contracts").to.deep.equal([]);
    });

    const there = () => console.there(world.emulator);

    /** The program holds on the platform, with one add-on. */
    async function expectDeclared(resource: Resource): Promise<void> {
      const check = resource.inNewProcess();
      await check.refresh();
      expect(check.outs).to.deep.include(changed);
      expect(await check.up(changed)).to.equal("same");
      expect(there()).to.have.length(1);
    }

    it("changes another input that is declared: that is put right", async () => {
      const { resource } = scene;
      await resource.up(program);
      scene.after(1, console.changeOther);
      expect(await resource.up(changed)).to.equal("updated");
      await expectDeclared(resource);
    });

    it("changes the same input: that is an error, and the next up puts it right", async () => {
      const { resource } = scene;
      await resource.up(program);
      scene.after(1, console.changeSame);
      const { message } = await world.failure(resource.up(changed));
      expect(message).to.match(/accepted the change of .* but did not apply it/u);
      expect(resource.outs).to.not.deep.include(changed);
      const next = resource.inNewProcess();
      expect(await next.up(changed)).to.equal("updated");
      await expectDeclared(next);
    });

    for (const nth of [1, 2]) {
      it(`pauses it after call ${nth}: it is started again, as the program says`, async () => {
        const { resource } = scene;
        await resource.up(program);
        scene.after(nth, console.pause);
        expect(await resource.up(changed)).to.equal("updated");
        await expectDeclared(resource);
      });
    }

    it("deletes it: nothing is made in its place until a refresh has said so", async () => {
      const { resource } = scene;
      await resource.up(program);
      scene.after(1, console.remove);
      const { message } = await world.failure(resource.up(changed));
      expect(message).to.contain("does not exist any more: it was deleted elsewhere");
      const again = await world.failure(resource.inNewProcess().up(changed));
      expect(again.message).to.contain(
        "Run `pulumi refresh`, then `pulumi up` to create a new one",
      );
      expect(scene.later).to.deep.equal([]);
      const next = resource.inNewProcess();
      await next.refresh();
      expect(next.id).to.equal("");
      expect(await next.up(changed)).to.equal("created");
      await expectDeclared(next);
    });

    for (const nth of [1, 2]) {
      it(`makes another one in its place, in step ${String(nth)}: that one is not touched`, async () => {
        const { resource } = scene;
        await resource.up(program);
        const { uuid, uid } = resource.outs;
        scene.after(nth, console.recreate);
        const { message } = await world.failure(resource.up(changed));
        expect(message).to.match(/created again elsewhere|does not exist any more/u);
        const foreign = there();
        expect([resource.outs.uuid, resource.outs.uid]).to.deep.equal([uuid, uid]);

        await world.failure(resource.inNewProcess().up(changed));
        const next = resource.inNewProcess();
        await next.refresh();
        expect(next.id).to.equal("");
        const refusal = await world.failure(next.up(changed));
        expect(refusal.message).to.contain("It was not touched.");
        expect(scene.later).to.deep.equal([]);
        expect(there()).to.deep.equal(foreign);
      });
    }
  });

  describe(`while ${console.platform} makes or deletes an add-on, somebody else`, () => {
    let scene: Interrupted;
    beforeEach(async () => {
      scene = await Interrupted.start(console);
    });
    afterEach(async () => {
      await scene.world.close();
    });

    it("makes another one in its place: no step of ours is taken on that", async () => {
      const { world, resource } = scene;
      scene.after(1, console.recreate);
      const { message } = await world.failure(resource.up({ ...console.program, paused: true }));
      expect(message).to.match(/created again elsewhere|does not exist any more/u);
      expect(scene.later).to.deep.equal([]);
      expect(console.there(world.emulator)).to.have.length(1);
    });

    it("makes another one while ours is deleted: that is left alone, and ours is gone", async () => {
      const { world, resource } = scene;
      await resource.up(console.program);
      scene.after(1, console.recreate);
      const begun = world.clock.elapsed();
      await resource.destroy();
      expect(world.clock.elapsed() - begun).to.be.below(60_000);
      expect(scene.later).to.deep.equal([]);
      expect(console.there(world.emulator)).to.have.length(1);
    });
  });
}
