import { inputsOf, stateOf } from "./session";
import type { AddonKind, RemoteAddon } from "./kind";
import { observe } from "../fields/field";
import { at, type Props, withAt } from "../fields/values";

/**
 * What the state will hold if the operation ends now: for each input what the platform shows, else
 * what was applied last; and the outputs.
 */
export class Snapshot<E extends RemoteAddon> {
  private constructor(
    private readonly kind: AddonKind<E>,
    private applied: Props,
    private outs: Props,
  ) {}

  /** `inputs`: those that hold, as far as is known. */
  static of<E extends RemoteAddon>(kind: AddonKind<E>, inputs: Props, outputs: Props): Snapshot<E> {
    return new Snapshot(kind, inputsOf(kind.fields, inputs), outputs);
  }

  get inputs(): Props {
    return this.applied;
  }

  get outputs(): Props {
    return this.outs;
  }

  /** Takes in what the platform shows of inputs that are declared or recorded, and all outputs. */
  see(addon: E, declared: Props): void {
    this.applied = this.observed(addon, declared);
    this.outs = { ...this.outs, ...this.kind.outputs(addon) };
  }

  /** The inputs as the platform shows them, as far as it does; the rest as recorded. */
  observed(addon: E, declared: Props): Props {
    const known = { ...this.outs, ...this.applied };
    let inputs = this.applied;
    for (const [path, seen] of observe(this.kind.fields, addon, declared, known)) {
      const counts = at(declared, path) !== undefined || at(inputs, path) !== undefined;
      if (counts) inputs = withAt(inputs, path, seen);
    }
    return inputs;
  }

  /** Records inputs whose change was accepted. */
  apply(paths: readonly string[], news: Props): void {
    for (const path of paths) this.applied = withAt(this.applied, path, at(news, path));
  }

  add(outputs: Props): void {
    this.outs = { ...this.outs, ...outputs };
  }

  /** Drops outputs that are no longer true. */
  drop(names: readonly string[]): void {
    const kept = Object.entries(this.outs).filter(([name]) => !names.includes(name));
    this.outs = Object.fromEntries(kept);
  }

  /** The state of an operation that failed: `props` has what belongs to the door. */
  state(props: Props): Props {
    return stateOf(this.applied, this.outs, props);
  }
}
