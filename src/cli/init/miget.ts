import { versionFields } from "../../miget/fields";
import type { Offer } from "./offers";

/** Miget has no catalogue that could be asked: these are the versions of its documentation. */
const versions: Readonly<Record<string, readonly string[]>> = {
  postgres: ["18", "17", "16", "15", "14", "13"],
  mysql: ["8.2", "8.0"],
  valkey: ["7.2", "7"],
};

/** The databases; a volume needs a service, which is another matter. */
export const migetOffers: readonly Offer[] = Object.entries(versions).map(([type, offered]) => ({
  type,
  label: type,
  questions: [
    {
      input: versionFields.get(type) ?? "",
      option: "addonVersion",
      message: "Which version?",
      choices: offered.map((version) => ({ value: version, label: version })),
    },
    {
      input: "ramSize",
      option: "memory",
      message: "How much memory, in MiB?",
      choices: [],
      initial: "256",
      isNumber: true,
    },
    {
      input: "diskSize",
      option: "disk",
      message: "How much disk, in GiB? It can only grow.",
      choices: [],
      initial: "1",
      isNumber: true,
    },
  ],
  inputs: {},
}));
