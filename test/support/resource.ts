import { memoryJournal } from "../../src/provider/journal";
import { PartialFailure } from "../../src/provider/state";
import type { Crash } from "./crash";
import { door, launch, type Process } from "./door";
import { plain, type ProviderCalls } from "./engine-model";
import type { Harness } from "./harness";

type Props = Record<string, unknown>;
export const loader = { __provider: "the loader's text" };
let resources = 0;

/** Drives one resource as the engine does: check, diff, then create, update or replace. */
export class Resource {
  id = "";
  inputs: Props = {};
  outs: Props = {};
  /** True while the last attempt left it unfinished: the engine then updates without a diff. */
  unfinished = false;
  /** The option `customTimeouts`. */
  limits: unknown;
  private readonly urn: string;
  private readonly plugin: Process;

  constructor(
    readonly world: Harness,
    private readonly platform: "miget" | "northflank",
    private readonly process?: Crash,
  ) {
    resources += 1;
    this.urn = `urn:pulumi:dev::test::pulumi-nodejs:dynamic/${platform}:Addon::resource-${String(resources)}`;
    this.plugin = this.launch();
  }

  async up(program: Props): Promise<string> {
    this.limits = program.customTimeouts;
    const provider = this.calls();
    const news = { ...program, ...loader };
    const { inputs: checked, failures } = await this.run(provider.check(this.inputs, news));
    const inputs = this.shown(checked);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    if (this.id === "") return this.create(inputs);
    const wanted = { ...inputs, ...loader };
    const diff = await this.run(provider.diff(this.id, this.outs, wanted, this.inputs));
    if (!diff.changes && !this.unfinished) {
      this.inputs = inputs;
      return "same";
    }
    if (diff.replaces !== undefined) {
      // The engine checks a replacement once more, as the new resource that it is.
      const again = await this.run(provider.check({}, news));
      await this.remove(provider);
      await this.create(this.shown(again.inputs));
      return `replaced for ${diff.replaces.join(", ")}`;
    }
    const before = this.inputs;
    return this.attempt("updated", { done: inputs, failed: before }, async () => {
      const { outs } = await provider.update(this.id, this.outs, { ...inputs, ...loader }, before);
      return { id: this.id, outs };
    });
  }

  async refresh(): Promise<void> {
    const { inputs } = this;
    const provider = this.calls();
    const back = await this.run(provider.read(this.id, { ...this.outs, ...loader }, inputs));
    // The engine asks for the difference to what it has, only to show it.
    if (back.id !== "") {
      await this.run(provider.diff(back.id, back.props, { ...inputs, ...loader }, inputs));
    }
    this.id = back.id;
    this.outs = this.shown(back.props);
    this.unfinished = false;
    this.inputs = this.shown(back.inputs ?? (back.id === "" ? {} : this.inputs));
  }

  /** By a run whose program lacks it: the provider plugin is told which resource a deletion is of. */
  async destroy(): Promise<void> {
    if (this.id !== "")
      await this.remove(this.calls(door() === "native" ? this.launch() : undefined));
  }

  /** The same resource, in a run of the CLI that knows of the earlier ones by their state only. */
  inNewProcess(process?: Crash): Resource {
    const { id, inputs, outs, unfinished, limits } = this;
    const fresh = new Resource(this.world, this.platform, process);
    return Object.assign(fresh, { id, inputs, outs, unfinished, limits });
  }

  /** A plugin process of a run of its own. */
  private launch(): Process {
    const runtime = this.process?.runtime ?? this.world.runtime();
    return launch(door(), { ...runtime, journal: memoryJournal() });
  }

  private calls(plugin = this.plugin): ProviderCalls {
    const { platform: type, urn, limits } = this;
    return plugin({ provider: "", type, urn, limits });
  }

  private async remove(provider: ProviderCalls): Promise<void> {
    await this.run(provider.delete(this.id, this.outs));
    this.id = "";
    this.inputs = {};
    this.outs = {};
  }

  /** Properties for tests to look at: without the marks that the provider plugin gives. */
  private shown(props: Readonly<Props>): Props {
    return { ...(door() === "native" ? plain(props) : props) };
  }

  private run<T>(work: Promise<T>): Promise<T> {
    const { world, process } = this;
    return world.run(process === undefined ? work : Promise.race([work, process.fate]));
  }

  private create(inputs: Props): Promise<string> {
    return this.attempt("created", { done: inputs, failed: inputs }, () =>
      this.calls().create({ ...inputs, ...loader }),
    );
  }

  /** Keeps what a failure says is there, as the engine does: after an update with the old inputs. */
  private async attempt(
    what: string,
    inputs: { readonly done: Props; readonly failed: Props },
    work: () => Promise<{ readonly id: string; readonly outs: Readonly<Props> }>,
  ): Promise<string> {
    try {
      const { id, outs } = await this.run(work());
      Object.assign(this, { id, outs: this.shown(outs), inputs: inputs.done, unfinished: false });
      return what;
    } catch (error) {
      if (error instanceof PartialFailure) {
        const { id, properties } = error;
        const state = { outs: this.shown(properties), inputs: inputs.failed, unfinished: true };
        Object.assign(this, { id, ...state });
      }
      throw error;
    }
  }
}
