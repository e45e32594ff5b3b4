import type { EngineProjectOptions } from "../../support/engine";
import { Stack } from "../stack";
import { addonsToKeep } from "./addons";
import { declaredFrom, type KeptState } from "./kept";
import { normalState } from "./normal";

/** Time stands still on the platforms and all is done at once, so that each run gives the same state. */
const still = {
  clock: { now: () => Date.UTC(2026, 0, 2, 3, 4, 5), sleep: () => Promise.resolve() },
  provisioningMs: 0,
  credentialsDelayMs: 0,
  deletionMs: 0,
  actionMs: 0,
};

/** What a build leaves behind after a run with an add-on of each type. */
export async function keep(build: EngineProjectOptions["package"] = "packed"): Promise<KeptState> {
  const stack = await Stack.open(still, { package: build });
  try {
    const { miget, northflank } = stack.emulator;
    const declared = addonsToKeep.map((kept) => declaredFrom(kept));
    // One by one: at once they would get their identities in another order each time.
    for (const [index, { life, class: kind }] of addonsToKeep.entries()) {
      stack.declare(declared.slice(0, index + 1));
      if (life === "unfinished") {
        if (kind === "MigetAddon") miget.nextOutcome("processing");
        else northflank.nextOutcome("allocating");
      }
      const unfinished = addonsToKeep.slice(0, index + 1).filter((kept) => kept.life !== "whole");
      const expect = unfinished.length > 0 ? "failure" : "success";
      await stack.up({ expect, args: unfinished.length > 1 ? ["--target", urnOf(index)] : [] });
    }
    return {
      addons: addonsToKeep,
      state: normalState(await stack.project.export({ showSecrets: true }), stack.emulator.origin),
      miget: miget.records(),
      northflank: northflank.records(),
    };
  } finally {
    await stack.close();
  }
}

function urnOf(index: number): string {
  return `**::${addonsToKeep[index]?.name ?? ""}`;
}
