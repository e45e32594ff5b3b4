import type { FieldTable } from "./field";
import type { OutputTable } from "./output";

/** A kind of resource, with all that is generated about it. */
export interface ResourceRows<E> {
  /** `MigetAddon`. */
  readonly className: string;
  /** `miget:Addon`, in the type of the dynamic resource. */
  readonly type: string;
  /** What it is, and what its Pulumi id is. */
  readonly doc: string;
  readonly id: string;
  /** A program's use of it. */
  readonly example: string;
  readonly platform: string;
  readonly inputs: FieldTable<E>;
  readonly outputs: OutputTable<E>;
  /** The objects that dotted paths make up. */
  readonly groups: Readonly<Record<string, Group>>;
  /** The interfaces of its arguments. One without `types` has the inputs that all add-ons have. */
  readonly args: readonly ArgsInterface[];
}

export interface Group {
  readonly doc: string;
  /** Its interface, and the sentence about that. */
  readonly name: string;
  readonly about: string;
}

export interface ArgsInterface {
  readonly name: string;
  readonly doc: string;
  readonly extends?: string;
  /** It has the inputs of just these add-on types; with one, that literal is its `type`. */
  readonly types?: readonly string[];
  /** Of two interfaces of one type: whether an input is there in place of those that it stands for. */
  readonly with?: string;
  readonly without?: string;
}
