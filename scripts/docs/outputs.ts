import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { ResourceKind } from "../../src/resource";
import { code, table } from "./table";

const sources = join(__dirname, "../../src");

interface Member {
  readonly name: string;
  readonly type: string;
  readonly doc: string;
}

/** The outputs of a resource: the properties of its class that are no inputs, with their comments. */
export function outputTable(file: string, className: string, kind: ResourceKind): string {
  const members = membersOf(file, className).filter(({ name }) => !kind.inputs.includes(name));
  const missing = kind.outputs.filter((name) => !members.some((member) => member.name === name));
  const strange = members.filter(({ name }) => !kind.outputs.includes(name));
  if (missing.length > 0 || strange.length > 0) {
    const list = [...missing, ...strange.map(({ name }) => name)].join(", ");
    throw new Error(`the properties of ${className} are not the outputs of its kind: ${list}`);
  }
  return memberTable("Output", members);
}

export function interfaceTable(file: string, name: string): string {
  return memberTable("Property", membersOf(file, name));
}

function memberTable(title: string, members: readonly Member[]): string {
  const rows = members.map(({ name, type, doc }) => [code(name), code(type), doc]);
  return table([title, "Type", "Meaning"], rows);
}

/** The properties of a class or an interface. Only the text is looked at: nothing is type-checked. */
function membersOf(file: string, name: string): Member[] {
  const text = readFileSync(join(sources, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    if (statement.name?.text !== name) continue;
    return [...statement.members].flatMap((member) =>
      ts.isPropertyDeclaration(member) || ts.isPropertySignature(member) ? [memberOf(member)] : [],
    );
  }
  throw new Error(`there is no ${name} in src/${file}`);
}

function memberOf(member: ts.PropertyDeclaration | ts.PropertySignature): Member {
  const doc = ts
    .getJSDocCommentsAndTags(member)
    .filter(ts.isJSDoc)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join(" ");
  return {
    name: member.name.getText(),
    type: member.type === undefined ? "" : shortType(member.type),
    doc: doc.replace(/\s+/g, " "),
  };
}

/** The type as a reader wants it: not as an output, and without `readonly`. */
function shortType(type: ts.TypeNode): string {
  const inner =
    ts.isTypeReferenceNode(type) && type.typeName.getText() === "pulumi.Output"
      ? type.typeArguments?.[0]
      : undefined;
  return (inner ?? type)
    .getText()
    .replace(/\s+/g, " ")
    .replace(/\breadonly /g, "")
    .replace(/\bReadonly<(Record<[^<>]*>)>/g, "$1")
    .replace(/; }/g, " }");
}
