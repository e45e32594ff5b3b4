import type { JsonObject } from "../contract/json";
import type { Platform } from "../contract/contract";
import { systemClock, type Clock } from "../../src/http/clock";
import { addonTypes, plans } from "./northflank/catalogue";
import type { KeyCase } from "./northflank/credentials";
import type { Lifecycle } from "./northflank/view";

/** A length of time in milliseconds, the same for all or by platform and add-on type. */
export type Duration = number | ((platform: Platform, type: string) => number);

export interface EmulatorSettings {
  readonly clock: Clock;
  /** From creation until ready. */
  readonly provisioningMs: Duration;
  /** Miget: connection data appears this long after ready. */
  readonly credentialsDelayMs: number;
  /** Northflank: how long a deleted addon shows `deleting`. */
  readonly deletionMs: number;
  /** How long pausing, scaling, upgrading, rotating and the like take. */
  readonly actionMs: number;
  /** Time before each request is looked at. */
  readonly latencyMs: number | ((operationId: string, platform: Platform) => number);
  readonly seed: number;
  /** Northflank: requests per window; the window begins with its first request. */
  readonly rateLimit: number;
  readonly rateWindowMs: number;
  /** Northflank: upper bound of a page, below the contract's 100. */
  readonly pageSize: number;
  /** How far lists lag behind. */
  readonly staleListMs: number;
  /** `special`: passwords hold characters that a URL must encode. */
  readonly passwords: "plain" | "special";
  readonly migetEnvelope: "bare" | "data";
  readonly migetCreateStatus: number;
  readonly migetUpdateAnswer: "entity" | "message" | "empty";
  /** False: fields that a PUT omits fall back to their defaults. */
  readonly migetPartialPut: boolean;
  /** Where connection data shows; app variables exist in all cases but `never`. */
  readonly migetConnection: "details" | "var" | "both" | "vars-endpoint" | "never";
  /** How `external` looks while public access is off. */
  readonly migetExternalOff: "absent" | "null" | "empty";
  /** True: lists carry connection_details as well. */
  readonly migetListConnection: boolean;
  /** True: 0.1 cores are answered whatever was asked for. */
  readonly migetSmallPlans: boolean;
  readonly migetReplicaAnswer: "entity" | "message";
  /** Miget: the external address appears this long after public access is on. */
  readonly migetExternalDelayMs: number;
  /** False: answers carry no uid, as the documentation of 2026 has it. */
  readonly northflankUid: boolean;
  /** False: answers carry no tags, as in the documented example. */
  readonly northflankTags: boolean;
  readonly northflankCreateShape: "flat" | "nested";
  /** False: the answer of a create carries no createdAt. */
  readonly northflankCreateTimes: boolean;
  /** `camel`: as in 2021 (`accessKey`, `mongoSrv`). */
  readonly northflankCredentialCase: KeyCase;
  /** EXTERNAL_ keys appear this long after the addon runs with external access. */
  readonly northflankExternalDelayMs: number;
  /** Support of versions that are no longer `active`: deprecated or discontinued. */
  readonly northflankLifecycle: Lifecycle;
  /** True: changes are refused with 409 while the addon is in transition. */
  readonly northflankStrictState: boolean;
  readonly plans: JsonObject[];
  readonly addonTypes: JsonObject[];
}

export type EmulatorOptions = Partial<EmulatorSettings>;

export const defaultSettings: EmulatorSettings = {
  clock: systemClock,
  provisioningMs: 1500,
  credentialsDelayMs: 300,
  deletionMs: 300,
  actionMs: 300,
  latencyMs: 0,
  seed: 1,
  rateLimit: 1000,
  rateWindowMs: 3_600_000,
  pageSize: 100,
  staleListMs: 0,
  passwords: "plain",
  migetEnvelope: "bare",
  migetCreateStatus: 201,
  migetUpdateAnswer: "entity",
  migetPartialPut: true,
  migetConnection: "details",
  migetExternalOff: "absent",
  migetListConnection: false,
  migetSmallPlans: false,
  migetReplicaAnswer: "entity",
  migetExternalDelayMs: 0,
  northflankUid: true,
  northflankTags: true,
  northflankCreateShape: "flat",
  northflankCreateTimes: true,
  northflankCredentialCase: "upper",
  northflankExternalDelayMs: 0,
  northflankLifecycle: {},
  northflankStrictState: false,
  plans,
  addonTypes,
};

export const provisioningTime = (
  { provisioningMs }: EmulatorSettings,
  platform: Platform,
  type: string,
): number => (typeof provisioningMs === "number" ? provisioningMs : provisioningMs(platform, type));
