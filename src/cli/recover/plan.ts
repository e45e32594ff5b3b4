import { adoptVariable } from "../../provider/ownership";
import { quoted } from "../shell";
import type { Findings } from "./findings";

/** A command of the Pulumi CLI. */
export interface Step {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** What has to be decided by the user first. */
  readonly isBlocked: boolean;
}

/** What ends what was begun. Pending creations go only after the run that finds what came of them. */
export function planOf(findings: Findings, stack: readonly string[]): Plan {
  const { found, others, twice } = findings;
  const adopted = found.flatMap(({ outcome }) =>
    outcome.kind === "left" ? [outcome.addon.id] : [],
  );
  const isBlocked =
    twice.length > 0 ||
    found.some(
      ({ operation, outcome: { kind } }) =>
        kind === "several" || kind === "unknown" || (kind === "absent" && operation === undefined),
    );
  const up: Step = { args: ["up", ...stack], env: { [adoptVariable]: adopted.join(",") } };
  const creates = found.some(({ operation }) => operation === "creating");
  const isPending = found.some(({ operation }) => operation !== undefined);
  // With entries of other providers, only the user can tell whether they may go.
  const clear = creates && others.length === 0 ? ["--clear-pending-creates"] : [];
  const refresh: Step = { args: ["refresh", ...clear, ...stack], env: {} };
  return {
    steps: [
      ...(adopted.length > 0 ? [up] : []),
      ...(isPending && !isBlocked && (!creates || clear.length > 0) ? [refresh] : []),
    ],
    isBlocked,
  };
}

/** As the user would type it. */
export function commandOf({ args, env }: Step): string {
  const set = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`);
  return [...set, "pulumi", ...args].join(" ");
}
