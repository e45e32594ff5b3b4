import { isRecord } from "../../src/fields/values";
import type { Package } from "../../src/zz_package";
import { parseRecord, textOf } from "../../test/support/json";
import { head } from "./program";

/** What the sources say of the package, out of package.json. Its addresses may be missing. */
export function packageIn(manifestText: string): Package {
  const manifest = parseRecord(manifestText, "package.json");
  const addressOf = (name: "homepage" | "repository" | "bugs") => {
    const given = manifest[name];
    const url = isRecord(given) ? given.url : given;
    return typeof url === "string" ? { [name]: url.replace(/^git\+|\.git$/gu, "") } : {};
  };
  return {
    version: textOf(manifest.version),
    publisher: textOf(manifest.author),
    ...addressOf("homepage"),
    ...addressOf("repository"),
    ...addressOf("bugs"),
  };
}

export function packageFile(manifestText: string): string {
  const about = packageIn(manifestText);
  return `${head}

/** What package.json says of the package. */
export interface Package {
  readonly version: string;
  readonly publisher: string;
  readonly homepage?: string;
  readonly repository?: string;
  readonly bugs?: string;
}

export const version = ${JSON.stringify(about.version)};
export const about: Package = ${JSON.stringify(about)};
`;
}
