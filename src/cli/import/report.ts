import { toState } from "../../provider/state";
import { configKey, named } from "./program";
import { adoptOf, type Survey } from "./survey";

/** What was found, for other programs. A number that rises with every change that could break them. */
const formatVersion = 1;

export function reportOf(survey: Survey): string {
  const report = {
    formatVersion,
    addons: named(survey).map(({ addon, name }) => {
      const { platform, scope, key, title, type, state, warning, inputs } = addon;
      return {
        platform,
        id: `${scope}/${key}`,
        adopt: adoptOf(addon),
        title,
        type,
        state,
        warning,
        resource: name.resource,
        variable: name.variable,
        inputs: inputs.values,
        missing: inputs.missing.map((input) => ({
          input: input.input,
          type: input.type,
          meaning: input.doc,
          configKey: configKey(name, input),
        })),
        untold: inputs.untold,
        leftOut: inputs.leftOut,
      };
    }),
    notTakenOver: survey.skipped.map(({ platform, scope, key, title, type, reason, failed }) => ({
      platform,
      id: `${scope}/${key}`,
      title,
      type,
      reason,
      failed,
    })),
    unread: survey.unread,
  };
  return `${JSON.stringify(toState(report), undefined, 2)}\n`;
}
