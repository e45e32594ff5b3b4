import { DEFAULT_APP, DEFAULT_PROJECT } from "../emulator/index";
import { programOf, Code, type Args, type Declared, type Value } from "./program";

/**
 * Made-up secrets, by the place where they are put: `orders.label`, or `orders.label.2` where
 * each run has another one.
 */
export class Canaries {
  private readonly values = new Map<string, string>();

  all(): string[] {
    return [...this.values.values()];
  }

  /** Those of an add-on that are declared in a run, which is the last part of a place. */
  of(addon: string, run: number): string[] {
    return [...this.values].flatMap(([place, value]) => {
      const [name, , declared = String(run)] = place.split(".");
      return name === addon && declared === String(run) ? [value] : [];
    });
  }

  /** A distinctive value with every character that some spelling changes. */
  put(place: string, value = `not-a-real "${place}" /é&<'#%+ 7`): string {
    this.values.set(place, value);
    return value;
  }

  /** The same, made secret by the program. */
  secret(place: string, value?: string): Code {
    return new Code(`pulumi.secret(${JSON.stringify(this.put(place, value))})`);
  }
}

const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };

/** What is declared in which run: the secrets that can change have a new value in each. */
export function declaredIn(run: number, canaries: Canaries): Declared[] {
  const secret = (place: string, value?: string) => canaries.secret(place, value);
  const n = String(run);
  const rotated = run < 3 ? "1" : "2";
  return [
    miget("orders", {
      type: "postgres",
      postgresVersion: "17",
      creationMode: "external_replica",
      authType: "password",
      s3Enabled: true,
      // Always secret.
      replicationPassword: canaries.put("orders.replicationPassword"),
      tlsKey: canaries.put("orders.tlsKey"),
      s3AccessKey: canaries.put("orders.s3AccessKey"),
      s3SecretKey: canaries.put("orders.s3SecretKey"),
      // Made secret by the user.
      name: secret("orders.name", "canary-name-x7"),
      label: secret(`orders.label.${n}`),
      externalHost: secret("orders.externalHost", "canary-x7.example.com"),
      replicationUsername: secret("orders.replicationUsername"),
      caCrt: secret("orders.caCrt"),
      tlsCrt: secret("orders.tlsCrt"),
      s3Endpoint: secret("orders.s3Endpoint", "https://canary-s3-x7.example.com"),
      s3Bucket: secret("orders.s3Bucket", "canary-bucket-x7"),
      s3Path: secret("orders.s3Path"),
      passwordVersion: secret(`orders.passwordVersion.${rotated}`),
    }),
    miget("uploads", {
      type: "storage",
      diskSize: 1,
      storageAccess: "RWX",
      mountPoint: secret("uploads.mountPoint", "/canary-mount-x7"),
      subPath: secret("uploads.subPath", "canary-folder-x7"),
    }),
    northflank("billing-db", {
      type: "postgresql",
      version: "16-latest",
      tlsEnabled: true,
      externalAccessEnabled: true,
      description: secret(`billing-db.description.${n}`, `canary (description), "x7" ${n}`),
      tags: [secret(`billing-db.tags.${n}`, `canary-tag-x7-${n}`), "plain"],
      stageId: secret(`billing-db.stageId.${n}`, `canary-stage-x7-${n}`),
      metadata: { labels: { owner: secret(`billing-db.owner.${n}`) } },
      customCredentials: { dbName: secret("billing-db.dbName", "canarynamex7") },
      ipPolicies: [
        { addresses: [secret(`billing-db.address.${n}`, `192.0.2.17${n}`)], action: "ALLOW" },
      ],
      passwordVersion: secret(`billing-db.passwordVersion.${rotated}`),
    }),
    northflank("files", { type: "minio", version: "latest" }),
  ];
}

/** The program with these add-ons, and a resource of an ordinary dynamic provider with a secret. */
export function programIn(run: number, canaries: Canaries, names?: readonly string[]): string {
  const declared = declaredIn(run, canaries).filter(({ name }) => names?.includes(name) ?? true);
  return `${programOf(declared)}\n${ordinary}`;
}

/** The output of the ordinary resource. */
export const ordinarySecret = "not-a-real-output-of-an-ordinary-provider";

const ordinary = `
const provider = { create: async ({ seed }) => ({ id: "one", outs: { seed, token: seed } }) };
class Ordinary extends pulumi.dynamic.Resource {
  constructor(name, props) {
    super(provider, name, { ...props, token: undefined }, { additionalSecretOutputs: ["token"] });
  }
}
new Ordinary("ordinary", { seed: pulumi.secret(${JSON.stringify(ordinarySecret)}) });
`;

function miget(name: string, args: Args): Declared {
  return { name, class: "MigetAddon", args: { appUuid: DEFAULT_APP, ...args } };
}

function northflank(name: string, args: Args): Declared {
  const all: Record<string, Value> = { projectId: DEFAULT_PROJECT, billing, ...args };
  return { name, class: "NorthflankAddon", args: all };
}
