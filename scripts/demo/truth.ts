import type { Emulator, MigetAddonFacts, NorthflankAddonFacts } from "../../test/emulator/index";
import { connectionUrl } from "../../test/emulator/miget/connection";
import { credentials } from "../../test/emulator/northflank/credentials";
import { isRecord } from "../../test/support/json";
import { WrongStep } from "./narrator";

/** What the emulated platforms themselves know, asked behind their APIs' backs. */
export class Truth {
  constructor(private readonly emulator: Emulator) {}

  get miget(): MigetAddonFacts {
    return only("Miget", this.emulator.miget.addons());
  }

  northflank(type: string): NorthflankAddonFacts {
    const addons = this.emulator.northflank.addons().filter((addon) => addon.type === type);
    return only(`Northflank ${type}`, addons);
  }

  /** How many add-ons there are. */
  counts(): { readonly miget: number; readonly northflank: number } {
    const { miget, northflank } = this.emulator;
    return { miget: miget.addons().length, northflank: northflank.addons().length };
  }

  /** The connection URIs, by the way the platforms themselves put them together. */
  uris(): { readonly miget: string; readonly postgresql: string; readonly redis: string } {
    return {
      miget: connectionUrl(this.miget, this.miget.password),
      postgresql: this.env("postgresql", "POSTGRES_URI"),
      redis: this.env("redis", "REDIS_MASTER_URL"),
    };
  }

  /** All that may be seen by nobody: passwords and tokens. */
  secrets(): string[] {
    const { miget, northflank } = this.emulator;
    return [
      ...miget.tokens,
      ...northflank.tokens,
      ...miget.addons().map(({ password }) => password),
      ...northflank.addons().flatMap(({ validPasswords }) => validPasswords),
    ];
  }

  /** The calls since the log was cleared that change something. */
  writes(): string[] {
    return this.emulator.requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path}`);
  }

  private env(type: string, name: string): string {
    const { envs } = credentials(this.northflank(type), Date.now());
    const uri = isRecord(envs) ? envs[name] : undefined;
    if (typeof uri !== "string") throw new Error(`the emulator's ${type} has no ${name}`);
    return uri;
  }
}

function only<T>(what: string, found: readonly T[]): T {
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new WrongStep(`add-ons on ${what}`, "exactly one", `${found.length}`);
  }
  return first;
}
