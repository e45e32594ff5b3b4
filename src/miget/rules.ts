import type { Failure } from "../fields/field";
import { isGiven, isUnknown, type Props } from "../fields/values";
import { fields, versionFields } from "./fields";

/** Rules that concern several inputs. A value that is not known yet breaks none. */
export function rules(inputs: Props): Failure[] {
  const { type } = inputs;
  if (typeof type !== "string" || isUnknown(type)) return [];
  return [
    ...labelRule(inputs),
    ...foreignInputs(inputs, type),
    ...versionRule(inputs, type),
    ...(type === "storage" ? storageRules(inputs) : []),
    ...(type === "postgres" ? replicaRules(inputs) : []),
  ];
}

function foreignInputs(inputs: Props, type: string): Failure[] {
  return Object.entries(fields).flatMap(([property, field]) => {
    const kinds: readonly string[] | undefined = "types" in field ? field.types : undefined;
    if (!isGiven(inputs[property]) || kinds === undefined || kinds.includes(type)) return [];
    return [{ property, reason: `is for ${kinds.join(", ")} only, not for type ${type}` }];
  });
}

/** The server refuses an add-on without a label, which follows from the name where it is left out. */
function labelRule({ label }: Props): Failure[] {
  return label === undefined
    ? [{ property: "label", reason: "is required, unless there is a name" }]
    : [];
}

function versionRule(inputs: Props, type: string): Failure[] {
  const property = versionFields.get(type);
  if (property === undefined || inputs[property] !== undefined) return [];
  return [{ property, reason: `is required for type ${type}: the version to create, as text` }];
}

function storageRules(inputs: Props): Failure[] {
  const { serviceId, storageAccess, subPath } = inputs;
  const failures: Failure[] = [];
  for (const property of ["mountPoint", "storageAccess"]) {
    if (serviceId === undefined && inputs[property] === undefined) {
      failures.push({ property, reason: "is required for type storage without serviceId" });
    } else if (isGiven(serviceId) && isGiven(inputs[property])) {
      failures.push({ property, reason: "comes from the service: leave it out with serviceId" });
    }
  }
  if (isGiven(subPath) && storageAccess === "RWO") {
    failures.push({ property: "subPath", reason: 'needs storageAccess "RWX"' });
  }
  return failures;
}

function replicaRules(inputs: Props): Failure[] {
  const missing = (properties: readonly string[], why: string) =>
    properties
      .filter((property) => inputs[property] === undefined)
      .map((property) => ({ property, reason: `is required ${why}` }));
  const failures: Failure[] = [];
  if (inputs.creationMode === "external_replica") {
    const why = 'for creationMode "external_replica"';
    failures.push(...missing(["externalHost", "authType", "replicationUsername"], why));
    if (inputs.authType === "password") {
      failures.push(...missing(["replicationPassword"], 'for authType "password"'));
    }
    if (inputs.authType === "tls") {
      failures.push(...missing(["caCrt", "tlsCrt", "tlsKey"], 'for authType "tls"'));
    }
  }
  if (inputs.s3Enabled === true) {
    const group = ["s3Endpoint", "s3Bucket", "s3Path", "s3AccessKey", "s3SecretKey"];
    failures.push(...missing(group, "with s3Enabled"));
  }
  return failures;
}
