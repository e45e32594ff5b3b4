import { PartialFailure } from "../../src/provider/state";
import type { Crash } from "./crash";
import { door, NativeLifeCycle } from "./door";
import type { Harness } from "./harness";

type Props = Record<string, unknown>;
export const loader = { __provider: "the loader's text" };

/** Drives one resource as the engine does: check, diff, then create, update or replace. */
export class Resource {
  id = "";
  inputs: Props = {};
  outs: Props = {};
  /** True while the last attempt left it unfinished: the engine then updates without a diff. */
  unfinished = false;
  private readonly provider;

  constructor(
    readonly world: Harness,
    private readonly platform: "miget" | "northflank",
    private readonly process?: Crash,
  ) {
    const runtime = process?.runtime;
    if (door() === "native") this.provider = new NativeLifeCycle(world, platform, runtime);
    else this.provider = platform === "miget" ? world.miget(runtime) : world.northflank(runtime);
  }

  async up(program: Props): Promise<string> {
    const { provider } = this;
    const news = { ...program, ...loader };
    const { inputs, failures } = await this.run(provider.check(this.inputs, news));
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    if (this.id === "") return this.create(inputs);
    const diff = await this.run(provider.diff(this.id, this.outs, { ...inputs, ...loader }));
    if (!diff.changes && !this.unfinished) {
      this.inputs = inputs;
      return "same";
    }
    if (diff.replaces !== undefined) {
      // The engine checks a replacement once more, as the new resource that it is.
      const again = await this.run(provider.check({}, news));
      await this.destroy();
      await this.create(again.inputs);
      return `replaced for ${diff.replaces.join(", ")}`;
    }
    const before = this.inputs;
    return this.attempt("updated", { done: inputs, failed: before }, async () => {
      const { outs } = await provider.update(this.id, this.outs, { ...inputs, ...loader });
      return { id: this.id, outs };
    });
  }

  async refresh(): Promise<void> {
    const { provider, inputs } = this;
    const back = await this.run(provider.read(this.id, { ...this.outs, ...loader }));
    // The engine asks for the difference to what it has, only to show it.
    if (back.id !== "") {
      await this.run(provider.diff(back.id, back.props, { ...inputs, ...loader }));
    }
    this.id = back.id;
    this.outs = back.props;
    this.unfinished = false;
    this.inputs = back.inputs ?? (back.id === "" ? {} : this.inputs);
  }

  async destroy(): Promise<void> {
    if (this.id === "") return;
    await this.run(this.provider.delete(this.id, this.outs));
    this.id = "";
    this.inputs = {};
    this.outs = {};
  }

  /** The same resource, in a run of the CLI that knows of the earlier ones by their state only. */
  inNewProcess(process?: Crash): Resource {
    const { id, inputs, outs, unfinished } = this;
    const fresh = new Resource(this.world, this.platform, process);
    return Object.assign(fresh, { id, inputs, outs, unfinished });
  }

  private run<T>(work: Promise<T>): Promise<T> {
    const { world, process } = this;
    return world.run(process === undefined ? work : Promise.race([work, process.fate]));
  }

  private create(inputs: Props): Promise<string> {
    return this.attempt("created", { done: inputs, failed: inputs }, () =>
      this.provider.create({ ...inputs, ...loader }),
    );
  }

  /** Keeps what a failure says is there, as the engine does: after an update with the old inputs. */
  private async attempt(
    what: string,
    inputs: { readonly done: Props; readonly failed: Props },
    work: () => Promise<{ id: string; outs: Props }>,
  ): Promise<string> {
    try {
      const { id, outs } = await this.run(work());
      Object.assign(this, { id, outs, inputs: inputs.done, unfinished: false });
      return what;
    } catch (error) {
      if (error instanceof PartialFailure) {
        const { id, properties } = error;
        const state = { outs: properties, inputs: inputs.failed, unfinished: true };
        Object.assign(this, { id, ...state });
      }
      throw error;
    }
  }
}
