import { createRequire } from "node:module";
import { join } from "node:path";
import { through } from "../support/door";

/** The suites of the life cycle that drive it by `Resource`, whatever the door. */
const suites = [
  "adopt-and-replace",
  "backup-schedules",
  "console",
  "cronjob",
  "cut-off",
  "deletion-protection",
  "existence",
  "failed-addons",
  "identity",
  "irreversible-steps",
  "leaving",
  "life-cycle",
  "notices",
  "reasons",
  "removed-inputs",
  "resume-after-failure",
  "rotation",
  "small-plan",
  "twins",
  "unrequested-changes",
  "verification",
];

describe("over the provider plugin", () => {
  through("native");
  const load = createRequire(__filename);
  for (const suite of suites) {
    const file = load.resolve(join(__dirname, "../lifecycle", `${suite}.test.ts`));
    // It may have been loaded for the other door, and describes its tests as it is loaded.
    Reflect.deleteProperty(load.cache, file);
    load(file);
    Reflect.deleteProperty(load.cache, file);
  }
});
