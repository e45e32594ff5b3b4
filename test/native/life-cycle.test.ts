import { createRequire } from "node:module";
import { join } from "node:path";
import { through } from "../support/door";

/** The suites that drive the life cycle by `Resource`, whatever the door. */
const suites = {
  faults: ["endpoints", "lost-change", "lost-create", "lost-delete"],
  lifecycle: [
    "adopt-and-replace",
    "app-variables",
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
    "promotion",
    "reasons",
    "removed-inputs",
    "resume-after-failure",
    "rotation",
    "small-plan",
    "twins",
    "unrequested-changes",
    "verification",
  ],
} as const;

describe("over the provider plugin", () => {
  through("native", () => {
    const load = createRequire(__filename);
    const files = Object.entries(suites).flatMap(([folder, names]) =>
      names.map((name) => load.resolve(join(__dirname, "..", folder, `${name}.test.ts`))),
    );
    for (const file of files) {
      // It may have been loaded for the other door, and describes its tests as it is loaded.
      Reflect.deleteProperty(load.cache, file);
      load(file);
      Reflect.deleteProperty(load.cache, file);
    }
  });
});
