import { readFileSync } from "node:fs";
import { join } from "node:path";
import { migetAddonKind } from "../../src/miget/addon";
import { northflankAddonKind } from "../../src/northflank/addon";
import { inputTable, migetTable, northflankTable } from "./inputs";
import { interfaceTable, outputTable } from "./outputs";

export const readmeFile = join(__dirname, "../../README.md");

/** What stands between the markers of that name. */
const parts: Readonly<Record<string, () => string>> = {
  "miget-inputs": () => inputTable(migetTable),
  "miget-outputs": () => outputTable("miget/addon.ts", "MigetAddon", migetAddonKind),
  "northflank-inputs": () => inputTable(northflankTable),
  "northflank-outputs": () =>
    outputTable("northflank/addon.ts", "NorthflankAddon", northflankAddonKind),
  connection: () => interfaceTable("connection.ts", "AddonConnection"),
};

export function readReadme(): string {
  return readFileSync(readmeFile, "utf8");
}

/** The README with its generated parts as the sources have them now. */
export async function renderReadme(readme: string): Promise<string> {
  let text = readme;
  for (const [name, render] of Object.entries(parts)) text = withPart(text, name, render());
  // It is an ES module.
  const prettier = await import("prettier");
  const options = await prettier.resolveConfig(readmeFile);
  return await prettier.format(text, { ...options, parser: "markdown" });
}

function withPart(readme: string, name: string, content: string): string {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md lacks the markers of ${name}`);
  return `${readme.slice(0, from + begin.length)}\n\n${content}\n\n${readme.slice(to)}`;
}
