import { knownVersions } from "../../miget/fields";
import type { Offer } from "./offers";

/**
 * The databases; a volume needs a service, which is another matter. Miget has no catalogue that could
 * be asked, so these are the versions that are known.
 */
export const migetOffers: readonly Offer[] = Object.entries(knownVersions).map(
  ([type, offered]) => ({
    type,
    label: type,
    questions: [
      {
        input: `${type}Version`,
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
  }),
);
