import { operations } from "./engine";
import type { BenchResult } from "./result";

/** The figures for a terminal, with ratios within the run. */
export function showResult(result: BenchResult): string {
  const { seconds, bareProviderSeconds, state, pluginMemoryMiB, loadMs, noticeMs } = result;
  const lines: string[][] = [];
  for (const operation of operations) {
    for (const [addons, { ours, ordinary, floor }] of Object.entries(seconds[operation])) {
      lines.push([
        `${operation}, ${addons} add-ons`,
        `${ours.toFixed(2)} s`,
        `ordinary ${ordinary.toFixed(2)} s (x ${ratio(ours, ordinary)})`,
        `floor ${floor.toFixed(2)} s (x ${ratio(ours, floor)})`,
      ]);
    }
  }
  for (const [addons, bare] of Object.entries(bareProviderSeconds)) {
    const ours = seconds.previewNoop[addons]?.ours ?? Number.NaN;
    lines.push([
      `previewNoop, ${addons} of a provider that does nothing`,
      `${bare.toFixed(2)} s`,
      `ours x ${ratio(ours, bare)}`,
    ]);
  }
  for (const [addons, { ours, ordinary, withoutProvider }] of Object.entries(state)) {
    lines.push([
      `state of ${addons}, bytes per add-on`,
      String(ours),
      `ordinary ${ordinary} (x ${ratio(ours, ordinary)})`,
      `without __provider ${withoutProvider} (x ${ratio(ours, withoutProvider)})`,
    ]);
  }
  for (const [addons, { ours, ordinary }] of Object.entries(pluginMemoryMiB)) {
    lines.push([
      `plugin memory with ${addons}`,
      `${ours.toFixed(0)} MiB`,
      `ordinary ${ordinary.toFixed(0)} MiB (x ${ratio(ours, ordinary)})`,
    ]);
  }
  const { program, sdkAlone, plugin } = loadMs;
  lines.push(
    ["loading in a program", `${program} ms`, `the SDK alone ${sdkAlone} ms`],
    ["loading in the plugin", `${plugin} ms`],
    ...Object.entries(noticeMs).map(([count, ms]) => [`noticed, ${count} waiting`, `${ms} ms`]),
  );
  return lines
    .map((cells) =>
      cells
        .map((cell) => cell.padEnd(34))
        .join("")
        .trimEnd(),
    )
    .join("\n");
}

/** How many times the other one is ours. */
export function ratio(ours: number, other: number): string {
  return (ours / other).toFixed(2);
}
