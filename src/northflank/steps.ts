import type { Step } from "../provider/kind";

/** Network before size before version: each is legal on what the one before it leaves. A pause comes last. */
export const steps: readonly Step[] = [
  { name: "resume" },
  { name: "settings" },
  { name: "billing" },
  { name: "version" },
  { name: "schedules" },
  { name: "rotate" },
  // New credentials alone would leave the former ones valid, though the program says that they are not.
  {
    name: "finalise",
    follows: (step, news) => step === "rotate" && news.keepOldPassword === false,
  },
  { name: "pause", afterCreate: true },
];
