import { durationMs, timeoutsField } from "../../src/fields/common";
import { received, toStruct } from "../../src/doors/native/wire";
import { memoryJournal } from "../../src/provider/journal";
import type { Runtime } from "../../src/provider/kind";
import type { Harness } from "./harness";
import { fromStruct } from "./plugin-messages";
import { type NativeClient, NativePlugin } from "./native-client";

type Props = Readonly<Record<string, unknown>>;

/** Through which door the tests drive the life cycle. */
export type DoorName = "dynamic" | "native";
let chosen: DoorName = "dynamic";

export const door = (): DoorName => chosen;

/** Runs the tests of a suite through a door. */
export function through(name: DoorName): void {
  before(() => {
    chosen = name;
  });
  after(() => {
    chosen = "dynamic";
  });
}

const types = { miget: "MigetAddon", northflank: "NorthflankAddon" };
const hidden = ["__provider", "__secretInputs", "__urn", timeoutsField];
let resources = 0;

/** The provider plugin as tests drive it: the calls of the dynamic door, carried over the wire. */
export class NativeLifeCycle {
  private readonly name: string;
  private readonly runtime: Runtime;
  private readonly own: Promise<NativeClient>;
  private limits: Props = {};
  private mayReplace = false;

  constructor(
    private readonly world: Harness,
    private readonly platform: "miget" | "northflank",
    runtime: Runtime = world.runtime(),
  ) {
    resources += 1;
    // A process that the test hands on stands for another run each time.
    this.runtime = { ...runtime, journal: memoryJournal() };
    this.name = `resource-${String(resources)}`;
    this.own = this.client(this.runtime);
  }

  async check(olds: Props, news: Props) {
    const limits = news[timeoutsField];
    this.limits = typeof limits === "object" && limits !== null ? { ...limits } : {};
    this.mayReplace = news.allowReplace === true;
    const answer = await (await this.own).check(sent(olds), sent(news));
    return { inputs: { ...plain(answer.inputs) }, failures: answer.failures };
  }

  async diff(id: string, olds: Props, news: Props) {
    return (await this.own).diff(id, sent(olds), {}, sent(news));
  }

  async create(props: Props) {
    const options = { timeout: this.limit("create") };
    const { id, outs } = await (await this.own).create(sent(props), options);
    return { id, outs: plain(outs) };
  }

  async read(id: string, props: Props) {
    const back = await (await this.own).read(id, sent(props), sent(props));
    return { id: back.id, props: plain(back.props), inputs: plain(back.inputs) };
  }

  async update(id: string, olds: Props, news: Props) {
    const options = { timeout: this.limit("update") };
    const client = await this.own;
    return { outs: plain((await client.update(id, sent(olds), {}, sent(news), options)).outs) };
  }

  /** A run that has it in its program deletes it to replace it; another run, as it has gone from there. */
  async delete(id: string, props: Props): Promise<void> {
    const other = { ...this.runtime, journal: memoryJournal() };
    const client = this.mayReplace ? await this.own : await this.client(other);
    await client.delete(id, sent(props), { timeout: this.limit("delete") });
  }

  private async client(runtime: Runtime): Promise<NativeClient> {
    const plugin = await NativePlugin.start(runtime);
    this.world.atEnd(() => plugin.stop());
    return plugin.resource(`paas-addons:index:${types[this.platform]}`, this.name);
  }

  private limit(operation: string): number {
    return (durationMs(this.limits[operation]) ?? 0) / 1000;
  }
}

function plain(props: Props): Record<string, unknown> {
  return { ...received(toStruct(props, [])).props };
}

/** As the engine has it: without what the dynamic door hides in inputs, and secrets marked. */
function sent(props: Props): Record<string, unknown> {
  const own = Object.fromEntries(Object.entries(props).filter(([key]) => !hidden.includes(key)));
  const listed = props.__secretInputs;
  const paths = Array.isArray(listed) ? listed.map(String) : [];
  return fromStruct(toStruct(own, paths));
}
