import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { ResourceKind } from "../../src/program/resource";
import { code, table } from "./table";

const sources = join(__dirname, "../../src");

type Property = ts.PropertyDeclaration | ts.PropertySignature | ts.GetAccessorDeclaration;

interface Member {
  readonly name: string;
  readonly type: string;
  readonly doc: string;
}

/** The outputs of a resource: the properties of its class that are no inputs, with their comments. */
export function outputTable(file: string, className: string, kind: ResourceKind): string {
  const members = propertiesOf(file, className)
    .map(memberOf)
    .filter(({ name }) => !kind.inputs.includes(name));
  const missing = kind.outputs.filter((name) => !members.some((member) => member.name === name));
  const strange = members.filter(({ name }) => !kind.outputs.includes(name));
  if (missing.length > 0 || strange.length > 0) {
    const list = [...missing, ...strange.map(({ name }) => name)].join(", ");
    throw new Error(`the properties of ${className} are not the outputs of its kind: ${list}`);
  }
  return memberTable("Output", members);
}

/** The outputs that the class makes of `connection`, with their comments. */
export function plainOutputTable(): string {
  const members = membersOf("program/resource.ts", "AddonResource").filter(ts.isGetAccessor);
  return memberTable("Output", members.map(memberOf));
}

export function interfaceTable(file: string, name: string): string {
  return memberTable("Property", propertiesOf(file, name).map(memberOf));
}

/** The properties of an interface of inputs, and those of the objects in it, by dotted names. */
export function nestedTable(file: string, name: string): string {
  const rows = propertiesOf(file, name).flatMap((property) => nestedRows(property, ""));
  return table(["Property", "Type", "Required", "Meaning"], rows);
}

function nestedRows(property: Property, prefix: string): string[][] {
  const path = `${prefix}${property.name.getText()}`;
  const type = property.type === undefined ? undefined : withoutInput(property.type);
  const required = property.questionToken === undefined ? "yes" : "no";
  const row = (text: string) => [code(path), code(text), required, docOf(property) || "–"];
  if (type === undefined) return [row("unknown")];
  const isList = ts.isArrayTypeNode(type);
  const inner = isList ? withoutInput(type.elementType) : type;
  if (!ts.isTypeLiteralNode(inner)) return [row(isList ? `${inner.getText()}[]` : inner.getText())];
  const within = `${path}${isList ? "[]" : ""}.`;
  const members = inner.members.filter(ts.isPropertySignature);
  return [
    row(isList ? "object[]" : "object"),
    ...members.flatMap((member) => nestedRows(member, within)),
  ];
}

/** `pulumi.Input<T>` and what args.ts writes for an optional one say nothing to a reader. */
function withoutInput(type: ts.TypeNode): ts.TypeNode {
  if (!ts.isTypeReferenceNode(type)) return type;
  const inner = type.typeArguments?.[0];
  const isInput = ["pulumi.Input", "In"].includes(type.typeName.getText());
  return isInput && inner !== undefined ? withoutInput(inner) : type;
}

function memberTable(title: string, members: readonly Member[]): string {
  const rows = members.map(({ name, type, doc }) => [code(name), code(type), doc]);
  return table([title, "Type", "Meaning"], rows);
}

/** The properties of a class or an interface. Only the text is looked at: nothing is type-checked. */
function propertiesOf(file: string, name: string) {
  return membersOf(file, name).filter(
    (member) => ts.isPropertyDeclaration(member) || ts.isPropertySignature(member),
  );
}

function membersOf(file: string, name: string): (ts.ClassElement | ts.TypeElement)[] {
  const text = readFileSync(join(sources, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    if (statement.name?.text !== name) continue;
    return [...statement.members];
  }
  throw new Error(`there is no ${name} in src/${file}`);
}

function memberOf(member: Property): Member {
  return {
    name: member.name.getText(),
    type: member.type === undefined ? "" : shortType(member.type),
    doc: docOf(member),
  };
}

function docOf(member: Property): string {
  const comments = ts
    .getJSDocCommentsAndTags(member)
    .filter(ts.isJSDoc)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "");
  return comments.join(" ").replace(/\s+/g, " ");
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
