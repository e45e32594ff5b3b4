import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accept, type AcceptanceOptions } from "../../scripts/acceptance/acceptance";
import { decode, type Recording } from "../../scripts/acceptance/exchange";
import type { Item } from "../../scripts/acceptance/report";
import type { Platform } from "../contract/contract";
import {
  DEFAULT_APP,
  DEFAULT_PROJECT,
  startEmulator,
  type Emulator,
  type StartOptions,
} from "../emulator/index";
import { textOf } from "../support/json";
import { temporaryFolder } from "../support/temporary";

/** As quick as a run needs no patience. */
export const quick: StartOptions = {
  provisioningMs: 80,
  credentialsDelayMs: 20,
  deletionMs: 30,
  actionMs: 30,
  rateLimit: 1_000_000,
};

export const homes: Readonly<Record<Platform, string>> = {
  miget: DEFAULT_APP,
  northflank: DEFAULT_PROJECT,
};

/** Names in the account of somebody else's databases, two of them like this tool's. */
export const foreign = ["orders-of-others", "paas-acceptance", "paas-acceptance-261128"];

export interface Taken {
  readonly emulator: Emulator;
  readonly items: readonly Item[];
  readonly recording: Recording;
  /** Report, patch and recording, as they were written. */
  readonly texts: readonly string[];
}

/** A run against an emulated platform on which others have add-ons too. */
export async function take(
  platform: Platform,
  door: string,
  behaviours: StartOptions = {},
): Promise<Taken> {
  const emulator = await startEmulator({ ...quick, ...behaviours });
  try {
    seedOthers(emulator);
    const folder = temporaryFolder("acceptance");
    const items = await accept(optionsFor(emulator, platform, door, folder));
    const texts = ["md", "patch", "json"].map((end) =>
      readFileSync(join(folder, `${platform}.${end}`), "utf8"),
    );
    return { emulator, items: items ?? [], recording: decode(JSON.parse(texts[2] ?? "")), texts };
  } finally {
    await emulator.close();
  }
}

function optionsFor(
  emulator: Emulator,
  platform: Platform,
  door: string,
  folder: string,
): AcceptanceOptions {
  const env = emulator.env();
  return {
    target: { platform, home: homes[platform] },
    token: textOf(env[`${platform.toUpperCase()}_API_TOKEN`]),
    baseUrl: textOf(env[`${platform.toUpperCase()}_BASE_URL`]),
    headers: {},
    folder,
    door,
    pollMs: 20,
    limitMs: 60_000,
    now: new Date(),
    signal: new AbortController().signal,
    tell: () => undefined,
    agrees: () => Promise.resolve(true),
  };
}

export function seedOthers({ miget, northflank }: Emulator): void {
  for (const name of foreign) {
    northflank.seed({ name, type: "redis", version: "latest" });
    miget.seed(DEFAULT_APP, { name, type: "valkey", label: name, valkey_version: "7.2" });
  }
}

/** How many add-ons of others there are still, and of this tool. */
export function counts({ miget, northflank }: Emulator, platform: Platform) {
  const names =
    platform === "miget"
      ? miget.addons().map(({ name }) => name.replace(/-[a-z]{5}$/u, ""))
      : northflank.addons().map(({ name }) => name);
  const others = names.filter((name) => foreign.includes(name)).length;
  return { others, made: names.length - others };
}

export const about = (items: readonly Item[], verdict: Item["verdict"]): string[] =>
  items.filter((item) => item.verdict === verdict).map((item) => item.about);
