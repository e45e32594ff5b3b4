import { connection, type OutputTable } from "../fields/output";
import { anything, object } from "../fields/shape";
import type { RemoteMigetAddon } from "./codecs";

/** Every output of MigetAddon that is no input too. */
export const outputs = {
  uuid: {
    doc: "The add-on's UUID.",
    shape: { type: "string" },
    presence: "always",
    observe: ({ body }) => body.uuid,
    isStable: true,
  },
  assignedName: {
    doc: "The name that the server gave: the wanted one with a suffix.",
    shape: { type: "string" },
    presence: "always",
    observe: ({ body }) => body.name,
    isStable: true,
  },
  state: {
    doc: "The platform's own word, such as `healthy`, `bound` or `stopped`.",
    shape: { type: "string" },
    presence: "always",
    observe: ({ body }) => body.state,
  },
  quota: {
    doc: "Allocated sizes as the API returns them: memory and disk in bytes, CPU in cores.",
    shape: object,
    presence: "ready",
    observe: ({ body }) => body.quota ?? {},
  },
  settings: {
    doc: "Settings as the API returns them.",
    shape: object,
    presence: "ready",
    observe: ({ body }) => body.settings ?? {},
  },
  vars: {
    doc: "Connection environment variables by their names: what Miget gives the app, such as `DATABASE_URL`. They stay while the add-on is paused, and change with the password.",
    shape: { type: "map", values: { type: "string" } },
    presence: "ready",
    secret: true,
  },
  connection: {
    doc: "How to connect, in the shape that both platforms have, made of what Miget answers. Empty for a volume, and while Miget shows nothing.",
    shape: connection,
    presence: "ready",
    secret: true,
  },
  role: {
    doc: "`primary` or `replica`; PostgreSQL only.",
    shape: { type: "string" },
    presence: "optional",
    observe: ({ body }) => (body.type === "postgres" ? body.role : undefined),
  },
  replicas: {
    doc: "The read replicas of a PostgreSQL primary, as the API returns them.",
    shape: { type: "array", items: anything },
    presence: "optional",
    observe: ({ body }) => (body.type === "postgres" ? (body.replicas ?? []) : undefined),
  },
  createdAt: {
    doc: "When it was created, as ISO 8601.",
    shape: { type: "string" },
    presence: "ready",
    observe: ({ body }) => body.created_at,
    isStable: true,
  },
  updatedAt: {
    doc: "When it was last changed, as ISO 8601.",
    shape: { type: "string" },
    presence: "ready",
    observe: ({ body }) => body.updated_at,
  },
} as const satisfies OutputTable<RemoteMigetAddon>;
