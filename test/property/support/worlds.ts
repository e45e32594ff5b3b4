import fc from "fast-check";
import type { EmulatorOptions } from "../../emulator/index";
import { Harness } from "../../support/harness";

/** What the platforms' documentation leaves open, one way or the other. */
export const anyOptions: fc.Arbitrary<EmulatorOptions> = fc.record<EmulatorOptions>({
  seed: fc.nat(),
  passwords: fc.constantFrom("special", "plain"),
  provisioningMs: fc.constantFrom(0, 1500, 45_000),
  credentialsDelayMs: fc.constantFrom(0, 300, 20_000),
  staleListMs: fc.constantFrom(0, 2000),
  migetEnvelope: fc.constantFrom("bare", "data"),
  migetCreateStatus: fc.constantFrom(200, 201, 202),
  migetUpdateAnswer: fc.constantFrom("entity", "message", "empty"),
  migetConnection: fc.constantFrom("details", "var", "both"),
  migetListConnection: fc.boolean(),
  migetExternalOff: fc.constantFrom("absent", "null", "empty"),
  migetSmallPlans: fc.boolean(),
  northflankUid: fc.boolean(),
  northflankCreateShape: fc.constantFrom("flat", "nested"),
  northflankCreateTimes: fc.boolean(),
  northflankCredentialCase: fc.constantFrom("upper", "lower"),
  northflankStrictState: fc.boolean(),
});

/** Works in a world of its own, with an add-on that has a backup to start others from. */
export async function inWorld(
  options: EmulatorOptions,
  work: (world: Harness) => Promise<void>,
): Promise<void> {
  const world = await Harness.start(options);
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

/** Seeds the add-on whose backups generated forks start from. */
export function addOrigin({ emulator: { northflank } }: Harness, type: string): void {
  const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
  northflank.seed({ name: "origin", type, version: "latest", billing });
  northflank.addBackup("origin");
}
