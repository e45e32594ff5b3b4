import fc from "fast-check";
import type { FieldTable } from "../../../src/fields/field";
import { fields, types } from "../../../src/miget/fields";
import type { Props } from "../../../src/fields/values";
import { DEFAULT_APP, DEFAULT_WORKSPACE } from "../../emulator/index";
import { calm, pick, someOf, together } from "./edit";
import { amount, common, flag, text, word } from "./values";

/** Valid values of every input in the table; one that is added there has to be added here. */
export const migetValues: Readonly<Record<keyof typeof fields, fc.Arbitrary<unknown>>> = {
  ...common,
  appUuid: fc.constant(DEFAULT_APP),
  workspaceId: fc.constant(DEFAULT_WORKSPACE),
  type: fc.constantFrom(...types),
  name: fc.oneof(word, text),
  label: text,
  ramSize: amount(1, 8192),
  cpuSize: fc.oneof(fc.constant(0.1), amount(0.01, 16)),
  diskSize: amount(1, 100),
  postgresVersion: fc.constantFrom("13", "14", "15", "16", "17", "18"),
  mysqlVersion: fc.constantFrom("8.0", "8.2"),
  valkeyVersion: fc.constantFrom("7", "7.2"),
  publicAccess: flag,
  instances: fc.constantFrom(1, 3, 5, 7),
  creationMode: fc.constant("fresh"),
  externalHost: text,
  externalPort: fc.integer({ min: 1, max: 65_535 }),
  authType: fc.constantFrom("password", "tls"),
  replicationUsername: text,
  replicationPassword: text,
  caCrt: text,
  tlsCrt: text,
  tlsKey: text,
  s3Enabled: fc.constant(false),
  s3Endpoint: text,
  s3Bucket: text,
  s3Path: text,
  s3AccessKey: text,
  s3SecretKey: text,
  serviceId: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  mountPoint: text.map((value) => `/${value}`),
  storageAccess: fc.constantFrom("RWO", "RWX"),
  subPath: fc.stringMatching(/^[a-z]{1,8}(?:\/[a-z]{1,8})?$/u),
  paused: flag,
  passwordVersion: text,
  syncAppVariables: flag,
};

const table: FieldTable<never> = fields;
const mount = ["serviceId", "mountPoint", "storageAccess", "subPath"];
const s3 = ["s3Endpoint", "s3Bucket", "s3Path", "s3AccessKey", "s3SecretKey"];
const replica = ["externalHost", "authType", "replicationUsername"];
const tls = ["caCrt", "tlsCrt", "tlsKey"];

function of(type: string, path: string): boolean {
  return table[path]?.types?.includes(type) ?? true;
}

function all(paths: readonly string[], more: Record<string, fc.Arbitrary<unknown>> = {}) {
  return someOf({ ...pick(migetValues, (path) => paths.includes(path)), ...more }, [
    ...paths,
    ...Object.keys(more),
  ]);
}

const nothing: fc.Arbitrary<Props> = fc.constant({});

/** Inputs that only make sense together. */
function groups(type: string): fc.Arbitrary<Props> {
  if (type === "storage") {
    return fc.oneof(
      together(all(["serviceId"]), someOf(pick(migetValues, (path) => path === "subPath"))),
      all(["mountPoint", "storageAccess"]),
      all(["mountPoint", "subPath"], { storageAccess: fc.constant("RWX") }),
    );
  }
  if (type !== "postgres") return nothing;
  const external = { creationMode: fc.constant("external_replica") };
  const by = (authType: string) => ({ ...external, authType: fc.constant(authType) });
  return together(
    fc.oneof(
      nothing,
      all([...replica, "replicationPassword"], by("password")),
      all([...replica, ...tls], by("tls")),
    ),
    fc.oneof(nothing, all(s3, { s3Enabled: fc.constant(true) })),
  );
}

/** Programs that are right in every respect, of one type. */
export function migetProgram(type: string): fc.Arbitrary<Props> {
  const needed = Object.keys(table).filter((path) => {
    const row = table[path];
    return row?.required === true && row.unless === undefined && of(type, path);
  });
  const required = ["name", ...needed];
  const single = pick(migetValues, (path) => of(type, path) && !mount.includes(path));
  return together(someOf({ ...single, type: fc.constant(type) }, required), groups(type));
}

export const migetPrograms = migetValues.type.chain((type) => migetProgram(String(type)));

/** The program with some inputs changed, added or dropped, as far as the platform does that in place. */
export function migetSuccessor(program: Props): fc.Arbitrary<Props> {
  const type = String(program.type);
  const changeable = (path: string) => table[path]?.change !== "replace" && of(type, path);
  const bigger = fc
    .integer({ min: 0, max: 20 })
    .map((more) => Number(program.diskSize ?? 1) + more);
  const fixed = { adopt: fc.constant(false), allowReplace: fc.constant(false) };
  const values = { ...pick(migetValues, changeable), diskSize: bigger, ...fixed };
  // A replica is promoted only where the program says so.
  const lasting = ["diskSize", "creationMode"];
  const dropped = Object.keys(program).filter((path) => {
    return changeable(path) && !lasting.includes(path);
  });
  return fc.tuple(fc.subarray(dropped), someOf(values)).map(([less, more]) => {
    const kept = Object.entries(program).filter(([path]) => !less.includes(path));
    return calm(program, { ...Object.fromEntries(kept), ...more }, [
      "instances",
      "passwordVersion",
    ]);
  });
}
