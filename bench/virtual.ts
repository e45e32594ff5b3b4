import { measureNotice, type NoticeFigures } from "./notice";
import { countRequests, type RequestFigures } from "./requests";

// What is measured in virtual time, against the emulator: the same on every machine.

type Platform = "northflank" | "miget";
const load = { addons: 100, provisioningSeconds: 60 };
/** As many as there are at once, and what the engine does by itself on two cores. */
const widths = { atOnce: 200, byDefault: 8 };
/** How many add-ons wait at once where it is measured how soon that they are ready is noticed. */
const waiting = [1, 10, 100];

export type PlatformRequests = Readonly<
  Record<Platform, { atOnce: RequestFigures; byDefault: RequestFigures }>
>;

export async function requestFigures(): Promise<PlatformRequests> {
  const of = async (platform: Platform) => ({
    atOnce: await countRequests({ ...load, platform, parallel: widths.atOnce }),
    byDefault: await countRequests({ ...load, platform, parallel: widths.byDefault }),
  });
  return { northflank: await of("northflank"), miget: await of("miget") };
}

/** The same, as the JSON has it. */
export function requestTable(figures: PlatformRequests) {
  const of = ({ atOnce, byDefault }: PlatformRequests["miget"]): Record<string, number> => ({
    create100: atOnce.create,
    create100Default: byDefault.create,
    refresh100: atOnce.refresh,
    noop100: atOnce.noop,
    destroy100: atOnce.destroy,
  });
  return { northflank: of(figures.northflank), miget: of(figures.miget) };
}

export async function noticeFigures(): Promise<Record<string, NoticeFigures>> {
  const figures: Record<string, NoticeFigures> = {};
  for (const count of waiting) figures[String(count)] = await measureNotice(count);
  return figures;
}
