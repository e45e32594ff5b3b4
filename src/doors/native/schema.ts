import type { Field, FieldTable } from "../../fields/field";
import { connection, type OutputTable, parts } from "../../fields/output";
import type { ResourceRows } from "../../fields/resource";
import { type Property, type Shape, shapeOf, type Struct } from "../../fields/shape";
import { defaultIn, isAlwaysThere, isRequired } from "../../fields/words";
import { addon as migetAddon } from "../../miget/resource";
import { addon as northflankAddon } from "../../northflank/resource";
import { about, type Package } from "../../zz_package";
import { functions, lookupTypes } from "./functions";
import { packageName, providerInputs } from "./settings";

type Json = Readonly<Record<string, unknown>>;
type Types = Map<string, Json>;

const resources: readonly ResourceRows<never>[] = [migetAddon, northflankAddon];

/** The plugin's schema, of which SDKs are generated, as JSON. */
export function schemaText(of: Package = about): string {
  return `${JSON.stringify(schema(of), undefined, 2)}\n`;
}

export function schema({ version, publisher, homepage, repository }: Package = about): Json {
  const types: Types = new Map();
  for (const [name, properties] of Object.entries(lookupTypes)) {
    types.set(token(name), { type: "object", properties });
  }
  typeOf(connection, "", types);
  const resourceTypes = resources.map((rows) => {
    return [token(rows.className), resourceOf(rows, types)] as const;
  });
  return {
    name: packageName,
    displayName: "PaaS add-ons",
    version,
    description: "Managed databases (add-ons) of Miget and Northflank.",
    keywords: ["pulumi", "miget", "northflank", "database", "kind/native"],
    license: "MIT",
    publisher,
    ...(homepage === undefined ? {} : { homepage }),
    ...(repository === undefined ? {} : { repository }),
    config: { variables: settingsOf(), defaults: [] },
    provider: {
      description: "Tokens and addresses of the platforms, for more than one account in a stack.",
      inputProperties: settingsOf(),
    },
    types: Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1))),
    resources: Object.fromEntries(resourceTypes),
    functions: Object.fromEntries(
      Object.entries(functions).map(([name, { doc, args, required, answers }]) => [
        token(name),
        {
          description: doc,
          inputs: {
            type: "object",
            properties: Object.fromEntries(
              Object.entries(args).map(([arg, { type, doc: description }]) => {
                return [arg, { type, description }];
              }),
            ),
            required,
          },
          outputs: { type: "object", properties: answers, required: Object.keys(answers) },
        },
      ]),
    ),
    language: {
      nodejs: { respectSchemaVersion: true },
      python: { respectSchemaVersion: true, pyproject: { enabled: true } },
      go: { respectSchemaVersion: true, generateResourceContainerTypes: true },
      csharp: { respectSchemaVersion: true },
    },
  };
}

function token(name: string): string {
  return `${packageName}:index:${name}`;
}

const reference = (name: string) => ({ $ref: `#/types/${token(name)}` });

function settingsOf(): Json {
  return Object.fromEntries(
    Object.entries(providerInputs).map(([name, { doc, setting, secret }]) => [
      name,
      {
        type: "string",
        description: `${doc} The environment: ${setting.variables.map((each) => `\`${each}\``).join(", ")}.`,
        ...(secret === true ? { secret } : {}),
      },
    ]),
  );
}

function resourceOf(rows: ResourceRows<never>, types: Types) {
  const { className, inputs: fields, doc, id, type } = rows;
  const { properties: inputs, required } = objectOf(className, grouped(fields), rows, types);
  const table: OutputTable<never> = rows.outputs;
  const outputs = Object.entries(table).map(([name, output]) => {
    const { shape, secret } = output;
    const described = { ...typeOf(shape, "", types), description: output.doc };
    return [name, secret === true ? { ...described, secret } : described] as const;
  });
  const plain = Object.entries(parts).map(([name, part]) => {
    return [name, { type: part.type, description: part.doc, secret: true }] as const;
  });
  const always = [
    ...Object.keys(fields).filter((path) => isAlwaysThere(fields[path])),
    ...Object.keys(table).filter((name) => table[name]?.presence === "always"),
    ...Object.keys(parts),
  ];
  return {
    description: `${doc} Its id is \`${id}\`.`,
    inputProperties: inputs,
    requiredInputs: required,
    properties: { ...inputs, ...Object.fromEntries([...outputs, ...plain]) },
    required: [...new Set([...required, ...always.filter((path) => !path.includes("."))])].sort(),
    aliases: [{ type: `pulumi-nodejs:dynamic/${type}` }],
  };
}

/** A row of the table, or the rows of an object that dotted paths make up. */
type Node = Field<never> | ReadonlyMap<string, Node>;

function grouped(fields: FieldTable<never>): ReadonlyMap<string, Node> {
  const root = new Map<string, Node>();
  for (const [path, field] of Object.entries(fields)) {
    const [head = "", ...rest] = path.split(".");
    if (rest.length === 0) root.set(head, field);
    else {
      const inner = root.get(head);
      const group = new Map(inner instanceof Map ? inner : []);
      root.set(head, group.set(rest.join("."), field));
    }
  }
  return root;
}

function objectOf(
  owner: string,
  nodes: ReadonlyMap<string, Node>,
  { groups }: Pick<ResourceRows<never>, "groups">,
  types: Types,
) {
  const properties: Record<string, Json> = {};
  const required: string[] = [];
  for (const [name, node] of nodes) {
    const typeName = `${owner}${capitalized(name)}`;
    if (isField(node)) {
      properties[name] = fieldOf(node, typeName, types);
      if (isRequired(node)) required.push(name);
      continue;
    }
    const inner = objectOf(typeName, node, { groups: {} }, types);
    types.set(token(typeName), { type: "object", ...inner });
    properties[name] = { ...reference(typeName), description: groups[name]?.doc ?? "" };
    if (inner.required.length > 0) required.push(name);
  }
  return { properties, required };
}

function isField(node: Node): node is Field<never> {
  return !(node instanceof Map);
}

function fieldOf(field: Field<never>, typeName: string, types: Types): Json {
  const { doc, secret, change } = field;
  const shape = shapeOf(field.codec);
  const only = field.types === undefined ? "" : ` For ${field.types.join(", ")}.`;
  const unit = "unit" in shape ? ` In ${shape.unit}.` : "";
  const value = defaultIn(field);
  const standard = value === undefined ? "" : ` Default: ${value}.`;
  return {
    ...typeOf(shape, typeName, types),
    description: `${doc}${unit}${valuesOf(shape)}${only}${standard}`,
    ...(secret === true ? { secret } : {}),
    ...(change === "replace" ? { willReplaceOnChanges: true } : {}),
  };
}

/** The values of a number or text that takes only those. */
function valuesOf(shape: Shape): string {
  if (shape.type === "map" || !("values" in shape) || shape.isOpen === true) return "";
  const { values = [] } = shape;
  return values.length < 2
    ? ""
    : ` One of ${values.map((value) => JSON.stringify(value)).join(", ")}.`;
}

function typeOf(shape: Shape, name: string, types: Types): Json {
  switch (shape.type) {
    case "array":
      return { type: "array", items: typeOf(shape.items, name, types) };
    case "map":
      return { type: "object", additionalProperties: typeOf(shape.values, name, types) };
    case "either":
      return { oneOf: shape.of.map((each) => typeOf(each, name, types)) };
    case "struct":
      return structOf(shape, name, types);
    case "any":
      return { $ref: "pulumi.json#/Any" };
    case "string":
    case "number":
    case "integer":
    case "boolean":
      return { type: shape.type };
  }
}

function structOf({ properties, named }: Struct, path: string, types: Types): Json {
  const name = named?.isShared === true ? named.name : path;
  const entries = Object.entries(properties);
  const described = entries.map(([key, property]) => {
    return [key, propertyOf(property, `${name}${capitalized(key)}`, types)] as const;
  });
  const required = entries
    .filter(([, { isOptional, isOpen }]) => !isOptional && isOpen !== true)
    .map(([key]) => key);
  types.set(token(name), {
    type: "object",
    ...(named === undefined ? {} : { description: named.doc }),
    properties: Object.fromEntries(described),
    ...(required.length === 0 ? {} : { required }),
  });
  return reference(name);
}

function propertyOf({ shape, doc, secret }: Property, path: string, types: Types): Json {
  const description = `${doc}${valuesOf(shape)}`;
  return { ...typeOf(shape, path, types), description, ...(secret === true ? { secret } : {}) };
}

function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
