import { inWords } from "../../http/deadline";
import { toPrintable } from "../../http/redact";
import { quoted } from "../shell";
import { hanging, paint, type Screen, type Style, type Wrap } from "../terminal";
import { type Finding, type Findings, nameOf, type Outcome, type Twice } from "./findings";
import { commandOf, type Plan } from "./plan";

export interface Report {
  readonly findings: Findings;
  readonly plan: Plan;
  readonly savedAt: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What was found and what to run, for people. */
export function reportOf(report: Report, screen: Screen, wrap: Wrap): string {
  const { findings, plan, savedAt, now } = report;
  const { found, twice, others } = findings;
  const { columns = Number.POSITIVE_INFINITY } = screen;
  const paragraph = (text: string, first = "") => hanging(wrap, first, tidy(text), columns);
  const widest = Math.max(0, ...found.map(({ name }) => tidy(name).length));
  const lines = [
    ...(found.some(({ operation }) => operation !== undefined)
      ? [
          ...paragraph(
            `A run was interrupted.${savedAt === undefined ? "" : ` The state was last saved ${time(savedAt, now)}.`}`,
          ),
          "",
        ]
      : []),
    ...found.flatMap((finding) => {
      const [mark, style] = marks[finding.outcome.kind];
      const [line = "", ...rest] = hanging(
        wrap,
        `${mark} ${tidy(finding.name).padEnd(widest)}  `,
        tidy(saying(finding, now)),
        columns,
      );
      return [`${paint(screen, style, mark)}${line.slice(mark.length)}`, ...rest];
    }),
    ...twice.flatMap((each) => ["", ...saidTwice(each, paragraph)]),
    ...(others.length === 0
      ? []
      : [
          "",
          ...paragraph(
            `The creation of other resources was interrupted too: ${others.map(nameOf).join(", ")}. Look for them before you run \`pulumi refresh --clear-pending-creates\`.`,
          ),
        ]),
    ...(plan.steps.length === 0
      ? []
      : [
          "",
          ...paragraph(
            plan.steps.length > 1 ? "The commands that end it:" : "The command that ends it:",
          ),
          // Not wrapped, so that they can be copied.
          ...plan.steps.map((step) => paint(screen, "cyan", `  ${tidy(commandOf(step))}`)),
        ]),
  ];
  return `${lines.join("\n").trimStart()}\n`;
}

/** For programs. */
export function jsonOf({ findings, plan, savedAt }: Report): string {
  const commands = plan.steps.map(commandOf);
  const report = { formatVersion: 1, savedAt, ...findings, commands, isBlocked: plan.isBlocked };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

const marks: Readonly<Record<Outcome["kind"], readonly [mark: string, style: Style]>> = {
  left: ["!", "yellow"],
  several: ["✘", "red"],
  saved: ["✔", "green"],
  absent: ["-", "dim"],
  changing: ["!", "yellow"],
  unknown: ["✘", "red"],
};

function saying(finding: Finding, now: number): string {
  const { operation, platform = "the platform", outcome, urn } = finding;
  const was = operation === undefined ? "" : `${operation} it was interrupted; `;
  switch (outcome.kind) {
    case "left": {
      const { id, state, createdAt } = outcome.addon;
      const since = createdAt === undefined ? "" : `, created ${time(createdAt, now)}`;
      return `${was}${id} is on ${platform} (${state}${since}) and not in the state`;
    }
    case "several": {
      const ids = outcome.addons.map(
        ({ id, createdAt }) =>
          `${id}${createdAt === undefined ? "" : ` (created ${time(createdAt, now)})`}`,
      );
      return `${was}several add-ons on ${platform} may be it: ${ids.join(", ")}. Name one: recover <id>`;
    }
    case "saved":
      return `${was}the state has it${urn === outcome.urn ? "" : ` as ${nameOf(outcome.urn)}`}`;
    case "absent":
      return operation === undefined
        ? `${platform} has no such add-on, or the token may not see it`
        : `${was}${platform} has no such add-on, so the next \`pulumi up\` creates it`;
    case "changing":
      return `${was}a refresh compares it with ${platform}`;
    case "unknown":
      return `${was}not known what came of it: ${outcome.reason}`;
  }
}

/** What a renaming with `--target` leaves. */
function saidTwice({ id, urns }: Twice, paragraph: (text: string) => string[]): string[] {
  const [former = ""] = urns;
  return [
    ...paragraph(
      `${id} is in the state twice: as ${urns.map(nameOf).join(" and as ")}. A renaming that was run with --target leaves that. Until a full \`pulumi up\` has run, \`pulumi destroy --target\` with either deletes the database. If ${nameOf(former)}, the older entry, is the former name, remove it from the state alone:`,
    ),
    `  pulumi state delete ${quoted(tidy(former))}`,
  ];
}

/** `2026-11-25T03:07:49Z (3 min ago)` */
function time(text: string, now: number): string {
  const at = Date.parse(text);
  return Number.isNaN(at) || at > now ? text : `${text} (${inWords(now - at)} ago)`;
}

function tidy(text: string): string {
  return toPrintable(text).replace(/\s+/gu, " ");
}
