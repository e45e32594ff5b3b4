import { isJsonObject, parseJson, type JsonObject, type JsonValue } from "../contract/json";
import { startEmulator, type Emulator, type StartOptions } from "./index";
import { ManualClock } from "./manual-clock";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The decoded body; null where it was no JSON. */
  readonly json: JsonValue;
  /** The decoded body as an object; empty where it was none. */
  readonly body: JsonObject;
}

export interface Ask {
  readonly body?: JsonValue;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** An emulator on a clock that the test moves, with a client for each platform. */
export class Bench {
  private constructor(
    readonly emulator: Emulator,
    readonly clock: ManualClock,
  ) {}

  static async start(options: StartOptions = {}): Promise<Bench> {
    const clock = new ManualClock();
    return new Bench(await startEmulator({ clock, ...options }), clock);
  }

  /** A request below /api/v1. */
  miget(method: string, path: string, ask: Ask = {}): Promise<Reply> {
    return this.send("MIGET", method, path, ask);
  }

  /** A request below /v1. */
  northflank(method: string, path: string, ask: Ask = {}): Promise<Reply> {
    return this.send("NORTHFLANK", method, path, ask);
  }

  private async send(name: string, method: string, path: string, ask: Ask): Promise<Reply> {
    const env = this.emulator.env();
    const { body, headers, signal } = ask;
    const response = await fetch(`${env[`${name}_BASE_URL`] ?? ""}${path}`, {
      method,
      redirect: "manual",
      headers: {
        authorization: `Bearer ${env[`${name}_API_TOKEN`] ?? ""}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const text = await response.text();
    const json = parseJson(text) ?? null;
    return {
      status: response.status,
      headers: response.headers,
      text,
      json,
      body: isJsonObject(json) ? json : {},
    };
  }
}

/** A path such as `spec.config.versionTag` into a decoded body. */
export function dig(value: JsonValue | undefined, path: string): JsonValue | undefined {
  let at = value;
  for (const key of path.split(".")) {
    if (Array.isArray(at)) at = at[Number(key)];
    else at = isJsonObject(at) ? at[key] : undefined;
  }
  return at;
}

/** The same where it must be a text; empty where it is none. */
export function textAt(value: JsonValue | undefined, path: string): string {
  const found = dig(value, path);
  return typeof found === "string" ? found : "";
}

/** The code of a failed request, such as ECONNRESET. */
export function failureCode(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = isJsonObject(cause) ? cause.code : undefined;
  return typeof code === "string" ? code : "";
}

/** Waits, without a timer, until something that another task brings about holds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100_000; turn += 1) {
    if (holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error("it never came true");
}
