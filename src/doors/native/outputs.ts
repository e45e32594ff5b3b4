/** An output of a resource, as its schema has it. */
export interface Output {
  readonly doc: string;
  readonly type: "string" | "number" | "object" | "list" | "texts" | "connection";
  /** Known to stay as it is through any update. */
  readonly stable?: boolean;
  /** Always there, once the add-on is. */
  readonly always?: boolean;
  readonly secret?: boolean;
}

export type Outputs = Readonly<Record<string, Output>>;

const createdAt: Output = {
  type: "string",
  doc: "When it was created, as ISO 8601.",
  stable: true,
};
const state: Output = {
  type: "string",
  doc: "The platform's own word for its state.",
  always: true,
};
const connection: Output = {
  type: "connection",
  doc: "How to connect, in one shape for both platforms. Empty where the add-on has nothing to connect to.",
  secret: true,
};
const vars: Output = {
  type: "texts",
  doc: "Connection data by name, as the platform gives it to apps.",
  secret: true,
};

/** Parts of `connection` for programs that need no more: empty, or 0, where the add-on has none. */
export const plainOutputs: Outputs = {
  url: {
    type: "string",
    doc: "The ordinary client URL, complete and encoded.",
    secret: true,
    always: true,
  },
  host: {
    type: "string",
    doc: "Host inside the platform's network.",
    secret: true,
    always: true,
  },
  port: {
    type: "number",
    doc: "Port inside the platform's network.",
    secret: true,
    always: true,
  },
  username: {
    type: "string",
    doc: "User name; the access key of an object store.",
    secret: true,
    always: true,
  },
  password: {
    type: "string",
    doc: "Password; the secret key of an object store.",
    secret: true,
    always: true,
  },
  database: {
    type: "string",
    doc: "Name of the database, or of the vhost of a message broker.",
    secret: true,
    always: true,
  },
  externalUrl: {
    type: "string",
    doc: "The client URL from the internet, while external access is on.",
    secret: true,
    always: true,
  },
};

export const migetOutputs: Outputs = {
  uuid: { type: "string", doc: "The add-on's UUID.", stable: true, always: true },
  assignedName: {
    type: "string",
    doc: "The name that the server gave: the wanted one with a suffix.",
    stable: true,
    always: true,
  },
  state,
  quota: {
    type: "object",
    doc: "Allocated sizes as the API returns them: memory and disk in bytes, CPU in cores.",
  },
  settings: { type: "object", doc: "Settings as the API returns them." },
  vars,
  connection,
  role: { type: "string", doc: "`primary` or `replica`; PostgreSQL only." },
  replicas: {
    type: "list",
    doc: "The read replicas of a PostgreSQL primary, as the API returns them.",
  },
  createdAt,
  updatedAt: { type: "string", doc: "When it was last changed, as ISO 8601." },
};

export const northflankOutputs: Outputs = {
  addonId: {
    type: "string",
    doc: "The add-on's id in the API, made of its name.",
    stable: true,
    always: true,
  },
  appId: {
    type: "string",
    doc: "Full identifier, with the account and the project.",
    stable: true,
  },
  uid: { type: "string", doc: "The platform's unique id, where it gives one.", stable: true },
  state,
  lifecycleStatus: {
    type: "string",
    doc: "Support of that version: `active`, `deprecated` or `discontinued`.",
  },
  resolvedVersion: { type: "string", doc: "The exact version that runs." },
  vars,
  credentials: { type: "object", doc: "The credentials as the API returns them.", secret: true },
  connection,
  region: { type: "string", doc: "Region of the project.", stable: true },
  cluster: { type: "string", doc: "Id of the cluster that it runs in.", stable: true },
  createdAt,
  storage: { type: "number", doc: "Actual disk of each replica in MB." },
  replicas: { type: "number", doc: "Actual number of replicas." },
  upgrades: {
    type: "list",
    doc: "Where the version is not `active`: what it can be upgraded to, such as `17.2 (major)`.",
  },
  discontinuedBy: {
    type: "string",
    doc: "Where the version is not `active`: when its support ends, as Northflank writes it.",
  },
};
