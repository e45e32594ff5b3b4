import { runInNewContext } from "node:vm";
import ts from "typescript";
import { isRecord, type JsonRecord } from "./json";

/** A resource as a program declares it. */
export interface DeclaredResource {
  readonly class: string;
  readonly name: string;
  readonly args: JsonRecord;
  readonly options: unknown;
}

export interface Evaluated {
  readonly resources: readonly DeclaredResource[];
  /** Modules that it loads. */
  readonly modules: readonly string[];
  /** Keys of the stack's configuration that it asks for. */
  readonly keys: readonly string[];
  /** Global variables that it made. */
  readonly globals: readonly string[];
}

/** What the compiler says about the text alone, without types. */
export function syntaxErrors(text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2021, module: ts.ModuleKind.CommonJS },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** Runs a program in a world that has nothing but the two packages' names, and tells what it declares. */
export function evaluate(text: string, config: (key: string) => string = () => "17"): Evaluated {
  const resources: DeclaredResource[] = [];
  const modules: string[] = [];
  const keys: string[] = [];
  // A function that is called by `new`, as a class is.
  const resourceClass = (name: string) =>
    function (resource: string, args: unknown, options: unknown) {
      resources.push({ class: name, name: resource, args: plain(args), options: copy(options) });
    };
  const asked = (key: string) => {
    keys.push(key);
    return config(key);
  };
  const Config = class {
    readonly require = asked;
    readonly requireNumber = (key: string) => Number(asked(key));
  };
  const exported = {
    "@pulumi/pulumi": { Config },
    "pulumi-paas-addons": {
      MigetAddon: resourceClass("MigetAddon"),
      NorthflankAddon: resourceClass("NorthflankAddon"),
    },
  };
  const load = (name: string) => {
    modules.push(name);
    if (name in exported) return Reflect.get(exported, name) as unknown;
    throw new Error(`the program asks for ${name}`);
  };
  const options = { target: ts.ScriptTarget.ES2021, module: ts.ModuleKind.CommonJS };
  const { outputText } = ts.transpileModule(text, { compilerOptions: options });
  const globals = { require: load, exports: {} };
  runInNewContext(outputText, globals, { timeout: 5000 });
  return { resources, modules, keys, globals: Object.keys(globals) };
}

/** Without the other world's prototypes, which deep equality would see. */
function copy(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

function plain(value: unknown): JsonRecord {
  const args = copy(value);
  if (!isRecord(args)) throw new Error("the arguments of a resource are no object");
  return args;
}
