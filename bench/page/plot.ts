import * as echarts from "echarts";
import { operations } from "../engine";
import type { BenchResult } from "../result";
import { type Variant, variants } from "../variants";

const titles: Readonly<Record<(typeof operations)[number], string>> = {
  upCreate: "create",
  previewNoop: "preview without a change",
  upNoop: "up without a change",
  refresh: "refresh",
  destroy: "destroy",
};

const names: Readonly<Record<Variant, string>> = {
  ours: "this package",
  ordinary: "ordinary provider",
  floor: "components, no provider",
};

const colours: Readonly<Record<Variant, string>> = {
  ours: "#1f6feb",
  ordinary: "#d1570a",
  floor: "#6e7781",
};

const width = 900;
const columns = 3;
const cell = { width: 280, height: 240, left: 50, top: 70, plotWidth: 215, plotHeight: 165 };

/** Seconds against the number of add-ons, both on logarithmic axes, a panel for each operation. */
export function plot({ seconds }: BenchResult): string {
  const rows = Math.ceil(operations.length / columns);
  const height = cell.top + rows * cell.height;
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  const place = (index: number) => ({
    left: cell.left + (index % columns) * (cell.width + 12),
    top: cell.top + Math.floor(index / columns) * cell.height,
  });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    legend: { top: 8, itemGap: 40, data: variants.map((variant) => names[variant]) },
    title: operations.map((operation, index) => ({
      text: `${titles[operation]} (s)`,
      textStyle: { fontSize: 13, fontWeight: "normal" },
      left: place(index).left - 8,
      top: place(index).top - 30,
    })),
    grid: operations.map((_operation, index) => ({
      ...place(index),
      width: cell.plotWidth,
      height: cell.plotHeight,
    })),
    xAxis: operations.map((_operation, gridIndex) => ({
      type: "log",
      gridIndex,
      name: "add-ons",
      nameLocation: "middle",
      nameGap: 22,
    })),
    yAxis: operations.map((_operation, gridIndex) => ({ type: "log", gridIndex })),
    series: operations.flatMap((operation, index) =>
      variants.map((variant) => ({
        type: "line",
        name: names[variant],
        xAxisIndex: index,
        yAxisIndex: index,
        symbolSize: 6,
        itemStyle: { color: colours[variant] },
        data: Object.entries(seconds[operation]).map(([addons, figures]) => [
          Number(addons),
          figures[variant],
        ]),
      })),
    ),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}
