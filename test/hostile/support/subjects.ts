import { MigetClient } from "../../../src/miget/client";
import { NorthflankClient } from "../../../src/northflank/client";
import { operations } from "../../contract/contract";
import { tours } from "../../faults/tours";
import { kinds } from "../../lifecycle/kinds";
import type { PlatformName } from "./requests";

type Props = Record<string, unknown>;

/** An add-on whose life is spoilt, and whose answers can be. */
export interface Subject {
  readonly title: string;
  readonly platform: PlatformName;
  /** One program after the other. */
  readonly programs: readonly Props[];
  /** The operations that its life calls. */
  readonly operations: readonly string[];
}

const clients = { miget: MigetClient, northflank: NorthflankClient };

/** The operations that the client has a method for. */
function called(platform: PlatformName): string[] {
  return operations()
    .filter((operation) => operation.platform === platform)
    .map(({ operationId }) => operationId)
    .filter((operationId) => operationId in clients[platform].prototype);
}

const plain: Record<PlatformName, readonly string[]> = {
  miget: ["createAddon", "getAddon", "listAddons", "updateAddon"],
  northflank: ["createAddon", "getAddon", "listAddons", "patchAddon", "getAddonCredentials"],
};

/** The tours that use every endpoint. */
export const travellers: readonly Subject[] = tours.map(({ platform, programs }) => ({
  title: `${platform} tour`,
  platform,
  programs,
  operations: called(platform),
}));

/** An add-on of each other type, created and changed once. */
export const others: readonly Subject[] = kinds.map(({ title, platform, inputs, update }) => ({
  title,
  platform,
  programs: [inputs, { ...inputs, ...update }],
  operations: plain[platform],
}));
