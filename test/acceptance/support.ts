import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accept, type AcceptanceOptions } from "../../scripts/acceptance/acceptance";
import { decodeRecording, type Recording } from "../../scripts/acceptance/recording";
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
  deletionMs: 0,
  actionMs: 30,
  rateLimit: 1_000_000,
  northflankExternalDelayMs: 60,
  passwords: "special",
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

interface Taking extends Partial<AcceptanceOptions> {
  /** Databases let in whom they should refuse, and the other way round. */
  readonly isReversed?: boolean;
}

/** A run against an emulated platform on which others have add-ons too. */
export async function take(
  platform: Platform,
  behaviours: StartOptions = {},
  { isReversed = false, ...options }: Taking = {},
): Promise<Taken> {
  const emulator = await startEmulator({ ...quick, ...behaviours });
  try {
    seedOthers(emulator);
    emulator.miget.capacity = { ramMib: 100_000, diskGib: 100_000 };
    const folder = temporaryFolder("acceptance");
    const connect = (uri: string) => {
      const said = uri !== "" && knows(emulator, uri) !== isReversed ? "entered" : "refused";
      return Promise.resolve(uri === "" ? "not tried: there is no address" : said);
    };
    const usual = optionsFor(emulator, platform);
    const items = await accept({ ...usual, folder, connect, ...options });
    const texts = ["md", "patch", "json"].map((end) =>
      readFileSync(join(folder, `${platform}.${end}`), "utf8"),
    );
    const recording = decodeRecording(JSON.parse(texts[2] ?? ""));
    return { emulator, items: items ?? [], recording, texts };
  } finally {
    await emulator.close();
  }
}

export function optionsFor(emulator: Emulator, platform: Platform): AcceptanceOptions {
  const env = emulator.env();
  return {
    target: { platform, home: homes[platform] },
    token: textOf(env[`${platform.toUpperCase()}_API_TOKEN`]),
    baseUrl: textOf(env[`${platform.toUpperCase()}_BASE_URL`]),
    headers: {},
    lanes: ["calls"],
    folder: "",
    pollMs: 20,
    limitMs: 60_000,
    now: new Date(),
    signal: new AbortController().signal,
    connect: () => Promise.resolve("not tried"),
    tell: () => undefined,
    agrees: () => Promise.resolve(true),
  };
}

/** Whether a database of the emulated platform has the password of an address. */
function knows({ miget, northflank }: Emulator, uri: string): boolean {
  const { password } = new URL(uri);
  const valid = [
    ...miget.addons().map((addon) => addon.password),
    ...northflank.addons().flatMap((addon) => addon.validPasswords),
  ];
  return valid.includes(decodeURIComponent(password));
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
