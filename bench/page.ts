import * as echarts from "echarts";
import { table } from "../scripts/generate/table";
import { type Figures, type Measured, operations, savedFigures } from "./figures";
import { allVariants, type Variant, variants } from "./variants";

/** What the page about performance shows, by the names of its markers. */
export const performanceParts: Readonly<Record<string, () => string>> = {
  machine: () => machineLine(savedFigures()),
  times: () => timeTable(savedFigures()),
  state: () => stateLine(savedFigures()),
};

function machineLine({ machine }: Figures): string {
  const { date, cpu, cores, node, pulumiCli, pulumiSdk } = machine;
  return `Measured on ${date}: ${cpu}, ${cores} cores, Node ${node}, Pulumi CLI ${pulumiCli}, SDK ${pulumiSdk}.`;
}

export function timeTable({ rows }: Figures): string {
  const timed = measuredIn(rows.map(({ seconds }) => seconds));
  const asked = measuredIn(rows.map(({ requests }) => requests));
  const title = (variant: Variant) => variants[variant].title;
  return table(
    ["Operation", "Add-ons", ...timed.map(title), "Requests", ...asked.slice(1).map(title)],
    rows.map(({ operation, addons, seconds, requests }) => [
      operations[operation],
      String(addons),
      ...timed.map((variant) => `${seconds[variant]?.toFixed(2) ?? "–"} s`),
      ...asked.map((variant) => requests[variant]?.toFixed(2) ?? "–"),
    ]),
  );
}

/** The variants that have figures there. */
function measuredIn(figures: readonly Measured[]): Variant[] {
  return allVariants.filter((variant) => figures.some((each) => each[variant] !== undefined));
}

function stateLine({ stateBytes }: Figures): string {
  const each = measuredIn([stateBytes]).map(
    (variant) => `${variants[variant].words} ${String(stateBytes[variant])}`,
  );
  return `Bytes of state of an add-on: ${each.join(", ")}.`;
}

/** Seconds against the number of add-ons, on logarithmic axes, with a panel for each operation. */
export function plot({ rows }: Figures): string {
  const drawn = measuredIn(rows.map(({ seconds }) => seconds));
  const panels = Object.entries(operations);
  const place = (index: number) => ({
    left: 50 + (index % 3) * 292,
    top: 70 + Math.floor(index / 3) * 240,
  });
  const axis = panels.map((_panel, gridIndex) => ({ type: "log", gridIndex }) as const);
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: 900, height: 550 });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    legend: { top: 8, itemGap: 40 },
    title: panels.map(([, title], index) => ({
      text: `${title} (s)`,
      textStyle: { fontSize: 13, fontWeight: "normal" },
      left: place(index).left - 8,
      top: place(index).top - 30,
    })),
    grid: panels.map((_panel, index) => ({ ...place(index), width: 215, height: 165 })),
    xAxis: axis.map((one) => ({ ...one, name: "add-ons", nameLocation: "middle", nameGap: 22 })),
    yAxis: axis,
    series: panels.flatMap(([operation], index) =>
      drawn.map((variant) => ({
        type: "line",
        name: variants[variant].words,
        xAxisIndex: index,
        yAxisIndex: index,
        symbolSize: 6,
        itemStyle: { color: variants[variant].colour },
        data: rows
          .filter((row) => row.operation === operation)
          .map(({ addons, seconds }) => [addons, seconds[variant] ?? "-"]),
      })),
    ),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}
