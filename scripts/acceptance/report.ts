import { createTwoFilesPatch } from "diff";
import { Evidence, type Finding } from "./evidence";
import { contractFile, contractText, marksOf, type Mark } from "./marks";
import { askedBy, Records, type Question } from "./questions";
import type { Recording } from "./recording";

export interface Item extends Finding {
  /** What it is about, such as `question partial-put`. */
  readonly about: string;
  readonly mark?: Mark;
  /** Of a question. */
  readonly answer?: string | undefined;
}

const titles = {
  contradicted: "Contradicted",
  confirmed: "Confirmed",
  open: "Still open",
} as const;
const verdicts = ["contradicted", "confirmed", "open"] as const;

const contradicted = (about: string, detail: string): Item => ({
  about,
  verdict: "contradicted",
  detail,
});

/** All that a recording confirms, contradicts or leaves open. A pure function of it. */
export function judge(recording: Recording): Item[] {
  const { platform, exchanges, surprises, connections } = recording;
  const records = new Records(recording);
  const evidence = new Evidence(platform, exchanges);
  const asked = Object.entries(askedBy(platform)["x-questions"]).map(([id, question]) => ({
    question,
    item: itemOf(id, question, records.answer(question.answer)),
  }));
  const settled = new Map(
    asked.flatMap(({ question, item }) =>
      (question.settles ?? []).map((place) => [place, item] as const),
    ),
  );
  const departures = new Map(
    exchanges.flatMap(({ violations, step }) => violations.map((each) => [each, step] as const)),
  );
  return [
    ...Object.entries(surprises).map(([step, detail]) =>
      contradicted(`step ${step}`, `It did not go as the package promises: ${detail}`),
    ),
    ...[...departures].map(([text, step]) =>
      contradicted(
        `contract, in step ${step}`,
        `${text}. Change test/contract, then what relies on it.`,
      ),
    ),
    ...evidence
      .unknownStates()
      .map((state) =>
        contradicted(
          `state ${state}`,
          "The contract does not have it. Change test/contract and the platform's states.ts.",
        ),
      ),
    ...asked.map(({ item }) => item),
    ...Object.entries(connections).map(([step, detail]): Item => ({
      about: `step ${step}`,
      verdict: detail === "entered" || detail === "refused" ? "confirmed" : "open",
      detail,
    })),
    ...marksOf(platform).map((mark): Item => {
      const { verdict, detail } = settled.get(mark.place) ?? evidence.of(mark);
      return { about: `mark ${mark.place} (${mark.key}: ${mark.level})`, mark, verdict, detail };
    }),
  ];
}

function itemOf(id: string, { ask, fine, otherwise }: Question, answer: string | undefined): Item {
  const about = `question ${id}`;
  if (answer === undefined) return { about, verdict: "open", detail: `${ask} No answer.` };
  const isFine = fine.includes(answer);
  const change = isFine ? "" : ` Not ${fine.join(" or ")}: change ${otherwise}.`;
  return {
    about,
    answer,
    verdict: isFine ? "confirmed" : "contradicted",
    detail: `${ask} ${answer}.${change}`,
  };
}

/** The report in Markdown. */
export function reportOf(recording: Recording, items: readonly Item[]): string {
  const of = (verdict: Item["verdict"]) => items.filter((item) => item.verdict === verdict);
  const sections = verdicts.map((verdict) => {
    const rows = of(verdict).map(({ about, detail }) => `| ${cell(about)} | ${cell(detail)} |`);
    const table = ["| About | What was seen |", "| --- | --- |", ...rows];
    return `## ${titles[verdict]}\n\n${rows.length === 0 ? "None." : table.join("\n")}\n`;
  });
  const counts = verdicts.map(
    (verdict) => `${of(verdict).length} ${titles[verdict].toLowerCase()}`,
  );
  return [
    `# Acceptance of ${recording.platform}\n`,
    `${recording.exchanges.length} exchanges: ${counts.join(", ")}.\n`,
    ...sections,
  ].join("\n");
}

const cell = (text: string) => text.replace(/\s+/gu, " ").replaceAll("|", "\\|").slice(0, 600);

/** A patch that raises the marks that were confirmed to `measured`; "" where there are none. */
export function patchOf({ platform }: Recording, items: readonly Item[]): string {
  const before = contractText(platform);
  const ranges = items.flatMap(({ verdict, mark }) =>
    verdict === "confirmed" && mark?.range !== undefined ? [mark.range] : [],
  );
  let after = before;
  for (const [start, end] of ranges.sort((a, b) => b[0] - a[0])) {
    after = `${after.slice(0, start)}measured${after.slice(end)}`;
  }
  const file = contractFile(platform);
  if (after === before) return "";
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
    context: 3,
  });
}
