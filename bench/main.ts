import { type CheckFigures, measureChecks } from "./check";
import { countRequests, type RequestFigures } from "./requests";

/**
 * `npm run bench`: what a hundred add-ons in one project or app cost in requests, in virtual time,
 * and what check takes of hostile inputs, in time of the processor.
 * `-- --json` prints the same figures for machines.
 */
const platforms = ["northflank", "miget"] as const;
const load = { addons: 100, provisioningSeconds: 60 };
/** As many as there are at once, and what the engine does by itself on two cores. */
const widths = { atOnce: 200, byDefault: 8 };

async function main(json: boolean): Promise<void> {
  const requests: Record<string, Record<string, number>> = {};
  for (const platform of platforms) {
    const atOnce = await countRequests({ ...load, platform, parallel: widths.atOnce });
    const byDefault = await countRequests({ ...load, platform, parallel: widths.byDefault });
    requests[platform] = {
      create100: atOnce.create,
      create100Default: byDefault.create,
      refresh100: atOnce.refresh,
      noop100: atOnce.noop,
      destroy100: atOnce.destroy,
    };
    if (!json) show(platform, atOnce, byDefault);
  }
  const checks = measureChecks();
  if (json) console.log(JSON.stringify({ requests, checks }, null, 2));
  else checks.forEach(showChecks);
}

function showChecks({ title, ordinary, median, worst, worstOf, inputs }: CheckFigures): void {
  const times = (ms: number) => `${(ms / ordinary).toFixed(0)} times`;
  console.log(`${title}: check of one resource takes ${ordinary.toFixed(2)} ms`);
  console.log(
    `  with a hostile value (${inputs} of them): median ${median.toFixed(2)} ms (${times(median)}), worst ${worst.toFixed(1)} ms (${times(worst)}): ${worstOf}`,
  );
}

function show(platform: string, atOnce: RequestFigures, byDefault: RequestFigures): void {
  const line = (figures: RequestFigures) =>
    `create ${figures.create.toFixed(2)} (${figures.createSeconds.toFixed(0)} s), refresh ${figures.refresh.toFixed(2)}, no-op ${figures.noop.toFixed(2)}, destroy ${figures.destroy.toFixed(2)} (${figures.destroySeconds.toFixed(0)} s)`;
  console.log(
    `${platform}: requests per add-on, ${load.addons} add-ons that take ${load.provisioningSeconds} s each`,
  );
  console.log(`  all at once: ${line(atOnce)}`);
  console.log(`  ${widths.byDefault} at a time: ${line(byDefault)}`);
}

main(process.argv.includes("--json")).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
