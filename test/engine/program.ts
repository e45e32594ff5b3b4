/** A piece of JavaScript in place of a value, such as an output of another add-on. */
export class Code {
  constructor(readonly text: string) {}
}

export type Value =
  string | number | boolean | Code | readonly Value[] | { readonly [key: string]: Value };

export type Args = Readonly<Record<string, Value>>;

/** One add-on of a program. */
export interface Declared {
  /** Name of the Pulumi resource. */
  readonly name: string;
  readonly class: "MigetAddon" | "NorthflankAddon";
  readonly args: Args;
  readonly options?: Args;
}

/** One that is read, not managed. */
export interface Read {
  readonly name: string;
  readonly class: "MigetAddon" | "NorthflankAddon";
  readonly id: string;
}

/** What the program exports of each add-on, as `<name>.<output>`. */
const shown = ["state", "type", "connection", "vars"];

/** An output of another add-on of the program, as code after it. */
export function output(name: string, rest: string): Code {
  return new Code(`addons[${JSON.stringify(name)}].${rest}`);
}

/** The text of a program with these add-ons, over one of the package's entry points. */
export function programOf(
  resources: readonly (Declared | Read)[],
  entry = "pulumi-paas-addons",
): string {
  const lines = resources.map((resource) => {
    const place = `addons[${JSON.stringify(resource.name)}]`;
    const name = JSON.stringify(resource.name);
    if ("id" in resource) {
      return `${place} = ${resource.class}.get(${name}, ${JSON.stringify(resource.id)});`;
    }
    const { args, options = {} } = resource;
    return `${place} = new ${resource.class}(${name}, ${render(args)}, ${render(options)});`;
  });
  const exported = resources.flatMap(({ name }) =>
    shown.map((key) => `exports[${JSON.stringify(`${name}.${key}`)}] = ${output(name, key).text};`),
  );
  return [
    `const pulumi = require("@pulumi/pulumi");`,
    `const { MigetAddon, NorthflankAddon } = require(${JSON.stringify(entry)});`,
    "const addons = {};",
    ...lines,
    ...exported,
  ].join("\n");
}

function render(value: Value): string {
  if (value instanceof Code) return value.text;
  if (typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(render).join(", ")}]`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${render(item)}`,
  );
  return `{ ${entries.join(", ")} }`;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
