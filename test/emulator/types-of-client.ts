import { dirname, join } from "node:path";
import ts from "typescript";
import { isJsonObject, type JsonValue } from "../contract/json";

/** What a value lacks to be of a type, with the place of each fault. */
export type Judge = (call: string, value: JsonValue) => string[];

const file = join(__dirname, "types-in-memory.ts");

/**
 * Reads the types of the official client's answers. `calls`: members of `ApiClient`, such as
 * `get.addon.version`. Members that a type does not know pass.
 */
export function judgeOf(calls: readonly string[]): Judge {
  const text = [
    'import type { ApiClient } from "@northflank/js-client";',
    "type Data<C> = C extends (options: never) => Promise<{ data: infer R }> ? R : never;",
    ...calls.map((call, index) => {
      const path = call.split(".").map((name) => `["${name}"]`);
      return `export declare const answer${index}: Data<ApiClient${path.join("")}>;`;
    }),
  ].join("\n");
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node"],
    typeRoots: [join(dirname(require.resolve("@types/node/package.json")), "..")],
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => path === file || disk.fileExists(path),
    getSourceFile: (path, version) =>
      path === file ? ts.createSourceFile(path, text, version) : disk.getSourceFile(path, version),
  };
  const program = ts.createProgram([file], options, host);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const symbols = module === undefined ? [] : checker.getExportsOfModule(module);
  const types = new Map(
    calls.map((call, index) => {
      const symbol = symbols.find(({ name }) => name === `answer${index}`);
      return [call, symbol === undefined ? undefined : checker.getTypeOfSymbol(symbol)] as const;
    }),
  );
  return (call, value) => {
    const type = types.get(call);
    if (type === undefined || (type.flags & ts.TypeFlags.Never) !== 0) {
      return [`the client has no call ${call}`];
    }
    return faults(checker, type, value, "data");
  };
}

function faults(
  checker: ts.TypeChecker,
  type: ts.Type,
  value: JsonValue | undefined,
  place: string,
): string[] {
  const wrong = () => [`${place} is ${JSON.stringify(value)}, not ${checker.typeToString(type)}`];
  const { flags } = type;
  const is = (flag: ts.TypeFlags) => (flags & flag) !== 0;
  if (is(ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return [];
  if (type.isUnion()) {
    const items = type.types.flatMap((part) => itemOf(checker, part) ?? []);
    if (Array.isArray(value) && items.length > 0) {
      // A list can mix the kinds that the types keep apart, as with add-on types.
      return value.flatMap((entry, index) => best(checker, items, entry, `${place}[${index}]`));
    }
    return best(checker, type.types, value, place);
  }
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value === value ? [] : wrong();
  if (is(ts.TypeFlags.BooleanLiteral)) {
    const isSame = typeof value === "boolean" && checker.typeToString(type) === String(value);
    return isSame ? [] : wrong();
  }
  if (is(ts.TypeFlags.Undefined)) return value === undefined ? [] : wrong();
  if (is(ts.TypeFlags.Null)) return value === null ? [] : wrong();
  if (is(ts.TypeFlags.String)) return typeof value === "string" ? [] : wrong();
  if (is(ts.TypeFlags.Number)) return typeof value === "number" ? [] : wrong();
  const item = itemOf(checker, type);
  if (item !== undefined) {
    if (!Array.isArray(value)) return wrong();
    return value.flatMap((entry, index) => faults(checker, item, entry, `${place}[${index}]`));
  }
  if (!isJsonObject(value)) return wrong();
  return checker.getPropertiesOfType(type).flatMap((property) => {
    const inner = value[property.name];
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    if (inner === undefined && isOptional) return [];
    return faults(checker, checker.getTypeOfSymbol(property), inner, `${place}.${property.name}`);
  });
}

/** The part that fits best says more than all of them. */
function best(
  checker: ts.TypeChecker,
  types: readonly ts.Type[],
  value: JsonValue | undefined,
  place: string,
): string[] {
  const each = types.map((part) => faults(checker, part, value, place));
  return each.sort((a, b) => a.length - b.length)[0] ?? [];
}

function itemOf(checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined {
  const isList = checker.isArrayType(type);
  return isList ? checker.getIndexInfoOfType(type, ts.IndexKind.Number)?.type : undefined;
}
