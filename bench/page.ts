import * as echarts from "echarts";
import { table } from "../scripts/generate/table";
import { type Figures, operations, savedFigures } from "./figures";

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
  const head = [
    "Operation",
    "Add-ons",
    "This package",
    "Ordinary",
    "Floor",
    "Requests",
    "Ordinary",
  ];
  return table(
    head,
    rows.map(({ operation, addons, seconds, requests }) => [
      operations[operation],
      String(addons),
      ...[seconds.ours, seconds.ordinary, seconds.floor].map((value) => `${value.toFixed(2)} s`),
      requests.ours.toFixed(2),
      requests.ordinary.toFixed(2),
    ]),
  );
}

function stateLine({ stateBytes: { ours, ordinary } }: Figures): string {
  return `An add-on takes ${ours} bytes of state; with the ordinary provider it takes ${ordinary}.`;
}

const series = {
  ours: { name: "this package", colour: "#1f6feb" },
  ordinary: { name: "ordinary provider", colour: "#d1570a" },
  floor: { name: "no provider", colour: "#6e7781" },
} as const;

/** Seconds against the number of add-ons, on logarithmic axes, with a panel for each operation. */
export function plot({ rows }: Figures): string {
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
      (["ours", "ordinary", "floor"] as const).map((variant) => ({
        type: "line",
        name: series[variant].name,
        xAxisIndex: index,
        yAxisIndex: index,
        symbolSize: 6,
        itemStyle: { color: series[variant].colour },
        data: rows
          .filter((row) => row.operation === operation)
          .map(({ addons, seconds }) => [addons, seconds[variant]]),
      })),
    ),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}
