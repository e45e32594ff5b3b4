import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Examples of both platforms in languages that take the provider plugin. */
const others = {
  YAML: { file: "plugin-yaml/Pulumi.yaml", fence: "yaml" },
  Python: { file: "plugin-python/__main__.py", fence: "python" },
  Go: { file: "plugin-go/main.go", fence: "go" },
};

/** The program of an example, which CI compiles and runs. */
export function exampleOf(name: string): string {
  return sourceOf(`${name}/index.ts`);
}

/** A file of an example. */
export function sourceOf(file: string): string {
  return shown(file, "ts", textOf(file));
}

/** The part that is about a platform of the example in each other language, below a heading. */
export function otherLanguages(platform: string): string {
  return Object.entries(others)
    .map(([language, { file, fence }]) => {
      return `### ${language}\n\n${shown(file, fence, partOf(textOf(file), platform))}`;
    })
    .join("\n\n");
}

/** A program without the regions of other names: comments `region …` and `endregion` mark them. */
function partOf(program: string, name: string): string {
  let region = name;
  const kept = program.split("\n").filter((line) => {
    const mark = /^\s*(?:#|\/\/) (?:region (\w+)|endregion)$/u.exec(line);
    if (mark !== null) region = mark[1] ?? name;
    return mark === null && region === name;
  });
  return kept
    .join("\n")
    .replace(/\n{3,}/gu, "\n\n")
    .trim();
}

function textOf(file: string): string {
  return readFileSync(join(__dirname, "../../examples", file), "utf8");
}

function shown(file: string, fence: string, program: string): string {
  const path = `examples/${file}`;
  return `[\`${path}\`](../${path}):\n\n\`\`\`${fence}\n${program.trimEnd()}\n\`\`\``;
}
