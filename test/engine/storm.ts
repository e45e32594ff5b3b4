import { DEFAULT_APP, DEFAULT_PROJECT, type Fault } from "../emulator/index";
import type { Declared } from "./program";
import { Stack } from "./stack";

/** What became of a program whose platforms lose, refuse and fail a share of all requests. */
export interface Storm {
  /** How often `up` had to be run until it succeeded. */
  readonly ups: number;
  readonly hits: number;
  /** Pulumi ids that the platforms and the state have in the end. */
  readonly onPlatforms: readonly string[];
  readonly inState: readonly string[];
  readonly messages: readonly string[];
}

const always = Number.MAX_SAFE_INTEGER;
const weather: readonly Fault[] = [
  { kind: "reset-after", probability: 0.05, times: always },
  { kind: "status", status: 500, probability: 0.05, times: always },
  { kind: "status", status: 429, probability: 0.02, times: always },
];

/** A user who wants the declared add-ons and runs `up`, following what the messages say. */
export async function storm(seed: number, addons: number, patience: number): Promise<Storm> {
  const stack = await Stack.open({ seed });
  try {
    const declared = Array.from({ length: addons }, (_, index) => declare(index));
    stack.declare(declared);
    const injected = weather.map((fault) => stack.emulator.faults.add(fault));
    const messages: string[] = [];
    let ups = 0;
    let adopt = "";
    for (let done = false; !done && ups < patience;) {
      ups += 1;
      const { code, output } = await stack.up({
        expect: "any",
        timeout: 300_000,
        parallel: addons,
        env: adopt === "" ? {} : { PAAS_ADDONS_ADOPT: adopt },
      });
      done = code === 0;
      if (!done) messages.push(output);
      adopt = [...output.matchAll(/PAAS_ADDONS_ADOPT=(\S+)/gu)].map(([, id]) => id).join(",");
    }
    const resources = await stack.project.resources();
    const { miget, northflank } = stack.emulator;
    return {
      ups,
      hits: injected.reduce((sum, { hits }) => sum + hits, 0),
      onPlatforms: [
        ...miget.addons().map(({ uuid }) => `${DEFAULT_APP}/${uuid}`),
        ...northflank.addons().map(({ id }) => `${DEFAULT_PROJECT}/${id}`),
      ].sort(),
      inState: resources
        .flatMap(({ type, id }) => (type.includes("Addon") && id !== "" ? [id] : []))
        .sort(),
      messages,
    };
  } finally {
    await stack.close();
  }
}

function declare(index: number): Declared {
  return index % 2 === 0
    ? {
        name: `m${index}`,
        class: "MigetAddon",
        args: { appUuid: DEFAULT_APP, type: "postgres", postgresVersion: "17" },
      }
    : {
        name: `north-${index}`,
        class: "NorthflankAddon",
        args: {
          projectId: DEFAULT_PROJECT,
          type: "redis",
          version: "latest",
          billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
        },
      };
}
