import { measureEngine } from "./engine";
import { countModules } from "./modules";
import { noticeFigures, requestFigures, requestTable } from "./virtual";

/** A figure that is the same on every machine, and what it may be at most. */
export interface Limited {
  readonly what: string;
  readonly figure: number;
  readonly limit: number;
}

/** What must not grow unnoticed. A limit is raised in the commit that needs it, with the reason. */
const limits = {
  requests: {
    northflank: { create100: 3.2, create100Default: 5, refresh100: 2, noop100: 0, destroy100: 3.2 },
    miget: { create100: 2.2, create100Default: 4, refresh100: 1, noop100: 0, destroy100: 2.2 },
  },
  engineRequests: { previewNoop: 0, upNoop: 0, refresh: 2 },
  /** Milliseconds, by the number of add-ons that wait. */
  notice: { "1": 2300, "10": 1100, "100": 2500 },
  /** Bytes of one add-on in the state, and of its `__provider`. */
  state: 4700,
  /** More, since plain outputs such as `url` stand in the state: not every language can make them. */
  nativeState: 6600,
  provider: 240,
  /** Files. */
  modules: { program: 15, miget: 63, northflank: 70 },
} as const;

const addons = 10;

/** Measures what has a limit: no times, for those are the machine's. */
export async function shortFigures(tell: (line: string) => void): Promise<Limited[]> {
  const requests = requestTable(await requestFigures());
  tell("requests were counted");
  const notices = await noticeFigures();
  const modules = await countModules();
  const { stateBytes, rows } = await measureEngine({ addons, runs: 1, provisioningMs: 500 }, tell);
  const sentOf = (door: "ours" | "native", operation: string) =>
    rows.find((row) => row.operation === operation)?.requests[door];

  const limited = (
    title: string,
    table: Readonly<Record<string, number>>,
    figure: (name: string) => number | undefined,
  ): Limited[] =>
    Object.entries(table).map(([name, limit]) => ({
      what: `${title}, ${name}`,
      // What was not measured is over every limit.
      figure: figure(name) ?? Number.POSITIVE_INFINITY,
      limit,
    }));
  return [
    ...limited("requests per Northflank add-on", limits.requests.northflank, (name) => {
      return requests.northflank[name];
    }),
    ...limited("requests per Miget add-on", limits.requests.miget, (name) => requests.miget[name]),
    ...limited("requests per add-on on the engine", limits.engineRequests, (name) => {
      return sentOf("ours", name);
    }),
    ...limited("requests per add-on by the plugin", limits.engineRequests, (name) => {
      return sentOf("native", name);
    }),
    ...limited("milliseconds until ready is noticed, waiting", limits.notice, (count) => {
      return notices[count]?.noticeMs;
    }),
    ...limited("files loaded", limits.modules, (entry) => {
      return new Map(Object.entries(modules)).get(entry);
    }),
    {
      what: "bytes of state per add-on",
      figure: stateBytes.ours?.all ?? Number.NaN,
      limit: limits.state,
    },
    {
      what: "bytes of state per add-on by the plugin",
      figure: stateBytes.native?.all ?? Number.NaN,
      limit: limits.nativeState,
    },
    {
      what: "bytes of state per add-on, __provider",
      figure: stateBytes.ours?.provider ?? Number.NaN,
      limit: limits.provider,
    },
  ];
}

/** A line for each, and how many are over their limits. */
export function judge(figures: readonly Limited[]): { lines: string[]; over: number } {
  const isOver = ({ figure, limit }: Limited) => !(figure <= limit);
  const lines = figures.map((one) => {
    const { what, figure, limit } = one;
    return `${isOver(one) ? "OVER" : "ok  "} ${what}: ${Number(figure.toFixed(2))} (at most ${limit})`;
  });
  return { lines, over: figures.filter(isOver).length };
}
