import type { Platform } from "../contract/contract";
import type { LoggedRequest, PlatformApi } from "./exchange";
import { Faults } from "./faults";
import { listen } from "./listener";
import { MigetApi } from "./miget/api";
import { MigetHandle } from "./miget/handle";
import { DEFAULT_APP, DEFAULT_WORKSPACE, MigetWorld } from "./miget/world";
import { NorthflankApi } from "./northflank/api";
import { NorthflankHandle } from "./northflank/handle";
import { DEFAULT_PROJECT, DEFAULT_TEAM, NorthflankWorld } from "./northflank/world";
import { defaultSettings, type EmulatorOptions } from "./options";
import { Random } from "./random";
import { Exchanges } from "./server";

export type { LoggedRequest } from "./exchange";
export type { Fault, FaultKind, FaultTarget, InjectedFault, Outgoing } from "./faults";
export type { MigetAddonFacts, MigetHandle } from "./miget/handle";
export type { NorthflankAddonFacts, NorthflankHandle } from "./northflank/handle";
export type { EmulatorOptions } from "./options";
export { DEFAULT_APP, DEFAULT_WORKSPACE, DEFAULT_PROJECT, DEFAULT_TEAM };

export interface Emulator {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly miget: MigetHandle;
  readonly northflank: NorthflankHandle;
  readonly faults: Faults;
  /** Every request in the order of arrival. */
  readonly requests: readonly LoggedRequest[];
  /** What in any exchange so far departed from the contracts. Empty it to go on after an expected one. */
  readonly violations: string[];
  /** Environment variables that point the providers here. */
  env(): Record<string, string>;
  /** Forgets the requests, not the violations. */
  clearLog(): void;
  /** Requests that are being served, held ones included. */
  inFlight(): number;
  /** Requests that a hang fault holds. */
  hanging(): number;
  /** Whether the platform has a handler for the operation. */
  handles(platform: Platform, operationId: string): boolean;
  /** Refuses connections for real (ECONNREFUSED) until `acceptConnections`. */
  refuseConnections(): Promise<void>;
  acceptConnections(): Promise<void>;
  /** Ends at once, whatever is open. */
  close(): Promise<void>;
}

export interface StartOptions extends EmulatorOptions {
  /** Default: any free one. */
  readonly port?: number;
  /** Told of each request when it has arrived, before it has any effect. */
  readonly onReceived?: (request: LoggedRequest) => void;
  /** Told of each request when its answer is out, or its connection has ended without one. */
  readonly onServed?: (request: LoggedRequest) => void;
}

const first = (tokens: Set<string>) => [...tokens][0] ?? "";

/** Serves both REST APIs on loopback. */
export async function startEmulator(options: StartOptions = {}): Promise<Emulator> {
  const { port = 0, onReceived, onServed, ...chosen } = options;
  const settings = { ...defaultSettings, ...chosen };
  const { seed } = settings;
  // One stream each, so that traffic of one platform does not shift the other's identities.
  const miget = new MigetWorld(settings, new Random(seed));
  const northflank = new NorthflankWorld(settings, new Random(seed + 1));
  miget.addApp(DEFAULT_APP, DEFAULT_WORKSPACE);
  northflank.addProject(DEFAULT_PROJECT, DEFAULT_TEAM);
  const faults = new Faults(new Random(seed + 2));
  const apis: Record<Platform, PlatformApi> = {
    miget: new MigetApi(miget),
    northflank: new NorthflankApi(northflank),
  };
  const exchanges = new Exchanges(settings, apis, faults, {
    received: (request) => onReceived?.(request),
    served: (request) => onServed?.(request),
  });
  const listener = await listen(exchanges, port);
  const origin = `http://127.0.0.1:${listener.port}`;
  return {
    origin,
    miget: new MigetHandle(miget),
    northflank: new NorthflankHandle(northflank),
    faults,
    requests: exchanges.requests,
    violations: exchanges.violations,
    env: () => ({
      MIGET_BASE_URL: `${origin}/api/v1`,
      MIGET_API_TOKEN: first(miget.tokens),
      NORTHFLANK_BASE_URL: `${origin}/v1`,
      NORTHFLANK_API_TOKEN: first(northflank.tokens),
    }),
    clearLog: () => exchanges.requests.splice(0),
    inFlight: () => exchanges.inFlight,
    hanging: () => exchanges.hanging,
    handles: (platform, operationId) => apis[platform].handles(operationId),
    refuseConnections: listener.refuse,
    acceptConnections: listener.accept,
    close: listener.close,
  };
}
