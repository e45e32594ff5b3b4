import { code, table } from "../../scripts/docs/table";
import { operations } from "../engine";
import type { Saved } from "../result";
import { ratio } from "../show";
import { savedFigures } from "./figures";
import { reach } from "./reach";

const titles: Readonly<Record<(typeof operations)[number], string>> = {
  upCreate: "create",
  previewNoop: "preview, nothing changed",
  upNoop: "up, nothing changed",
  refresh: "refresh",
  destroy: "destroy",
};

/** What the page about performance shows of the kept figures, by the names of its markers. */
export const performanceParts: Readonly<Record<string, () => string>> = {
  machine: () => machineList(savedFigures()),
  times: () => timeTable(savedFigures()),
  previews: () => previewTable(savedFigures()),
  reach: () => reachTable(savedFigures()),
  state: () => stateTable(savedFigures()),
  properties: () => propertyTable(savedFigures()),
  requests: () => requestTable(savedFigures()),
  engine: () => engineRequestTable(savedFigures()),
  notice: () => noticeTable(savedFigures()),
  memory: () => memoryTable(savedFigures()),
  loading: () => loadingTable(savedFigures()),
  settings: () => settingTable(savedFigures()),
};

function machineList({ result: { machine } }: Saved): string {
  const { date, cpu, cores, memoryGiB, system, node, pulumiCli, pulumiSdk } = machine;
  const { loadAverage, provisioningSeconds, parallel, runs, minutes } = machine;
  const each = Object.entries(runs).map(([addons, count]) => `${count} with ${addons} add-ons`);
  return table(
    ["", ""],
    [
      ["date", date],
      ["processor", `${cpu}, ${cores} cores`],
      ["memory", `${memoryGiB} GiB`],
      ["system", system],
      ["software", `Node ${node}, Pulumi CLI ${pulumiCli}, \`@pulumi/pulumi\` ${pulumiSdk}`],
      ["load before the run", loadAverage.toFixed(2)],
      ["an add-on is ready after", `${provisioningSeconds} s`],
      ["operations at once", `\`--parallel ${parallel}\``],
      ["runs of create and destroy", each.join(", ")],
      ["all of it took", `${minutes.toFixed(0)} minutes`],
    ],
  );
}

function timeTable({ result: { seconds } }: Saved): string {
  const rows = operations.flatMap((operation) =>
    Object.entries(seconds[operation]).map(([addons, { ours, ordinary, floor }]) => [
      titles[operation],
      addons,
      ours.toFixed(2),
      ordinary.toFixed(2),
      floor.toFixed(2),
      ratio(ours, ordinary),
      ratio(ours, floor),
    ]),
  );
  const head = ["seconds", "add-ons", "this package", "ordinary", "floor", "÷ ordinary", "÷ floor"];
  return table(head, rows);
}

function previewTable({ result: { seconds, bareProviderSeconds } }: Saved): string {
  const rows = Object.entries(seconds.previewNoop).map(([addons, { ours, floor }]) => {
    const bare = bareProviderSeconds[addons] ?? Number.NaN;
    const times = [floor, bare, ours].map((value) => value.toFixed(2));
    return [addons, ...times, ratio(bare, floor), ratio(ours, bare)];
  });
  const head = ["add-ons", "floor (s)", "a provider that does nothing (s)", "this package (s)"];
  return table([...head, "nothing ÷ floor", "this package ÷ nothing"], rows);
}

function reachTable(saved: Saved): string {
  const rows = reach(saved.result).map(({ aim, found, reached }) => [
    aim,
    found,
    reached ? "yes" : "no",
  ]);
  return table(["aim", "measured", "reached"], rows);
}

function stateTable({ result: { state } }: Saved): string {
  const rows = Object.entries(state).map(([addons, { ours, ordinary, withoutProvider }]) => [
    addons,
    String(ours),
    String(ordinary),
    String(withoutProvider),
    ratio(ours, ordinary),
  ]);
  const head = ["add-ons", "this package", "ordinary", "without `__provider`", "÷ ordinary"];
  return table(head, rows);
}

function propertyTable({ details: { properties } }: Saved): string {
  const sides = new Map<string, { inputs: number; outputs: number }>();
  for (const [path, bytes] of Object.entries(properties)) {
    const [side = "", name = ""] = path.split(".");
    const cost = sides.get(name) ?? { inputs: 0, outputs: 0 };
    sides.set(name, { ...cost, [side]: Math.round(bytes) });
  }
  const rows = [...sides]
    .sort(([, a], [, b]) => b.inputs + b.outputs - (a.inputs + a.outputs))
    .map(([name, { inputs, outputs }]) => [code(name), String(inputs), String(outputs)]);
  return table(["property", "bytes in inputs", "bytes in outputs"], rows);
}

function requestTable({ result: { requests } }: Saved): string {
  const rows = [
    ["create, all at once", "create100"],
    ["create, 8 at a time", "create100Default"],
    ["refresh", "refresh100"],
    ["nothing changed", "noop100"],
    ["destroy", "destroy100"],
  ] as const;
  return table(
    ["requests per add-on", "Northflank", "Miget"],
    rows.map(([title, name]) => [
      title,
      (requests.northflank[name] ?? Number.NaN).toFixed(2),
      (requests.miget[name] ?? Number.NaN).toFixed(2),
    ]),
  );
}

function engineRequestTable({ result: { requests } }: Saved): string {
  const rows = Object.entries(requests.engine).flatMap(([addons, figures]) =>
    (["upCreate", "refresh", "destroy"] as const).map((operation) => [
      titles[operation],
      addons,
      figures[operation].ours.toFixed(2),
      figures[operation].ordinary.toFixed(2),
    ]),
  );
  return table(["requests per add-on", "add-ons", "this package", "ordinary"], rows);
}

function noticeTable({ result: { noticeMs } }: Saved): string {
  const rows = Object.entries(noticeMs).map(([count, ms]) => [count, `${ms} ms`]);
  return table(["add-ons that wait", "from ready to noticed"], rows);
}

function memoryTable({ result: { pluginMemoryMiB } }: Saved): string {
  const rows = Object.entries(pluginMemoryMiB).map(([addons, { ours, ordinary }]) => [
    addons,
    ours.toFixed(0),
    ordinary.toFixed(0),
    ratio(ours, ordinary),
  ]);
  return table(["add-ons", "this package (MiB)", "ordinary (MiB)", "÷ ordinary"], rows);
}

function loadingTable({ result: { loadMs }, details }: Saved): string {
  const { plugin, firstCheck, modules } = details;
  const files = (entry: string) => `${modules[entry] ?? 0} files`;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return table(
    ["", "time", "what it loads"],
    [
      ["`@pulumi/pulumi` alone", ms(loadMs.sdkAlone), ""],
      ["this package after it", ms(loadMs.program - loadMs.sdkAlone), files("program")],
      ["the provider of Northflank", ms(plugin.northflank), files("northflank")],
      ["its first check", ms(firstCheck.northflank), ""],
      ["the provider of Miget", ms(plugin.miget), files("miget")],
      ["its first check", ms(firstCheck.miget), ""],
    ],
  );
}

function settingTable({ details: { settings } }: Saved): string {
  const rows = settings.map(({ setting, addons, upCreate, upNoop, destroy }) => [
    setting,
    String(addons),
    upCreate.toFixed(1),
    upNoop.toFixed(1),
    destroy.toFixed(1),
  ]);
  return table(
    ["settings", "add-ons", "create (s)", "up, nothing changed (s)", "destroy (s)"],
    rows,
  );
}
