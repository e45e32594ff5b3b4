/** A terminal page, more or less: nobody reads on after that. */
const longest = 4100;

const internals =
  /cannot read propert|is not a function|is not iterable|maximum call stack|invalid array length|unexpected token|out of memory|malformed|\[object|\bundefined\b|\n\s+at |\bio-ts\b|at position \d/iu;
/** Line breaks are all that may be there of what does not show. */
const unprintable = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u;
const addon =
  /(?:Miget|Northflank)[^\n]*\badd-on (?:"|of (?:app|project) |[\w-]+ (?:of|runs|cannot) )/u;
const advice =
  /\b(?:run|try|go|set|check|look|put|correct|give|choose|ask|wait|say|take|make|remove)\b/iu;

/** What is wrong with a text that a user is to read. */
export function faultsOf(text: string, secrets: readonly string[]): string[] {
  const faults = [
    ...(text.trim() === "" ? ["says nothing"] : []),
    ...(text.length > longest ? [`is ${text.length} characters long`] : []),
    ...(internals.test(text) ? ["speaks of the program's inside"] : []),
    ...(unprintable.test(text) ? ["holds what cannot be printed"] : []),
    ...(/\p{Surrogate}/u.test(text) ? ["holds half of a character"] : []),
    ...(secrets.some((secret) => text.includes(secret)) ? ["tells a secret"] : []),
  ];
  return faults.map((fault) => `${JSON.stringify(text.slice(0, 600))} ${fault}`);
}

/** What is wrong with the message of an operation on an add-on that failed. */
export function messageFaults(message: string, secrets: readonly string[]): string[] {
  const shown = JSON.stringify(message.slice(0, 600));
  return [
    ...faultsOf(message, secrets),
    ...(addon.test(message) ? [] : [`${shown} names no add-on`]),
    ...(advice.test(message) ? [] : [`${shown} says not what to do`]),
  ];
}

/** The same of what was thrown. */
export function errorFaults(error: unknown, secrets: readonly string[]): string[] {
  if (!(error instanceof Error)) return [`${String(error)} is thrown, and is no error`];
  const hasStack = (error.stack ?? "") !== "";
  return [
    ...messageFaults(error.message, secrets),
    ...(hasStack ? [`${JSON.stringify(error.message.slice(0, 600))} has a stack`] : []),
  ];
}
