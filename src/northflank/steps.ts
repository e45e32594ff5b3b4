import type { Props } from "../fields/values";

/** Network before size before version: each is legal on what the one before it leaves. A pause comes last. */
export const steps = [
  "resume",
  "settings",
  "billing",
  "version",
  "schedules",
  "rotate",
  "finalise",
  "pause",
];
export const stepsAfterCreate = ["pause"];

/** New credentials alone would leave the former ones valid, though the program says that they are not. */
export function impliedSteps(planned: readonly string[], news: Props): string[] {
  return planned.includes("rotate") && news.keepOldPassword === false ? ["finalise"] : [];
}
