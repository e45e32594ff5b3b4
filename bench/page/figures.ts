import { isLeft } from "fp-ts/Either";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Saved } from "../result";

/** Where the figures are kept that the page about performance shows. */
export const figuresFile = "bench/results/latest.json";

export function repositoryPath(file: string): string {
  return join(__dirname, "../..", file);
}

export function savedFigures(): Saved {
  const decoded = Saved.decode(JSON.parse(readFileSync(repositoryPath(figuresFile), "utf8")));
  if (isLeft(decoded)) {
    const places = decoded.left.map(({ context }) => context.map(({ key }) => key).join("."));
    throw new Error(`${figuresFile} is not as the benchmark writes it: ${places.join(", ")}`);
  }
  return decoded.right;
}
