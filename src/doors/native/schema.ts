import type { Field, FieldTable } from "../../fields/field";
import { type Shape, shapeOf } from "../../fields/shape";
import { fields as migetFields } from "../../miget/fields";
import { fields as northflankFields } from "../../northflank/fields";
import { version } from "../../version";
import { functions, lookupTypes } from "./functions";
import { migetOutputs, northflankOutputs, type Output, plainOutputs } from "./outputs";
import { packageName, providerInputs } from "./settings";

interface ResourceSource {
  /** `NorthflankAddon`. */
  readonly name: string;
  readonly doc: string;
  readonly fields: FieldTable<never>;
  readonly outputs: Readonly<Record<string, Output>>;
  /** Type token of the dynamic resource, from which a stack may come. */
  readonly alias: string;
  /** Inputs that check fills in where they are left out. */
  readonly filledIn: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;
type Types = Map<string, Json>;

const sources: readonly ResourceSource[] = [
  {
    name: "MigetAddon",
    doc: "A managed database or volume of a Miget app. Its id is `<appUuid>/<uuid>`.",
    fields: migetFields,
    outputs: migetOutputs,
    alias: "pulumi-nodejs:dynamic/miget:Addon",
    filledIn: ["name", "label"],
  },
  {
    name: "NorthflankAddon",
    doc: "A managed database, cache, queue or object store of a Northflank project. Its id is `<projectId>/<addonId>`.",
    fields: northflankFields,
    outputs: northflankOutputs,
    alias: "pulumi-nodejs:dynamic/northflank:Addon",
    filledIn: ["name"],
  },
];

/** Filled in on every add-on. */
const filledInAlways = ["adopt", "allowReplace", "deletionProtection", "waitForReady"];
const docs: Readonly<Record<string, string>> = {
  billing: "Plan, disk and replicas.",
  typeSpecificSettings: "Settings of one database type. Some are fixed when the add-on is created.",
};

let text: string | undefined;

/** The plugin's schema, of which SDKs are generated, as JSON. */
export function schemaText(): string {
  text ??= JSON.stringify(schema(), undefined, 2);
  return text;
}

export function schema(): Json {
  const types: Types = new Map();
  for (const [name, properties] of Object.entries(lookupTypes)) {
    types.set(token(name), { type: "object", properties });
  }
  types.set(token("AddonConnection"), connectionType);
  types.set(token("AddonAddress"), addressType);
  types.set(token("AddonSentinel"), sentinelType);
  const resources = sources.map((source) => {
    return [token(source.name), resourceOf(source, types)] as const;
  });
  return {
    name: packageName,
    displayName: "PaaS add-ons",
    version,
    description: "Managed databases (add-ons) of Miget and Northflank.",
    keywords: ["pulumi", "miget", "northflank", "database", "kind/native"],
    license: "MIT",
    config: { variables: settingsOf(), defaults: [] },
    provider: {
      description: "Tokens and addresses of the platforms, for more than one account in a stack.",
      inputProperties: settingsOf(),
    },
    types: Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1))),
    resources: Object.fromEntries(resources),
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

function resourceOf({ name, doc, fields, outputs, alias, filledIn }: ResourceSource, types: Types) {
  const { properties: inputs, required } = objectOf(name, grouped(fields), types);
  const outputProperties = Object.entries({ ...outputs, ...plainOutputs }).map(
    ([output, description]) => [output, outputOf(description)] as const,
  );
  const always = Object.entries({ ...outputs, ...plainOutputs })
    .filter(([, output]) => output.always === true)
    .map(([output]) => output);
  const isOptional = (input: string) => [...filledIn, ...filledInAlways].includes(input);
  return {
    description: doc,
    inputProperties: inputs,
    requiredInputs: required.filter((input) => !isOptional(input)),
    properties: { ...inputs, ...Object.fromEntries(outputProperties) },
    required: [...new Set([...required, ...filledIn, ...filledInAlways, ...always])].sort(),
    aliases: [{ type: alias }],
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

function objectOf(owner: string, nodes: ReadonlyMap<string, Node>, types: Types) {
  const properties: Record<string, Json> = {};
  const required: string[] = [];
  for (const [name, node] of nodes) {
    const typeName = `${owner}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    if (isField(node)) {
      properties[name] = fieldOf(node, typeName, types);
      if (node.required === true) required.push(name);
      continue;
    }
    const inner = objectOf(typeName, node, types);
    types.set(token(typeName), { type: "object", ...inner });
    properties[name] = { ...reference(typeName), description: docs[name] ?? "" };
    if (inner.required.length > 0) required.push(name);
  }
  return { properties, required };
}

function isField(node: Node): node is Field<never> {
  return !(node instanceof Map);
}

function fieldOf(field: Field<never>, typeName: string, types: Types): Json {
  const { doc, type, defaultDoc, secret, change } = field;
  const only = field.types === undefined ? "" : ` For ${field.types.join(", ")}.`;
  const unit = /^(?:number|integer) \((.*)\)$/u.exec(type)?.[1];
  const values = /^(?:"[^"]*"|\d+)(?: \| (?:"[^"]*"|\d+))*$/u.test(type)
    ? ` One of ${type.replaceAll(" | ", ", ")}.`
    : "";
  const measured = unit === undefined ? "" : ` In ${unit}.`;
  const standard = defaultDoc === undefined ? "" : ` Default: ${defaultDoc}.`;
  return {
    ...typeOf(shapeOf(field.codec), typeName, types),
    description: `${doc}${measured}${values}${only}${standard}`,
    ...(secret === true ? { secret } : {}),
    ...(change === "replace" ? { willReplaceOnChanges: true } : {}),
  };
}

function typeOf(shape: Shape, name: string, types: Types): Json {
  switch (shape.type) {
    case "array":
      return { type: "array", items: typeOf(shape.items, name, types) };
    case "object":
      return { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } };
    case "either":
      return { oneOf: shape.of.map((each) => typeOf(each, name, types)) };
    case "struct": {
      const entries = Object.entries(shape.properties);
      const properties = entries.map(([key, property]) => {
        const inner = `${name}${key.charAt(0).toUpperCase()}${key.slice(1)}`;
        return [key, typeOf(property.shape, inner, types)] as const;
      });
      const required = entries.filter(([, { isOptional }]) => !isOptional).map(([key]) => key);
      types.set(token(name), {
        type: "object",
        properties: Object.fromEntries(properties),
        ...(required.length === 0 ? {} : { required }),
      });
      return reference(name);
    }
    case "string":
    case "number":
    case "integer":
    case "boolean":
      return { type: shape.type };
  }
}

const outputTypes: Record<Output["type"], Json> = {
  string: { type: "string" },
  number: { type: "number" },
  object: { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } },
  list: { type: "array", items: { $ref: "pulumi.json#/Any" } },
  texts: { type: "object", additionalProperties: { type: "string" } },
  connection: reference("AddonConnection"),
};

function outputOf({ type, doc, secret }: Output): Json {
  return {
    ...outputTypes[type],
    description: doc,
    ...(secret === true ? { secret } : {}),
  };
}

const string = { type: "string" };
const integer = { type: "integer" };

const connectionType: Json = {
  type: "object",
  description: "How to connect to an add-on, in one shape for both platforms.",
  properties: {
    host: string,
    port: integer,
    database: string,
    username: string,
    password: { ...string, secret: true },
    uri: { ...string, secret: true },
    external: reference("AddonAddress"),
    adminUri: { ...string, secret: true },
    readOnlyUri: { ...string, secret: true },
    sentinel: reference("AddonSentinel"),
    managementUrl: string,
  },
};
const addressType: Json = {
  type: "object",
  description: "Where an add-on can be reached from outside of the platform.",
  properties: { host: string, port: integer, uri: { ...string, secret: true } },
};
const sentinelType: Json = {
  type: "object",
  description: "What a Redis client that knows Sentinel needs, beside the password.",
  properties: { host: string, port: integer, masterName: string },
};
