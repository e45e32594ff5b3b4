import { isLeft } from "fp-ts/Either";
import { adoptedSnapshot } from "../../provider/adopt";
import { differencesOf } from "../../provider/differences";
import { type Field, isOfType, observe, withDefaults } from "../../fields/field";
import type { RemoteAddon, AddonKind } from "../../provider/kind";
import type { Failure } from "../../fields/field";
import { SecretInputs } from "../../fields/secret-inputs";
import { shapeFailures } from "../../fields/validate";
import { shapeOf, typeIn } from "../../fields/shape";
import { at, type Props, same, inspect, unknownValue, withAt } from "../../fields/values";

/** What is known of an add-on, and what the user says of it. */
export interface Material<E extends RemoteAddon> {
  readonly platform: AddonKind<E>;
  readonly entity: E;
  /** Where it is: the app or project, and the workspace or team. */
  readonly place: Props;
  /** Inputs that other endpoints tell. Taking the add-on over compares them itself. */
  readonly told: ReadonlyMap<string, unknown>;
  /** By the input: values for what is required and no answer tells. */
  readonly given: ReadonlyMap<string, string>;
}

/** An input that the platform states and the program cannot have. */
export interface LeftOut {
  readonly input: string;
  readonly reason: string;
}

/** An input that is required, and that no answer tells. */
export interface Missing {
  readonly input: string;
  readonly doc: string;
  /** As in the documentation: `string`, `"RWO" | "RWX"`, `integer (MB)`. */
  readonly type: string;
}

/** The inputs with which a program takes an add-on over as it is. */
export interface Inputs {
  /** Those that are missing are not in it. */
  readonly values: Props;
  readonly missing: readonly Missing[];
  /** All of them by their paths, as the documentation orders them. */
  readonly order: readonly string[];
  /** Inputs that the add-on may have and no answer tells. */
  readonly untold: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** What the user said and was used. */
  readonly used: readonly string[];
}

export type Outcome =
  | { readonly adoptable: true; readonly inputs: Inputs }
  /** Why there are no inputs with which taking it over would change nothing. */
  | { readonly adoptable: false; readonly reason: string };

/**
 * The inputs of an add-on out of what the platform states, by the same tables and rules that check,
 * adopt and compare it later. They are tried out: what these say would be changed is left out.
 */
export function inputsOf<E extends RemoteAddon>(material: Material<E>): Outcome {
  const { platform, entity, told } = material;
  const draft = new Draft(material);
  for (const [path, value] of [...observe(platform.fields, entity, {}), ...told]) {
    if (draft.has(path)) draft.set(path, value);
  }
  for (;;) {
    const reason = draft.settleFailure() ?? draft.settleChange();
    if (reason === undefined) return { adoptable: true, inputs: draft.result() };
    if (reason !== "settled") return { adoptable: false, reason: reason.because };
  }
}

/** `settled`: something was wrong and is not any more, so everything has to be looked at again. */
type Step = "settled" | { readonly because: string } | undefined;

class Draft<E extends RemoteAddon> {
  /** In the order of the table. */
  private readonly values = new Map<string, unknown>();
  private readonly seen = new Set<string>();
  private readonly missing = new Set<string>();
  private readonly used: string[] = [];
  private readonly leftOut: LeftOut[] = [];
  private readonly noSecrets: SecretInputs;

  constructor(private readonly material: Material<E>) {
    this.noSecrets = new SecretInputs(material.platform.fields, []);
  }

  /** Whether an add-on of this type has the input. */
  has(path: string): boolean {
    const { platform, entity } = this.material;
    const field = platform.fields[path];
    return field !== undefined && isOfType(field, entity.type);
  }

  set(path: string, value: unknown): void {
    this.seen.add(path);
    this.values.set(path, value);
  }

  /** Takes out what is no valid input, and notes what is required and not there. */
  settleFailure(): Step {
    const { platform } = this.material;
    const complete = this.complete();
    const [failure] = [
      ...shapeFailures(platform.fields, complete, this.noSecrets).map(({ path, reason }) => ({
        property: path,
        reason,
      })),
      ...platform.rules(complete),
    ];
    if (failure === undefined) return undefined;
    const path = this.inputOf(failure);
    const field = platform.fields[path];
    if (field !== undefined && at(complete, path) === undefined && !this.seen.has(path)) {
      return this.fillIn(path, field);
    }
    return this.drop(path, failure.reason);
  }

  /** Takes out what would be changed by taking the add-on over. */
  settleChange(): Step {
    const { platform, entity, told } = this.material;
    const inputs = this.complete();
    const snapshot = adoptedSnapshot(platform, entity, inputs);
    const change = differencesOf(platform, entity, inputs, snapshot).find(
      // What another endpoint tells is compared by the step that would change it.
      ({ path }) => !told.has(path) || !this.values.has(path),
    );
    if (change === undefined) return undefined;
    const { path, old, next } = change;
    if (this.missing.has(path) || this.used.includes(path)) {
      return { because: `the API does not tell its ${path}, so taking it over could change it` };
    }
    const to = `taking it over would set ${path} to ${inspect(next)}`;
    return this.drop(path, old === undefined ? `${to}, since the API does not tell it` : to);
  }

  result(): Inputs {
    const { platform, place } = this.material;
    const { fields } = platform;
    const written = [...this.values].filter(([path, value]) => {
      const without = [...this.values].filter(([other]) => other !== path);
      // What holds anyway need not be said, but a switch that is off is watched only if it is.
      return !same(at(this.complete(without), path), value);
    });
    const paths = new Set([...written.map(([path]) => path), ...this.missing]);
    const left = this.leftOut.map(({ input }) => input);
    return {
      values: written.reduce<Props>((props, [path, value]) => withAt(props, path, value), place),
      missing: [...this.missing].map((input) => ({
        input,
        doc: fields[input]?.doc ?? "",
        type: typeOf(fields[input]),
      })),
      order: Object.keys(fields).filter((path) => paths.has(path)),
      untold: Object.keys(fields).filter(
        (path) =>
          fields[path]?.api !== undefined &&
          this.has(path) &&
          !this.values.has(path) &&
          !this.missing.has(path) &&
          !left.includes(path),
      ),
      leftOut: this.leftOut,
      used: this.used,
    };
  }

  /** The inputs as the provider would see them: with defaults, and with what is missing unknown. */
  private complete(values: Iterable<readonly [string, unknown]> = this.values): Props {
    const { platform, place } = this.material;
    // Where the platform gives no name, the program's resource has one.
    let props: Props = { name: "addon", ...place, adopt: this.material.entity.key };
    for (const [path, value] of values) props = withAt(props, path, value);
    for (const path of this.missing) props = withAt(props, path, unknownValue);
    return withDefaults(platform.fields, props, () => undefined);
  }

  private fillIn(path: string, field: Field<E>): Step {
    const text = this.material.given.get(path);
    if (text === undefined) {
      this.missing.add(path);
      return "settled";
    }
    const { type } = shapeOf(field.codec);
    const value = type === "number" || type === "integer" ? Number(text) : text;
    const decoded = field.codec.validate(value, []);
    if (isLeft(decoded)) {
      const why = decoded.left[0]?.message ?? "is not valid";
      return { because: `${path} ${why}; got ${inspect(text)}` };
    }
    this.values.set(path, value);
    this.used.push(path);
    return "settled";
  }

  private drop(path: string, why: string): Step {
    const reason = why.trimEnd();
    const isOptional =
      this.values.has(path) && this.material.platform.fields[path]?.required !== true;
    if (!isOptional) return { because: why.includes(path) ? reason : `${path} ${reason}` };
    this.values.delete(path);
    this.leftOut.push({ input: path, reason });
    return "settled";
  }

  /** The input that a failure is about, which may name a place inside of it. */
  private inputOf({ property }: Failure): string {
    const { fields } = this.material.platform;
    const inside = (path: string) =>
      property === path || property.startsWith(`${path}.`) || property.startsWith(`${path}[`);
    const [longest] = Object.keys(fields)
      .filter(inside)
      .sort((a, b) => b.length - a.length);
    return longest ?? property;
  }
}

function typeOf<E>(field: Field<E> | undefined): string {
  return field === undefined ? "" : typeIn(shapeOf(field.codec));
}
