import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { timeoutsCodec } from "../../src/fields/common";
import { connection, parts } from "../../src/fields/output";
import { shapeOf } from "../../src/fields/shape";
import { stringsIn } from "../../src/http/redact";
import { fields as migetFields } from "../../src/miget/fields";
import { fields as northflankFields } from "../../src/northflank/fields";
import { repository } from "../support/pack";

/** What stands in a message for what varies. */
export const varying = "…";

/** A text of the sources that a user may read. */
export interface Message {
  readonly text: string;
  /** `lifecycle/adopt.ts:58` */
  readonly place: string;
}

const rows = [...Object.values(migetFields), ...Object.values(northflankFields)];
const timeouts = shapeOf(timeoutsCodec);

/** The texts of programs that are written, of questions, and of the help. */
const otherTexts = [
  "cli/command-line.ts",
  "cli/import/names.ts",
  "cli/import/program.ts",
  "cli/init/miget.ts",
  "cli/init/northflank.ts",
  "cli/init/project.ts",
  // Descriptions in the schema of the provider plugin.
  "doors/native/schema.ts",
  "fields/words.ts",
  "zz_package.ts",
  "doors/native/functions.ts",
];
/** Clients name what they do, after "could not"; what they say themselves is an error of its own. */
const clients = /^(?:miget|northflank)\/(?:account-)?client\.ts$/u;
/** Properties that hold no message. */
const otherProperties = [
  "about",
  "defaultFrom",
  "doc",
  "example",
  "operation",
  "permission",
  "readAs",
  "subject",
  "userAgent",
];
/** What makes the advice that comes with a message, and is no message by itself. */
const advising = /advi[cs]e|^unchecked$|^userAgent$/iu;
const advisingCall = /advi[cs]e|^failure$/iu;

const sources = join(repository, "src");

/**
 * Every text of more than one word in the sources that may reach a user as a message or a part of one:
 * all texts but those of which it is known what else they are.
 */
export function messagesInSources(): Message[] {
  return readdirSync(sources, { withFileTypes: true, recursive: true })
    .filter(({ name }) => name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !otherTexts.includes(relative(sources, file)))
    .sort()
    .flatMap(messagesIn);
}

function messagesIn(file: string): Message[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const name = relative(sources, file);
  const found: Message[] = [];
  const visit = (node: ts.Node): void => {
    if (isElse(node)) return;
    for (const text of textsOf(node)) {
      if (!isProse(text) || documentation.includes(text) || sentences.has(text)) continue;
      if (clients.test(name) && !ts.isNewExpression(node.parent)) continue;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ text, place: `${name}:${line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isElse(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) {
    return true;
  }
  const name = nameOf(node);
  if (ts.isPropertyAssignment(node) && otherProperties.includes(name)) return true;
  if (advising.test(name)) return true;
  if (ts.isCallExpression(node)) return advisingCall.test(node.expression.getText());
  return ts.isObjectLiteralExpression(node) && node.properties.some(isWell);
}

/** What the doctor says where all is well. */
function isWell(property: ts.ObjectLiteralElementLike): boolean {
  return ts.isPropertyAssignment(property) && property.getText() === 'verdict: "ok"';
}

function nameOf(node: ts.Node): string {
  const isNamed =
    ts.isPropertyAssignment(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node);
  return isNamed ? (node.name?.getText() ?? "") : "";
}

/** A text; or several, where one of two words stands in it. */
function textsOf(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return [];
  return node.templateSpans.reduce(
    (texts, { expression, literal }) =>
      texts.flatMap((text) => insertsOf(expression).map((each) => `${text}${each}${literal.text}`)),
    [node.head.text],
  );
}

function insertsOf(expression: ts.Expression): string[] {
  if (!ts.isConditionalExpression(expression)) return [varying];
  const { whenTrue, whenFalse } = expression;
  const branches = [whenTrue, whenFalse].filter(ts.isStringLiteral).map(({ text }) => text);
  return branches.length === 2 ? branches : [varying];
}

function isProse(text: string): boolean {
  return /[a-z]{2,}.*\s.*[a-z]{2,}/iu.test(text);
}

/** Sentences about inputs, which some rows are made of by functions. */
const documentation = rows.map(({ doc }) => doc).join("\n");

/** Sentences about parts of inputs and outputs. */
const sentences = new Set(
  stringsIn([connection, parts, timeouts, ...rows.map(({ codec }) => shapeOf(codec))]),
);
