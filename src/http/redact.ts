import { wellFormed } from "./json";

const urlWithCredentials = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s"'<>]*@[^\s"'<>]*/giu;
const bearer = /\b(bearer)\s+[\w.~+/=-]+/giu;
const mark = "[secret]";
/** Characters of foreign text that are shown, and that are looked at. */
const longestShown = 500;
const longestRead = 4000;
/** Shorter texts would only mutilate a message, and tell what they are. */
const shortestSecret = 3;
/** Shorter lines of a secret file stand in many other files too. */
const shortestLine = 6;

/**
 * Text of foreign origin made fit to be shown: the given secrets, in whatever form they are repeated,
 * URLs with credentials and bearer tokens are replaced, control characters go, and it is cut to a
 * readable length.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  const clean = hide(text, secrets)
    // What is cut off afterwards need not be read: a megabyte of letters would take its time.
    .slice(0, longestRead)
    .replace(urlWithCredentials, `$1${mark}`)
    .replace(bearer, `$1 ${mark}`)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return clean.length > longestShown ? `${clean.slice(0, longestShown)}…` : clean;
}

/** Characters of a message; the engine gets it in a header, which has room for some 60 kB. */
const longestMessage = 4000;

/**
 * A message that may repeat words of others, made fit for a terminal and for a header: lines stay,
 * control characters and marks that turn the direction of writing go, and it ends somewhere.
 */
export function printable(text: string): string {
  const clean = wellFormed(text.slice(0, 2 * longestMessage))
    .replace(/\r\n?/gu, "\n")
    .replace(/[^\n\P{C}]+/gu, " ");
  return clean.length > longestMessage ? `${clean.slice(0, longestMessage)}…` : clean;
}

/**
 * Text of our own without the given secrets, in whatever form they stand in it. All in one pass, the
 * longest first, so that a mark is never taken for a secret itself.
 */
export function hide(text: string, secrets: readonly string[]): string {
  const forms = [...new Set(secrets.flatMap(formsOf))].filter(
    (form) => form.length >= shortestSecret,
  );
  if (forms.length === 0) return text;
  const alternatives = forms.sort((a, b) => b.length - a.length).map(escaped);
  return text.replace(new RegExp(alternatives.join("|"), "gu"), mark);
}

/** A secret as it may come back: trimmed, line by line, in JSON, in a URL. */
function formsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n|\\n/u).map((line) => line.trim());
  const long = lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : [];
  const plain = [secret, secret.trim(), ...long];
  return plain.flatMap((form) => [form, JSON.stringify(form).slice(1, -1), inUrl(form)]);
}

function inUrl(text: string): string {
  return encodeURIComponent(wellFormed(text));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}

/** Every string in a value, at any depth: what must not be seen when the value is secret. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(stringsIn);
  return [];
}
