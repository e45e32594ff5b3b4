import { DEFAULT_APP, type Emulator, type MigetAddonFacts } from "../emulator/index";
import { omit, textAt, type Facts, type Flat, type Subject } from "./fields-subject";

/** Another app, which the test adds. */
export const otherApp = "00000000-0000-4000-8000-00000000a991";

const facts = new Map<string, keyof MigetAddonFacts>(
  Object.entries({
    label: "label",
    ramSize: "ramMib",
    cpuSize: "cpuCores",
    diskSize: "diskGib",
    publicAccess: "publicAccess",
    instances: "instances",
  } as const),
);

const settings = new Map(
  Object.entries({
    mountPoint: "mount_point",
    storageAccess: "access_type",
    subPath: "sub_path",
  }),
);

/** The server makes its name of the wanted one and a suffix. */
function find(emulator: Emulator, { appUuid, name }: Flat): MigetAddonFacts {
  const named = new RegExp(`^${textAt(name)}-[a-z]{5}$`, "u");
  const [addon, ...others] = emulator.miget
    .addons(textAt(appUuid))
    .filter((each) => named.test(each.name));
  if (addon === undefined || others.length > 0) throw new Error(`not one ${textAt(name)}`);
  return addon;
}

function factsOf(emulator: Emulator, inputs: Flat): Facts {
  const addon = find(emulator, inputs);
  return {
    identity: addon.uuid,
    key: addon.uuid,
    password: addon.type === "storage" ? "" : addon.password,
    seen: (path) => {
      if (path === "paused") return addon.state === "stopped";
      if (path === "creationMode") return addon.external ? "external_replica" : "fresh";
      if (path === "syncAppVariables") {
        const values = Object.values(emulator.miget.vars(textAt(inputs.appUuid)));
        return values.some((value) => value.includes(encodeURIComponent(addon.password)));
      }
      const setting = settings.get(path);
      if (setting !== undefined) return addon.settings[setting];
      const fact = facts.get(path);
      if (fact === undefined) throw new Error(`nothing tells what became of ${path}`);
      return addon[fact];
    },
  };
}

/** `ramSize` as `ram_size`, a switch as "1" or "0". */
function body(inputs: Flat): Flat {
  const entries = Object.entries(omit(inputs, "appUuid")).map(([path, value]) => {
    const key = path.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
    return [key, typeof value === "boolean" ? (value ? "1" : "0") : value] as const;
  });
  return Object.fromEntries(entries);
}

function change(emulator: Emulator, inputs: Flat, changes: Flat): void {
  const addon = find(emulator, inputs);
  for (const [path, value] of Object.entries(changes)) {
    const setting = settings.get(path);
    // No update body has the mount settings, so they are changed where the emulator keeps them.
    if (setting !== undefined) addon.settings[setting] = value;
    else emulator.miget.change(addon.uuid, body({ [path]: value }));
  }
}

type Life = Pick<Subject, "name" | "columns" | "replace" | "retype" | "retired" | "drift"> & {
  readonly inputs: Flat;
  readonly beyond?: Flat;
};

function subject(type: string, { inputs, ...life }: Life): Subject {
  const { name } = life;
  return {
    class: "MigetAddon",
    type,
    refuse: {},
    beyond: {},
    facts: factsOf,
    body,
    change,
    stop:
      type === "storage"
        ? undefined
        : (emulator, now) => emulator.miget.setState(find(emulator, now).uuid, "stopped"),
    ...life,
    base: { appUuid: DEFAULT_APP, type, name, label: `${name} 1`, diskSize: 1, ...inputs },
    // No two of a type may have the same label.
    columns: life.columns.map((column, index) =>
      index === 0 ? { ...column, label: `${name} 2` } : column,
    ),
    replace: { appUuid: otherApp, name: `${name}-anew`, ...life.replace },
  };
}

/** What mysql and valkey have in common. */
const database = {
  columns: [
    { syncAppVariables: true },
    { ramSize: 128 },
    { cpuSize: 1 },
    { diskSize: 2.5 },
    {},
    {},
    { passwordVersion: "2" },
    { paused: true },
    { paused: false, passwordVersion: "3" },
  ],
  drift: { label: "Elsewhere", ramSize: 256, cpuSize: 2 },
  beyond: { diskSize: 7.5 },
} as const;

const s3 = { s3Enabled: true, s3Endpoint: "https://s3.example.com", s3Bucket: "wal" };

export const migetSubjects: readonly Subject[] = [
  subject("postgres", {
    name: "orders",
    inputs: {
      postgresVersion: "17",
      ramSize: 256,
      cpuSize: 0.5,
      publicAccess: false,
      instances: 1,
    },
    columns: [
      { syncAppVariables: true },
      { ramSize: 512 },
      { cpuSize: 1 },
      { diskSize: 2.5 },
      { publicAccess: true },
      { instances: 3 },
      { passwordVersion: "2" },
      { paused: true },
      { paused: false, passwordVersion: "3" },
    ],
    replace: { postgresVersion: "18", diskSize: 1 },
    retype: { type: "mysql", mysqlVersion: "8.2" },
    retired: ["postgresVersion", "publicAccess", "instances"],
    drift: { label: "Elsewhere", ramSize: 1024, cpuSize: 2, publicAccess: false },
    beyond: { diskSize: 7.5 },
  }),
  subject("postgres", {
    name: "copy",
    inputs: {
      postgresVersion: "16",
      creationMode: "external_replica",
      externalHost: "one.example.com",
      externalPort: 5432,
      authType: "password",
      replicationUsername: "one",
      replicationPassword: "not-a-real-password-1",
      caCrt: "not a real certificate 1",
      tlsCrt: "not a real certificate 2",
      tlsKey: "not-a-real-key-1",
      ...s3,
      s3Path: "one",
      s3AccessKey: "not-a-real-access-key-1",
      s3SecretKey: "not-a-real-secret-key-1",
    },
    columns: [],
    replace: {
      postgresVersion: "17",
      externalHost: "two.example.com",
      externalPort: 5433,
      authType: "tls",
      replicationUsername: "two",
      replicationPassword: "not-a-real-password-2",
      caCrt: "not a real certificate 3",
      tlsCrt: "not a real certificate 4",
      tlsKey: "not-a-real-key-2",
      s3Enabled: false,
      s3Endpoint: "https://two.example.com",
      s3Bucket: "two",
      s3Path: "two",
      s3AccessKey: "not-a-real-access-key-2",
      s3SecretKey: "not-a-real-secret-key-2",
    },
    retype: {},
    retired: [],
    drift: {},
  }),
  subject("postgres", {
    name: "mirror",
    inputs: {
      postgresVersion: "16",
      creationMode: "external_replica",
      externalHost: "one.example.com",
      authType: "password",
      replicationUsername: "one",
      replicationPassword: "not-a-real-password-1",
    },
    columns: [{ creationMode: "fresh" }],
    replace: { creationMode: "external_replica" },
    retype: {},
    retired: [],
    drift: {},
  }),
  subject("mysql", {
    ...database,
    name: "shop",
    inputs: { mysqlVersion: "8.2", ramSize: 64, cpuSize: 0.5 },
    replace: { mysqlVersion: "8.0", diskSize: 0.5 },
    retype: { type: "valkey", valkeyVersion: "7.2" },
    retired: ["mysqlVersion"],
  }),
  subject("valkey", {
    ...database,
    name: "queue",
    inputs: { valkeyVersion: "7.2", ramSize: 64, cpuSize: 0.5 },
    replace: { valkeyVersion: "7", diskSize: 0.5 },
    retype: { type: "postgres", postgresVersion: "17" },
    retired: ["valkeyVersion"],
  }),
  subject("storage", {
    name: "uploads",
    inputs: { mountPoint: "/data", storageAccess: "RWX", subPath: "one" },
    columns: [{}, { diskSize: 2.5 }],
    replace: { mountPoint: "/anew", subPath: "anew", diskSize: 1 },
    retype: { type: "mysql", mysqlVersion: "8.2" },
    retired: ["mountPoint", "storageAccess", "subPath"],
    drift: { label: "Elsewhere" },
    beyond: { mountPoint: "/elsewhere", subPath: "elsewhere", diskSize: 7.5 },
  }),
  subject("storage", {
    name: "notes",
    inputs: { mountPoint: "/notes", storageAccess: "RWO" },
    columns: [],
    replace: { storageAccess: "RWO" },
    retype: {},
    retired: [],
    drift: {},
    beyond: { storageAccess: "RWX" },
  }),
  subject("storage", {
    name: "shared",
    inputs: { serviceId: 1 },
    columns: [],
    replace: { serviceId: 2 },
    retype: {},
    retired: [],
    drift: {},
  }),
];
