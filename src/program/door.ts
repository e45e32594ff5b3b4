import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { programError } from "./error";
import { warnOfPlainToken } from "./plain-token";
import type { ResourceKind } from "./resource";
import { version } from "../zz_package";

/** How the engine reaches the provider of a resource. */
export interface Door {
  /** Package of the engine's provider. */
  readonly package: string;
  /** What programs import. */
  readonly entry: string;
  readonly type: (kind: ResourceKind) => string;
  /** The type that the same resource has through the other door: a stack can go over. */
  readonly otherType: (kind: ResourceKind) => string;
  readonly options: pulumi.CustomResourceOptions;
  /** What has to be there before a resource is declared. */
  readonly assertReady: (kind: ResourceKind) => void;
  /** Inputs that the user does not see. */
  readonly hidden: (
    kind: ResourceKind,
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions,
  ) => pulumi.Inputs;
  /** A setting's key among the provider's inputs. */
  readonly setting: (platform: string, name: string) => string;
  /** The property that comes last, and its value. */
  readonly last: (kind: ResourceKind) => readonly [name: string, value: string | undefined];
}

const dynamicType = ({ type }: ResourceKind) => `pulumi-nodejs:dynamic/${type}`;
const platformOf = (type: string) => type.split(":", 1)[0] ?? "";
const nativeType = ({ className }: ResourceKind) => `paas-addons:index:${className}`;

/**
 * Pulumi's dynamic type, with a constant loader text in place of a serialized provider, so that
 * nothing of the program is captured in state.
 */
export const dynamicDoor: Door = {
  package: "pulumi-nodejs",
  entry: "pulumi-paas-addons",
  type: dynamicType,
  otherType: nativeType,
  options: {},
  assertReady: ({ providerModule, type }) => {
    assertResolvable(providerModule);
    warnOfPlainToken(`${platformOf(type)}:apiToken`);
  },
  hidden: hiddenInputs,
  setting: (platform, name) => `${platform}:${name}`,
  last: ({ providerModule }) => ["__provider", loaderText(providerModule)],
};

/** The provider plugin, which gets from the engine what has to be hidden in inputs above. */
export const nativeDoor: Door = {
  package: "paas-addons",
  entry: "pulumi-paas-addons/native",
  type: nativeType,
  otherType: dynamicType,
  options: { version },
  assertReady: ({ type }) => warnOfPlainToken(`paas-addons:${platformOf(type)}ApiToken`),
  hidden: () => ({}),
  setting: (platform, name) => `${platform}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  last: ({ outputs }) => [outputs[outputs.length - 1] ?? "", undefined],
};

/** The text that the plugin process evaluates to get the provider. State holds it for every resource. */
export function loaderText(providerModule: string): string {
  return `exports.handler = () => require("${providerModule}");`;
}

/** What the engine does not pass to dynamic providers, and they need. */
function hiddenInputs(
  kind: ResourceKind,
  name: string,
  args: object,
  opts: pulumi.CustomResourceOptions,
): pulumi.Inputs {
  const secrets = secretPaths(args, "");
  return {
    ...(pulumi.runtime.isDryRun() ? { __preview: true } : {}),
    __urn: urnOf(`pulumi-nodejs:dynamic/${kind.type}`, name, opts.parent),
    ...(opts.customTimeouts === undefined ? {} : { customTimeouts: opts.customTimeouts }),
    ...(secrets.length === 0
      ? {}
      : { __secretInputs: Promise.all(secrets).then((paths) => paths.flat().sort()) }),
  };
}

function urnOf(type: string, name: string, parent?: pulumi.Resource): pulumi.Output<string> {
  if (parent === undefined || parent instanceof pulumi.runtime.Stack) {
    return pulumi.createUrn(name, type);
  }
  // An output of a component depends on all its children: two of them would wait for each other.
  const text = new Promise<string>((resolve) => parent.urn.apply(resolve));
  return pulumi.createUrn(name, type, text);
}

/** Dotted paths of what the user made secret: such values must not be repeated in messages. */
function secretPaths(value: unknown, path: string): Promise<string[]>[] {
  if (pulumi.Output.isInstance(value)) {
    return [pulumi.isSecret(value).then((secret) => (secret ? [path] : []))];
  }
  if (Array.isArray(value)) return value.flatMap((entry) => secretPaths(entry, path));
  if (typeof value !== "object" || value === null || value instanceof Promise) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    secretPaths(entry, path === "" ? key : `${path}.${key}`),
  );
}

const resolvable = new Set<string>();

/**
 * The plugin process loads the provider from the project's folder. Where it would not find it, say
 * so here, in words; its own error comes later and names internals.
 */
function assertResolvable(providerModule: string): void {
  // The variable tells a program that the CLI runs, in the project's folder, from unit tests with
  // mocks and from programs inside of another one.
  if (resolvable.has(providerModule) || process.env.PULUMI_CONFIG === undefined) return;
  try {
    createRequire(join(process.cwd(), "program.js")).resolve(providerModule);
  } catch {
    throw programError(
      `The package pulumi-paas-addons cannot be found from ${process.cwd()}, the folder in which Pulumi runs. Make it a direct dependency there, or in a folder above it: run \`npm install pulumi-paas-addons\` (or the same with your package manager). It is the folder of Pulumi.yaml, or of \`main\` if Pulumi.yaml names one.`,
    );
  }
  resolvable.add(providerModule);
}
