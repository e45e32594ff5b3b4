import ts from "typescript";
import type { Block } from "./pages";

/**
 * The programs that a page's TypeScript blocks make, one for each. A block without a mark is a program
 * of its own. One that is marked as a fragment is what a reader would make of it: in the program before
 * it, a declaration of the same name is replaced, and what is new is put in.
 */
export function programsOf(blocks: readonly Block[]): string[] {
  let present: string | undefined;
  return blocks.map(({ place, mark, code }) => {
    if (mark === "") present = code;
    else if (mark !== "fragment") throw new Error(`${place}: ${mark} is no mark of a ts block`);
    else if (present === undefined) throw new Error(`${place}: a fragment without a program`);
    else present = changed(present, code);
    return present;
  });
}

function changed(program: string, fragment: string): string {
  const result = statementsOf(program).map((statement) => ({ ...statement }));
  let added: Statement[] = [];
  for (const statement of statementsOf(fragment)) {
    const place = result.findIndex(({ names }) =>
      names.some((name) => statement.names.includes(name)),
    );
    if (place < 0) added.push(statement);
    else {
      // What is new may be used by what follows it.
      result.splice(place, 1, ...added, statement);
      added = [];
    }
  }
  return [...result, ...added].map(({ text }) => `${text}\n`).join("");
}

interface Statement {
  readonly text: string;
  /** What it declares. */
  readonly names: readonly string[];
}

function statementsOf(code: string): Statement[] {
  const source = ts.createSourceFile("block.ts", code, ts.ScriptTarget.ES2021);
  return source.statements.map((statement) => ({
    text: statement.getFullText(source).replace(/^\n+/, ""),
    names: ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.flatMap(({ name }) => namesIn(name))
      : ts.isFunctionDeclaration(statement) && statement.name !== undefined
        ? [statement.name.text]
        : [],
  }));
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : namesIn(element.name),
  );
}

/** The same as JavaScript, which the engine loads faster. Types are checked elsewhere, all at once. */
export function javascript(program: string): string {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2021,
    module: ts.ModuleKind.CommonJS,
    esModuleInterop: true,
  };
  return ts.transpileModule(program, { compilerOptions }).outputText;
}
