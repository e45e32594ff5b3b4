import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";

type Props = Record<string, unknown>;

/** A way through the whole life of an add-on that uses every endpoint which the provider calls. */
export interface Tour {
  readonly platform: "miget" | "northflank";
  /** One program after the other, each brought up and refreshed. */
  readonly programs: readonly Props[];
}

const miget: Props = {
  appUuid: DEFAULT_APP,
  type: "postgres",
  name: "orders",
  postgresVersion: "17",
  ramSize: 256,
};

const northflank: Props = {
  projectId: DEFAULT_PROJECT,
  type: "postgresql",
  name: "Orders DB",
  version: "16-latest",
  billing: { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 },
};

const replica: Props = {
  ...miget,
  creationMode: "external_replica",
  externalHost: "source.example.com",
  authType: "password",
  replicationUsername: "replicator",
  replicationPassword: "not-a-real-password",
};
const promoted: Props = { ...miget, creationMode: "fresh", syncAppVariables: true };

function daily(retentionTime: number): Props {
  return {
    scheduling: { interval: "daily", minute: [30], hour: [2] },
    backupType: "snapshot",
    retentionTime,
  };
}

export const tours: readonly Tour[] = [
  {
    platform: "miget",
    programs: [
      replica,
      { ...promoted, ramSize: 512, passwordVersion: "2" },
      { ...promoted, ramSize: 512, passwordVersion: "2", paused: true },
      { ...promoted, ramSize: 512, passwordVersion: "2" },
    ],
  },
  {
    platform: "northflank",
    programs: [
      { ...northflank, backupSchedules: [daily(7)] },
      {
        ...northflank,
        version: "17-latest",
        description: "Orders",
        backupSchedules: [daily(14)],
        passwordVersion: "2",
        keepOldPassword: false,
      },
      {
        ...northflank,
        version: "17-latest",
        description: "Orders",
        backupSchedules: [daily(14)],
        passwordVersion: "2",
        keepOldPassword: false,
        paused: true,
      },
      {
        ...northflank,
        version: "17-latest",
        description: "Orders",
        backupSchedules: [daily(14)],
        passwordVersion: "2",
        keepOldPassword: false,
      },
    ],
  },
];
