import type { BenchResult } from "../result";
import { ratio } from "../show";

export interface Reach {
  readonly aim: string;
  readonly found: string;
  readonly reached: boolean;
}

/** Seconds beside provisioning and the engine's own work that creating a hundred add-ons may take. */
const slack = 1.5;

/** What was aimed at and what was measured; aims at sizes that were not measured are left out. */
export function reach(result: BenchResult): Reach[] {
  const { seconds, state, pluginMemoryMiB, loadMs, noticeMs, machine } = result;
  const previews = (addons: string, most: number): Reach[] => {
    const figures = seconds.previewNoop[addons];
    if (figures === undefined) return [];
    const { ours, floor } = figures;
    return [
      {
        aim: `preview of ${addons} unchanged add-ons: at most ${most} × the floor`,
        found: `${ratio(ours, floor)} × (${ours.toFixed(2)} s, floor ${floor.toFixed(2)} s)`,
        reached: ours <= most * floor,
      },
    ];
  };
  const hundred = seconds.previewNoop["100"];
  const create = seconds.upCreate["100"];
  const allowed = (create?.floor ?? 0) + machine.provisioningSeconds + slack;
  const memory = pluginMemoryMiB["500"];
  const beyond = loadMs.program - loadMs.sdkAlone;
  return [
    ...previews("100", 1.25),
    ...(hundred === undefined
      ? []
      : [
          {
            aim: "preview of 100 unchanged add-ons: faster than the ordinary provider",
            found: `${ratio(hundred.ours, hundred.ordinary)} ×`,
            reached: hundred.ours < hundred.ordinary,
          },
        ]),
    ...previews("500", 1.5),
    ...(create === undefined
      ? []
      : [
          {
            aim: `creating 100 add-ons that take ${machine.provisioningSeconds} s each: at most the floor, ${machine.provisioningSeconds} s and ${slack} s`,
            found: `${create.ours.toFixed(2)} s (allowed ${allowed.toFixed(2)} s)`,
            reached: create.ours <= allowed,
          },
        ]),
    ...["1", "10"].flatMap((count) => {
      const ms = noticeMs[count];
      if (ms === undefined) return [];
      const aim = `ready is noticed within 1 s, ${count} waiting`;
      return [{ aim, found: `${ms} ms`, reached: ms < 1000 }];
    }),
    ...Object.entries(state)
      .slice(-1)
      .map(([addons, { ours, withoutProvider }]) => ({
        aim: `state of ${addons}: less than 1.5 × the same without \`__provider\``,
        found: `${ratio(ours, withoutProvider)} ×`,
        reached: ours < 1.5 * withoutProvider,
      })),
    {
      aim: "loading the package in a program: less than 15 ms beyond `@pulumi/pulumi`",
      found: `${beyond.toFixed(1)} ms`,
      reached: beyond < 15,
    },
    {
      aim: "loading a provider in the plugin: less than 150 ms",
      found: `${loadMs.plugin.toFixed(1)} ms`,
      reached: loadMs.plugin < 150,
    },
    ...(memory === undefined
      ? []
      : [
          {
            aim: "memory of the plugin with 500 add-ons: at most 1.3 × the ordinary provider's",
            found: `${ratio(memory.ours, memory.ordinary)} × (${memory.ours.toFixed(0)} MiB)`,
            reached: memory.ours <= 1.3 * memory.ordinary,
          },
        ]),
  ];
}
