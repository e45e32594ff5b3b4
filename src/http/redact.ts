import { wellFormed } from "./json";

const urlWithCredentials = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s"'<>]*@[^\s"'<>]*/giu;
const bearer = /\b(bearer)\s+[\w.~+/=-]+/giu;
const mark = "[secret]";
/** Characters of foreign text that are shown, and that are looked at. */
const longestShown = 500;
const longestRead = 4000;
/** Shorter texts would only mutilate a message, and tell what they are. */
const shortestSecret = 3;
/** What is written in one way only, in JSON and URLs too. */
const plain = /^[\w.~-]+$/u;
/** Shorter lines of a secret file stand in many other files too. */
const shortestLine = 6;
/** Found rather than split off: a megabyte of line breaks has a million empty lines. */
const line = /(?:(?!\\n)[^\r\n]){6,}/gu;

/**
 * Text of foreign origin made fit to be shown: the given secrets, in whatever form they are repeated,
 * URLs with credentials and bearer tokens are replaced, what cannot be printed goes, and it is cut
 * to a readable length.
 */
export function sanitize(text: string, secrets: readonly string[] = []): string {
  // What is truncated afterwards need not be read: a megabyte of letters would take its time.
  const clean = toPrintable(maskSecrets(text, secrets, longestRead).slice(0, longestRead))
    .replace(urlWithCredentials, `$1${mark}`)
    .replace(bearer, `$1 ${mark}`)
    .replace(/\s+/gu, " ")
    .trim();
  return truncate(clean, longestShown);
}

/** The beginning of a text, which says so where it goes on; never half of a character. */
export function truncate(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length).replace(/\p{Surrogate}$/u, "")}…`;
}

/** A stretch of a text, its end left out. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Characters of a message; the engine gets it in a header, which has room for some 60 kB. */
const longestMessage = 4000;
/** Characters at the end of a message that stay: there it says what to do. */
const lastWords = 1000;

/**
 * A message that may repeat words of others, made fit for a terminal and for a header: lines stay,
 * control characters and marks that turn the direction of writing go, and what is too long lacks its
 * middle.
 */
export function toPrintable(text: string): string {
  const isLong = text.length > longestMessage;
  const short = isLong
    ? `${text.slice(0, longestMessage - lastWords)} … ${text.slice(-lastWords)}`
    : text;
  return wellFormed(short)
    .replace(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replace(/[^\n\P{C}]+/gu, " ");
}

/**
 * Text of our own without the given secrets, in whatever form they stand in it, up to a length. What
 * overlaps goes as one, so that nothing is left of either, and a mark is never taken for a secret.
 */
export function maskSecrets(text: string, secrets: readonly string[], most = text.length): string {
  const forms = allForms(secrets).filter((form) => form.length <= text.length);
  // A secret that begins before the end is seen whole, and nothing is read that may be long behind it.
  const spans = forms
    .flatMap((form) => spansOf(text.slice(0, most + form.length), form))
    .sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (start >= most) break;
    if (start >= at) parts.push(text.slice(at, start), mark);
    at = Math.max(at, end);
  }
  return [...parts, text.slice(at, Math.max(at, most))].join("");
}

function spansOf(text: string, form: string): Span[] {
  const spans: Span[] = [];
  for (
    let start = text.indexOf(form);
    start >= 0;
    start = text.indexOf(form, start + form.length)
  ) {
    spans.push({ start, end: start + form.length });
  }
  return spans;
}

/** The forms of each list of secrets, which many texts are held against. */
const known = new WeakMap<readonly string[], readonly string[]>();

function allForms(secrets: readonly string[]): readonly string[] {
  const forms =
    known.get(secrets) ??
    [...new Set(secrets.flatMap(formsOf))].filter((form) => form.length >= shortestSecret);
  known.set(secrets, forms);
  return forms;
}

/** A secret as it may come back: trimmed, line by line, in JSON, in a URL. */
function formsOf(secret: string): string[] {
  if (secret.length < shortestSecret) return [];
  if (plain.test(secret)) return [secret];
  const lines = /\n|\\n/u.test(secret) ? (secret.match(line) ?? []) : [];
  const long = lines.map((text) => text.trim()).filter(({ length }) => length >= shortestLine);
  return [secret, secret.trim(), ...long].flatMap((form) => [
    form,
    JSON.stringify(form).slice(1, -1),
    inUrl(form),
  ]);
}

function inUrl(text: string): string {
  return encodeURIComponent(wellFormed(text));
}

/** Every string in a value, at any depth: what must not be seen when the value is secret. */
export function stringsIn(value: unknown): string[] {
  const strings: string[] = [];
  // A list of what is still to be looked at, since no stack is as deep as a value can be.
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === "string") strings.push(next);
    else if (typeof next === "number") strings.push(String(next));
    else if (typeof next === "object" && next !== null) {
      for (const inner of Object.values(next)) open.push(inner);
    }
  }
  return strings;
}
