import { inputTable, migetTable, northflankTable } from "./inputs";
import { interfaceTable } from "./outputs";

/** The inputs that most programs need; the reference pages have all of them. */
const essential = {
  miget: [
    "appUuid",
    "type",
    "name",
    "label",
    "ramSize",
    "cpuSize",
    "diskSize",
    "postgresVersion",
    "mysqlVersion",
    "valkeyVersion",
    "publicAccess",
    "instances",
    "mountPoint",
    "storageAccess",
    "paused",
    "passwordVersion",
    "adopt",
    "allowReplace",
    "waitForReady",
  ],
  northflank: [
    "projectId",
    "name",
    "type",
    "version",
    "billing.deploymentPlan",
    "billing.storage",
    "billing.replicas",
    "tlsEnabled",
    "externalAccessEnabled",
    "ipPolicies",
    "backupSchedules",
    "paused",
    "passwordVersion",
    "keepOldPassword",
    "adopt",
    "allowReplace",
    "waitForReady",
  ],
};

/** What stands between the markers of that name. */
const parts: Readonly<Record<string, () => string>> = {
  "miget-inputs": () =>
    inputTable(migetTable, { types: true, choose: (name) => essential.miget.includes(name) }),
  "northflank-inputs": () =>
    inputTable(northflankTable, { choose: (name) => essential.northflank.includes(name) }),
  connection: () => interfaceTable("program/connection.ts", "AddonConnection"),
};

/** The README with its generated parts as the sources have them now. */
export function withParts(readme: string): string {
  return Object.entries(parts).reduce((text, [name, make]) => withPart(text, name, make()), readme);
}

function withPart(readme: string, name: string, content: string): string {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md lacks the markers of ${name}`);
  return `${readme.slice(0, from + begin.length)}\n\n${content}\n\n${readme.slice(to)}`;
}
