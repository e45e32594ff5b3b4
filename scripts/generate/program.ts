import type { Field } from "../../src/fields/field";
import { connection, type Output, type Part, parts } from "../../src/fields/output";
import type { ArgsInterface, ResourceRows } from "../../src/fields/resource";
import { type Shape, shapeOf, type Struct } from "../../src/fields/shape";
import { isAlwaysThere, isRequired } from "../../src/fields/words";
import { comment, docLines, outputDoc } from "./comments";
import { meaningOf, sentencesOf } from "./inputs";
import { code, list } from "./table";

/** The sources of the program side that are generated from the tables. */

type Rows = ResourceRows<never>;

export const head = "// Written by `npm run generate`; a change here would be lost.";
const sdk = 'import type * as pulumi from "@pulumi/pulumi";';

/** The interfaces of the arguments of a resource. */
export function argsFile(rows: Rows): string {
  const { inputs, groups, args, className } = rows;
  const grouped = Object.entries(groups).map(([group, { name, about }]) => {
    const inside = Object.keys(inputs).filter((path) => path.startsWith(`${group}.`));
    return interfaceOf(
      name,
      about,
      inside.flatMap((path) => argument(rows, path)),
    );
  });
  const structs = Object.values(inputs).flatMap(({ codec }) => structsIn(shapeOf(codec)));
  const named = structs.flatMap((struct) =>
    struct.named === undefined
      ? []
      : [interfaceOf(struct.named.name, struct.named.doc, membersOf(struct, 1))],
  );
  const interfaces = args.map((one) => argsInterface(rows, one));
  const ofOneType = args.flatMap(({ name, types }) => (types?.length === 1 ? [name] : []));
  const about = `Inputs of {@link ${className}}, told apart by the literal \`type\`.`;
  const union =
    ofOneType.length === 0
      ? []
      : [`${comment(about, 0)}\nexport type ${className}Args = ${ofOneType.join(" | ")};`];
  return [head, sdk, ...grouped, ...named, ...interfaces, ...union].join("\n\n");
}

/** The interfaces of `connection`, which all platforms share. */
export function connectionFile(): string {
  const interfaces = structsIn(connection).map(({ named, properties }) => {
    const members = Object.entries(properties).map(([key, { doc, shape, isOptional, isOpen }]) => {
      const type = orUndefined(typeOf(shape, "output"), !isOptional && isOpen !== true);
      return `${comment(doc, 1)}\nreadonly ${key}${isOptional ? "?" : ""}: ${type};`;
    });
    return interfaceOf(named?.name ?? "", named?.doc ?? "", members);
  });
  return [head, ...interfaces].join("\n\n");
}

/** The class of a resource: its properties, and the lists of names that its base class needs. */
export function addonFile(rows: Rows): string {
  const { className, type, id, args } = rows;
  const constant = `${className.charAt(0).toLowerCase()}${className.slice(1)}Kind`;
  const kind = JSON.stringify({ type, className, ...namesOf(rows) });
  const properties = propertiesOf(rows);
  const shown = [...properties.join("\n").matchAll(/Unwrap<(\w+)>/gu)].map(([, name]) => name);
  const needed = [`${className}Args`, ...new Set(shown)].sort();
  const toldApart = args.length > 1 ? "; `type` decides which inputs there are" : "";
  return `${head}

${sdk}
import { AddonResource, type ResourceKind } from "../resource";
import type { AddonConnection } from "../zz_connection";
import type { ${needed.join(", ")} } from "./zz_args";

/** @internal */
export const ${constant} = ${kind} as const satisfies ResourceKind;

/**
${docLines(`${rows.doc} Its Pulumi id is \`${id}\`.`, 0)}
 *
${docLines(`Every input is a property too, with its default filled in, and after a refresh with what the platform has. The other properties come from ${rows.platform}'s answers.`, 0)}
 *
 * @example
 * \`\`\`ts
${rows.example.replace(/^/gmu, " * ")}
 * \`\`\`
 */
export class ${className} extends AddonResource {
${properties.join("\n")}

  /**
   * Declares an add-on. What is wrong with the inputs is said in the preview, all of it together.
   *
   * @param name - Name of the Pulumi resource, and the add-on's \`name\` unless that is given.
   * @param args - What is wanted${toldApart}.
   * @param opts - Pulumi's resource options. \`customTimeouts\` is honoured; \`import\` cannot work for
   * dynamic resources, and \`adopt\` stands in for it.
   */
  constructor(name: string, args: ${className}Args, opts?: pulumi.CustomResourceOptions);
  /** @internal */
  constructor(name: string, args: undefined, opts: pulumi.CustomResourceOptions);
  constructor(name: string, args: ${className}Args | undefined, opts?: pulumi.CustomResourceOptions) {
    super(${constant}, name, args, opts);
  }

${Object.entries(parts).map(getter).join("\n\n")}

  /**
   * Reads an existing add-on, without managing it. Fails if there is none.
   *
   * @param name - Name of the Pulumi resource.
   * @param id - \`${id}\`.
   * @param opts - Pulumi's resource options.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ${className} {
    return new this(name, undefined, { ...opts, id });
  }
}`;
}

/** Names of the inputs: the first ones of the paths. */
const inputsOf = ({ inputs }: Rows) => [
  ...new Set(Object.keys(inputs).map((path) => path.split(".", 1)[0] ?? "")),
];

/** The lists of names, and the module whose name every state holds. */
export function namesOf(rows: Rows) {
  const outputs = Object.entries<Output<never>>(rows.outputs);
  const secretInputs = Object.entries(rows.inputs).filter(([, { secret }]) => secret === true);
  return {
    providerModule: `pulumi-paas-addons/${rows.type.replace(/:.*$/u, "")}/provider`,
    inputs: inputsOf(rows),
    outputs: outputs.map(([name]) => name),
    secretInputs: secretInputs.map(([path]) => path),
    secretOutputs: outputs.flatMap(([name, { secret }]) => (secret === true ? [name] : [])),
    plainOutputs: Object.keys(parts),
  };
}

function propertiesOf(rows: Rows): string[] {
  const property = (doc: string, name: string, type: string, isThere: boolean) =>
    `${comment(doc, 1)}\ndeclare readonly ${name}: pulumi.Output<${orUndefined(type, isThere)}>;`;
  const inputs = inputsOf(rows).map((name) => {
    const row = rows.inputs[name];
    if (row === undefined) {
      const { name: type, doc } = groupOf(rows, name);
      return property(doc, name, `pulumi.Unwrap<${type}>`, isGroupRequired(rows, name));
    }
    const type = row.readAs ?? typeOf(shapeOf(row.codec), "input");
    return property(meaningOf(row), name, type, isAlwaysThere(row));
  });
  const outputs = Object.entries<Output<never>>(rows.outputs).map(([name, output]) => {
    const type = output.readAs ?? typeOf(output.shape, "output");
    return property(outputDoc(output), name, type, output.presence !== "optional");
  });
  return [...inputs, ...outputs];
}

function getter([name, { doc, path, type }]: [string, Part]): string {
  const [empty, absent] = type === "number" ? ["0", "0"] : ['""', "Empty"];
  const value = `connection.${path.replaceAll(".", "?.")}`;
  return `${comment(`${doc} Secret. ${absent} where the add-on has none.`, 1)}
get ${name}(): pulumi.Output<${type}> {
  return this.part((connection) => ${value} ?? ${empty});
}`;
}

/** One of the interfaces of arguments: the rows of its add-on types. */
function argsInterface(rows: Rows, one: ArgsInterface): string {
  const { name, doc, extends: base, types = [], with: present, without } = one;
  const literal = types.length === 1 ? types[0] : undefined;
  const members = inputsOf(rows).flatMap((path) => {
    const row = rows.inputs[path];
    if (path === "type" && row !== undefined && rows.args.length > 1) {
      const typed = `${comment(sentencesOf(path, row), 1)}\ntype: ${JSON.stringify(literal)};`;
      return literal === undefined ? [] : [typed];
    }
    if ((row?.types ?? []).join() !== types.join()) return [];
    const isStoodFor = row?.unless !== undefined && row.unless === present;
    if (isStoodFor || path === without) {
      const others = Object.keys(rows.inputs).filter((one) => rows.inputs[one]?.unless === path);
      const names = isStoodFor ? [row.unless] : others;
      const why = `${isStoodFor ? "it comes from" : "it stands for"} ${list(names.map(code))}`;
      return [`${comment(`Not here: ${why}.`, 1)}\n${path}?: never;`];
    }
    return argument(rows, path, path === present);
  });
  return interfaceOf(base === undefined ? name : `${name} extends ${base}`, doc, members);
}

/** The property of an input, or of the object that paths make up. */
function argument(rows: Rows, path: string, isNeeded = false): string[] {
  const row = rows.inputs[path];
  const name = path.replace(/^.*\./u, "");
  if (row === undefined) {
    const { name: type, doc } = groupOf(rows, path);
    return [`${comment(doc, 1)}\n${given(name, type, isGroupRequired(rows, path))}`];
  }
  const isRequiredHere = isNeeded || (row.required === true && row.defaultFrom === undefined);
  const type = typeOf(shapeOf(row.codec), "given");
  return [`${comment(sentencesOf(path, row), 1)}\n${given(name, type, isRequiredHere)}`];
}

function groupOf(rows: Rows, name: string) {
  const group = rows.groups[name];
  if (group === undefined) throw new Error(`${rows.className} has no group ${name}`);
  return group;
}

function isGroupRequired({ inputs }: Rows, name: string): boolean {
  const rows: readonly [string, Field<never>][] = Object.entries(inputs);
  return rows.some(([path, row]) => path.startsWith(`${name}.`) && isRequired(row));
}

/** A property of arguments; what is optional may be given as `undefined` too. */
function given(name: string, type: string, isNeeded: boolean): string {
  return isNeeded
    ? `${name}: pulumi.Input<${type}>;`
    : `${name}?: pulumi.Input<${type}> | undefined;`;
}

function membersOf({ properties }: Struct, depth: number): string[] {
  return Object.entries(properties).map(([key, { doc, shape, isOptional }]) => {
    return `${comment(doc, depth)}\n${given(key, typeOf(shape, "given", depth), !isOptional)}`;
  });
}

/** The structs in a shape, itself included, the outer ones first. */
function structsIn(shape: Shape): Struct[] {
  if (shape.type === "array") return structsIn(shape.items);
  if (shape.type !== "struct") return [];
  return [shape, ...Object.values(shape.properties).flatMap((inner) => structsIn(inner.shape))];
}

/** What a program gives, inside of `pulumi.Input`; what it gets of an input; what it gets of an output. */
type Style = "given" | "input" | "output";

export function typeOf(shape: Shape, style: Style, depth = 1): string {
  const within = (inner: Shape) => typeOf(inner, style, depth);
  switch (shape.type) {
    case "array": {
      const item = within(shape.items);
      if (style === "given") return `pulumi.Input<${item}>[]`;
      return `${style === "output" ? "readonly " : ""}${item}[]`;
    }
    case "map": {
      const record = `Record<string, ${within(shape.values)}>`;
      return style === "output" ? `Readonly<${record}>` : record;
    }
    case "either":
      return shape.of.map(within).join(" | ");
    case "struct": {
      const name = shape.named?.name;
      if (name !== undefined) return style === "input" ? `pulumi.Unwrap<${name}>` : name;
      if (style === "given") return `{ ${membersOf(shape, depth + 1).join("\n")} }`;
      const members = Object.entries(shape.properties).map(
        ([key, { shape: inner, isOptional }]) => {
          return `${key}${isOptional ? "?" : ""}: ${within(inner)}`;
        },
      );
      return `{ ${members.join("; ")} }`;
    }
    case "any":
      return "unknown";
    case "string":
    case "number":
    case "integer":
    case "boolean": {
      const plain = shape.type === "integer" ? "number" : shape.type;
      const { values = [], isOpen = false } = "values" in shape ? shape : {};
      const isPlain = style !== "given" && (isOpen || plain === "number");
      if (values.length === 0 || isPlain) return plain;
      // Editors then offer what is known, and any other text is right too.
      const known = values.map((value) => JSON.stringify(value));
      return [...known, ...(isOpen ? ["(string & {})"] : [])].join(" | ");
    }
  }
}

function orUndefined(type: string, isThere: boolean): string {
  return isThere ? type : `${type} | undefined`;
}

function interfaceOf(name: string, doc: string, members: readonly string[]): string {
  return `${comment(doc, 0)}\nexport interface ${name} {\n${members.join("\n")}\n}`;
}
