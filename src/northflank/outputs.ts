import { connection, type OutputTable } from "../fields/output";
import { object } from "../fields/shape";
import type { RemoteNorthflankAddon } from "./codecs";

/** Every output of NorthflankAddon that is no input too. */
export const outputs = {
  addonId: {
    doc: "The add-on's id in the API: a slug of its name.",
    shape: { type: "string" },
    presence: "always",
    observe: ({ key }) => key,
    isStable: true,
  },
  appId: {
    doc: "Full identifier, `/team/project/addon`.",
    shape: { type: "string" },
    presence: "ready",
    observe: ({ appId }) => appId,
    isStable: true,
  },
  uid: {
    doc: "The platform's unique id, where it gives one; it differs when an add-on is made again.",
    shape: { type: "string" },
    presence: "optional",
    observe: ({ uid }) => uid,
    isStable: true,
  },
  state: {
    doc: "The platform's own word, such as `running` or `paused`.",
    shape: { type: "string" },
    presence: "always",
    observe: ({ state }) => state,
  },
  resolvedVersion: {
    doc: "The exact version that runs.",
    shape: { type: "string" },
    presence: "optional",
    observe: ({ versionTag }) => versionTag,
  },
  lifecycleStatus: {
    doc: "Support of that version: `active`, `deprecated` or `discontinued`.",
    shape: { type: "string" },
    presence: "optional",
    observe: ({ lifecycleStatus }) => lifecycleStatus,
  },
  vars: {
    doc: "All credentials by their names, `envs` and `secrets` merged. They stay while the add-on is paused, and change when credentials are rotated.",
    shape: { type: "map", values: { type: "string" } },
    presence: "ready",
    secret: true,
  },
  credentials: {
    doc: "The credentials as the API returns them.",
    shape: object,
    presence: "ready",
    secret: true,
    readAs:
      "{ readonly envs?: Readonly<Record<string, unknown>>; readonly secrets?: Readonly<Record<string, unknown>> }",
  },
  connection: {
    doc: "How to connect, in the shape that both platforms have, made of the credentials. Empty while there are none.",
    shape: connection,
    presence: "ready",
    secret: true,
  },
  region: {
    doc: "Region of the project.",
    shape: { type: "string" },
    presence: "optional",
    observe: ({ region }) => region,
    isStable: true,
  },
  cluster: {
    doc: "Id of the cluster that it runs in.",
    shape: { type: "string" },
    presence: "optional",
    observe: ({ cluster }) => cluster,
    isStable: true,
  },
  createdAt: {
    doc: "When it was created, as ISO 8601.",
    shape: { type: "string" },
    presence: "optional",
    observe: ({ createdAt }) => createdAt,
    isStable: true,
  },
  storage: {
    doc: "Actual disk of each replica in MB.",
    shape: { type: "number" },
    presence: "optional",
    observe: ({ storage }) => storage,
  },
  replicas: {
    doc: "Actual number of replicas.",
    shape: { type: "number" },
    presence: "optional",
    observe: ({ replicas }) => replicas,
  },
  upgrades: {
    doc: "Where the version is not `active`: what it can be upgraded to, such as `17.2 (major)`.",
    shape: { type: "array", items: { type: "string" } },
    presence: "optional",
    observe: ({ upgrades }) => upgrades,
  },
  discontinuedBy: {
    doc: "Where the version is not `active`: when its support ends, as Northflank writes it.",
    shape: { type: "string" },
    presence: "optional",
    observe: ({ discontinuedBy }) => discontinuedBy,
  },
} as const satisfies OutputTable<RemoteNorthflankAddon>;
