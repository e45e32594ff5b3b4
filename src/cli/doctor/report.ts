import { hanging, paint, type Screen, type Style, type Wrap } from "../terminal";
import { type Check, isFailure, type Verdict } from "./check";

const marks: Readonly<Record<Verdict, readonly [mark: string, style: Style]>> = {
  ok: ["✔", "green"],
  warn: ["!", "yellow"],
  fail: ["✘", "red"],
  skip: ["-", "dim"],
};

/** Below these columns for the text, it stands under its subject. */
const narrow = 40;

/** The checks for people: a line each in a pipe, wrapped and in colour on a terminal. */
export function reportOf(checks: readonly Check[], screen: Screen, wrap: Wrap): string {
  const { columns } = screen;
  const lines =
    columns === undefined ? plainLines(checks) : terminalLines(checks, columns, screen, wrap);
  return `${lines.join("\n")}\n`;
}

function plainLines(checks: readonly Check[]): string[] {
  const widest = widestOf(checks);
  return [
    ...checks.map(({ verdict, subject, says, items = [], advice }) => {
      const list = items.length === 0 ? "" : `: ${items.join(", ")}`;
      const todo = advice === undefined ? "" : `. ${advice}`;
      return `${verdict.padEnd(4)}  ${subject.padEnd(widest)}  ${bare(says)}${list}${todo}`;
    }),
    "",
    countsOf(checks),
    ...checks.filter(isFailure).flatMap(({ subject, says, advice }) => {
      return [`- ${subject}: ${bare(says)}`, ...(advice === undefined ? [] : [`  Fix: ${advice}`])];
    }),
  ];
}

function terminalLines(
  checks: readonly Check[],
  columns: number,
  screen: Screen,
  wrap: Wrap,
): string[] {
  const widest = widestOf(checks);
  const column = widest + 4;
  const isNarrow = columns - column < narrow;
  const indent = isNarrow ? 4 : column;
  const failures = checks.filter(isFailure);
  const body = (says: string, first: string, from: number) =>
    hanging(wrap, first, bare(says), columns, from);
  const under = (text: string, mark = "") =>
    hanging(wrap, `${" ".repeat(indent)}${mark}`, text, columns);
  return [
    ...checks.flatMap(({ verdict, subject, says, items = [], advice }) => {
      const [mark, style] = marks[verdict];
      const head = `${mark} ${subject.padEnd(isNarrow ? 0 : widest)}`;
      const [line = "", ...rest] = isNarrow
        ? [head, ...body(says, " ".repeat(indent), indent)]
        : body(says, `${head}  `, column);
      const marked = `${paint(screen, style, mark)}${line.slice(mark.length)}`;
      return [
        marked,
        ...rest,
        ...items.flatMap((item) => under(item, "· ")),
        ...(advice === undefined
          ? []
          : under(advice, "→ ").map((each) => paint(screen, "cyan", each))),
      ];
    }),
    "",
    paint(screen, failures.length > 0 ? ["bold", "red"] : ["bold", "green"], countsOf(checks)),
    ...failures.flatMap(({ subject, says, advice }) => {
      const [mark, style] = marks.fail;
      return [
        "",
        `${paint(screen, style, mark)} ${paint(screen, "bold", subject)}`,
        ...body(says, "  ", 2),
        ...(advice === undefined
          ? []
          : hanging(wrap, "  → ", advice, columns).map((each) => paint(screen, "cyan", each))),
      ];
    }),
  ];
}

/** `2 problems, 1 warning` */
function countsOf(checks: readonly Check[]): string {
  const count = (verdict: Verdict, what: string) => {
    const number = checks.filter((check) => check.verdict === verdict).length;
    return number === 0 ? [] : [`${number} ${what}${number === 1 ? "" : "s"}`];
  };
  const problems = count("fail", "problem");
  return [
    ...(problems.length === 0 ? ["no problems"] : problems),
    ...count("warn", "warning"),
  ].join(", ");
}

function widestOf(checks: readonly Check[]): number {
  return Math.max(0, ...checks.map(({ subject }) => subject.length));
}

function bare(says: string): string {
  return says.replace(/\.$/u, "");
}
