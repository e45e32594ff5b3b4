import { settingOf } from "../../provider/settings";
import { maskSecrets, toPrintable } from "../../http/redact";
import type { Context, ExitCode } from "../context";
import { hasToken, type PlaceOptions, selectionsOf } from "../selection";
import { makeSources } from "../sources";
import { readStackConfig, type StackChoice } from "../stack-config";
import { loadWrap } from "../terminal";
import { type Check, hasFailed } from "./check";
import { localChecks, localFacts } from "./local";
import { remoteFacts } from "./remote";
import { remoteChecks } from "./remote-checks";
import { reportOf } from "./report";

export interface DoctorOptions extends PlaceOptions {
  readonly json: boolean;
}

/** Looks at what add-ons need, here and on the platforms. Writes nothing anywhere. */
export async function doctor(
  context: Context,
  options: DoctorOptions,
  choice: StackChoice,
): Promise<ExitCode> {
  const selections = selectionsOf(makeSources(), options);
  const { runtime } = context;
  const checks: Check[] = localChecks(await localFacts(context));
  const stack = await readStackConfig(context, choice);
  const { read: config, problem } = stack;
  if (problem !== undefined) checks.push(stackCheck(problem));

  // Of two platforms that nobody named, one will do.
  const isOpen = selections.length > 1;
  const isAny = selections.some(({ source }) => hasToken(source, config, runtime.env));
  for (const selection of selections) {
    const facts = await remoteFacts(selection, stack, runtime);
    checks.push(...remoteChecks(selection.source, facts, !isOpen || !isAny));
  }
  // Belt and braces: what comes from outside has been redacted already.
  const secrets = selections.flatMap(
    ({ source }) => settingOf(source.settings.token, config, runtime.env) ?? [],
  );
  const tidy = (text: string) => toPrintable(maskSecrets(text, secrets)).replace(/\s+/gu, " ");
  const clean = checks.map((check) => ({
    ...check,
    says: tidy(check.says),
    ...(check.items === undefined ? {} : { items: check.items.map(tidy) }),
    ...(check.advice === undefined ? {} : { advice: tidy(check.advice) }),
  }));
  context.print(
    options.json
      ? `${JSON.stringify({ formatVersion: 1, ok: !hasFailed(clean), checks: clean }, undefined, 2)}\n`
      : reportOf(clean, context.screen, await loadWrap()),
  );
  return hasFailed(clean) ? 1 : 0;
}

function stackCheck(problem: string): Check {
  return {
    id: "stack",
    subject: "stack's configuration",
    verdict: "warn",
    says: `${problem}, so only the environment was looked at`,
    advice:
      "Name a stack with --stack, log in, or set PULUMI_CONFIG_PASSPHRASE; --no-stack leaves it out.",
  };
}
