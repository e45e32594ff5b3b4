import { parseRecord, recordAt, textOf } from "../support/json";

/**
 * Where secrets of any provider's resources stand in plain text, by no doing of this package.
 *
 * At debug level the Node SDK, in the user's program, tells what the engine has answered to the
 * registration of a resource: all of its outputs. Event logs hold that without `--debug` as well.
 */
const answer = /^(?:RegisterResource|ReadResource) RPC finished: /u;

/** The engine's own log at `-v=9`: what it sends to plugins and gets from them, a JSON object a line. */
const engineLog = /^\{"time":"[^"]+","level":"[A-Z]+","msg":/u;

/** What the CLI printed, in lines of the SDK's or the engine's debugging, and in all the others. */
export function splitOutput(output: string): { readonly debugging: string; readonly rest: string } {
  return split(output, (line) => {
    const message = /^\s*debug: (.*)$/u.exec(line)?.[1];
    return engineLog.test(line) || (message !== undefined && answer.test(message));
  });
}

/** The same of an event log. */
export function splitEvents(log: string): { readonly debugging: string; readonly rest: string } {
  return split(log, (line) => {
    if (line === "") return false;
    const { severity, message } = recordAt(parseRecord(line, "an event"), "diagnosticEvent");
    return severity === "debug" && answer.test(textOf(message));
  });
}

function split(text: string, isDebugging: (line: string) => boolean) {
  const lines = text.split("\n").map((line) => ({ line, debugging: isDebugging(line) }));
  const those = (wanted: boolean) =>
    lines.flatMap(({ line, debugging }) => (debugging === wanted ? [line] : [])).join("\n");
  return { debugging: those(true), rest: those(false) };
}
