import { Evidence, type Finding } from "./evidence";
import type { Recording } from "./exchange";
import { contractFile, contractText, marksOf, type Mark } from "./marks";
import { questions, Records } from "./questions";

export interface Item extends Finding {
  /** What it is about, such as `question partial-put`. */
  readonly about: string;
  readonly mark?: Mark;
}

const titles = {
  contradicted: "Contradicted",
  confirmed: "Confirmed",
  open: "Still open",
} as const;

/** All that a recording confirms, contradicts or leaves open. A pure function of it. */
export function judge(recording: Recording): Item[] {
  const { platform, exchanges, surprises, connections } = recording;
  const records = new Records(recording);
  const evidence = new Evidence(platform, exchanges);
  const asked = questions.filter((each) => each.platform === platform);
  const settled = new Map<string, Finding>();
  const answers = asked.map((each): Item => {
    const answer = each.judge(records);
    const finding = findingOf(each.answers, answer, each.assumed);
    for (const place of each.settles ?? []) settled.set(place, finding);
    return {
      about: `question ${each.id}`,
      ...finding,
      detail: `${each.question} ${finding.detail}`,
    };
  });
  const marks = marksOf(platform).map((mark): Item => ({
    about: `mark ${mark.place} (${mark.key}: ${mark.level})`,
    mark,
    ...(settled.get(mark.place) ?? evidence.of(mark)),
  }));
  const departures = new Map<string, string>();
  for (const { violations, step } of exchanges)
    for (const each of violations) departures.set(each, step);
  const contradicted = (about: string, detail: string): Item => ({
    about,
    verdict: "contradicted",
    detail,
  });
  return [
    ...Object.entries(surprises).map(([step, detail]) =>
      contradicted(`step ${step}`, `The package did not do what it promises: ${detail}`),
    ),
    ...[...departures].map(([text, step]) =>
      contradicted(
        `contract, in step ${step}`,
        `${text}. Correct test/contract, then what relies on it.`,
      ),
    ),
    ...evidence
      .unknownStates()
      .map((state) =>
        contradicted(
          `state ${state}`,
          "The contract does not have it: add it there and to the states table of the platform.",
        ),
      ),
    ...answers,
    ...Object.entries(connections).map(([step, detail]): Item => ({
      about: `step ${step}`,
      verdict: detail === "entered" || detail === "refused" ? "confirmed" : "open",
      detail,
    })),
    ...marks,
  ];
}

function findingOf(
  answers: Readonly<Record<string, string>>,
  answer: string | undefined,
  assumed: string,
): Finding {
  if (answer === undefined) return { verdict: "open", detail: "No answer." };
  const change = answers[answer];
  if (change === undefined) {
    return {
      verdict: "contradicted",
      detail: `${answer}, which nobody foresaw; ${assumed} was assumed.`,
    };
  }
  const isHarmless = answer === assumed || change.startsWith("nothing");
  if (isHarmless) return { verdict: "confirmed", detail: `${answer}.` };
  return { verdict: "contradicted", detail: `${answer}, not ${assumed}. Change ${change}.` };
}

/** The report in Markdown. */
export function reportOf(recording: Recording, items: readonly Item[]): string {
  const count = (verdict: Item["verdict"]) =>
    items.filter((item) => item.verdict === verdict).length;
  const sections = (["contradicted", "confirmed", "open"] as const).map((verdict) => {
    const rows = items
      .filter((item) => item.verdict === verdict)
      .map(({ about, detail }) => `| ${cell(about)} | ${cell(detail)} |`);
    const table =
      rows.length === 0
        ? "None."
        : ["| About | What was seen |", "| --- | --- |", ...rows].join("\n");
    return `## ${titles[verdict]}\n\n${table}\n`;
  });
  return [
    `# Acceptance of ${recording.platform}\n`,
    `${recording.exchanges.length} exchanges: ${count("confirmed")} confirmed, ${count("contradicted")} contradicted, ${count("open")} still open.\n`,
    ...sections,
  ].join("\n");
}

const cell = (text: string) => text.replace(/\s+/gu, " ").replaceAll("|", "\\|").slice(0, 600);

/** A patch that raises the marks that were confirmed to `measured`; "" where there are none. */
export function patchOf(recording: Recording, items: readonly Item[]): string {
  const { platform } = recording;
  const before = contractText(platform);
  const ranges = items.flatMap(({ verdict, mark }) =>
    verdict === "confirmed" && mark !== undefined ? [mark.range] : [],
  );
  let after = before;
  for (const [start, end] of ranges.sort((a, b) => b[0] - a[0])) {
    after = `${after.slice(0, start)}measured${after.slice(end)}`;
  }
  return difference(contractFile(platform), before.split("\n"), after.split("\n"));
}

const context = 3;

/** A unified diff of two texts with equally many lines. */
function difference(file: string, before: readonly string[], after: readonly string[]): string {
  const changed = before.flatMap((line, index) => (line === after[index] ? [] : [index]));
  const hunks: [number, number][] = [];
  for (const index of changed) {
    const from = Math.max(0, index - context);
    const to = Math.min(before.length, index + context + 1);
    const last = hunks.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  }
  if (hunks.length === 0) return "";
  const texts = hunks.map(([from, to]) => {
    const lines: string[] = [];
    let removed: string[] = [];
    let added: string[] = [];
    const flush = () => {
      lines.push(...removed, ...added);
      removed = [];
      added = [];
    };
    for (let index = from; index < to; index += 1) {
      const [old = "", next = ""] = [before[index], after[index]];
      if (old === next) {
        flush();
        lines.push(` ${old}`);
      } else {
        removed.push(`-${old}`);
        added.push(`+${next}`);
      }
    }
    flush();
    return [`@@ -${from + 1},${to - from} +${from + 1},${to - from} @@`, ...lines].join("\n");
  });
  return [`--- a/${file}`, `+++ b/${file}`, ...texts, ""].join("\n");
}
