import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_APP, DEFAULT_PROJECT, type Emulator } from "../../test/emulator/index";
import type { ConfigValue } from "../../test/support/engine";
import { repository } from "../../test/support/pack";
import { projectName } from "../../test/support/project-files";

const text = readFileSync(join(repository, "examples/quickstart/index.ts"), "utf8");

const grown = changed(text, "storage: 6144", "storage: 12288");

/** The quickstart example, as its reader has it, and after the changes of the demo. */
export const programs = {
  original: text,
  grown,
  replaced: changed(grown, 'postgresVersion: "17"', 'postgresVersion: "18"'),
} as const;

/** The names of its resources. */
export const names = { miget: "orders", postgresql: "billing-db", redis: "sessions" } as const;

/** The outputs that hold its connection URIs. */
export const uris = { miget: "ordersUri", postgresql: "billingUri", redis: "sessionsUri" } as const;

/** What its reader would set with `pulumi config set`, for the emulator in place of the platforms. */
export function configuration(emulator: Emulator): Record<string, ConfigValue> {
  const env = emulator.env();
  return {
    "miget:apiToken": { secret: env.MIGET_API_TOKEN ?? "" },
    "miget:baseUrl": env.MIGET_BASE_URL ?? "",
    "northflank:apiToken": { secret: env.NORTHFLANK_API_TOKEN ?? "" },
    "northflank:baseUrl": env.NORTHFLANK_BASE_URL ?? "",
    [`${projectName}:migetAppUuid`]: DEFAULT_APP,
    [`${projectName}:northflankProjectId`]: DEFAULT_PROJECT,
  };
}

function changed(program: string, from: string, to: string): string {
  if (program.split(from).length !== 2) {
    throw new Error(`the quickstart example must have ${from} once, for the demo to change it`);
  }
  return program.replace(from, to);
}
