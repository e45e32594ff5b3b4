import { type Failure, type FieldTable, isOfType } from "../fields/field";
import { isGiven, isUnknown, type Props } from "../fields/values";
import { fields } from "./fields";

/** Rules that concern several inputs. A value that is not known yet breaks none. */
export function rules(inputs: Props): Failure[] {
  const { type } = inputs;
  if (typeof type !== "string" || isUnknown(type)) return [];
  return [
    ...labelRule(inputs),
    ...foreignInputs(inputs, type),
    ...(type === "storage" ? subPathRule(inputs) : []),
    ...(type === "postgres" ? replicaRules(inputs) : []),
  ];
}

function foreignInputs(inputs: Props, type: string): Failure[] {
  const table: FieldTable<never> = fields;
  return Object.entries(table).flatMap(([property, field]) => {
    const { types = [], unless } = field;
    if (!isGiven(inputs[property])) return [];
    if (!isOfType(field, type)) {
      return [{ property, reason: `is for ${types.join(", ")} only, not for type ${type}` }];
    }
    if (unless === undefined || !isGiven(inputs[unless])) return [];
    return [{ property, reason: `comes from the service: leave it out with ${unless}` }];
  });
}

/** The server refuses an add-on without a label, which follows from the name where it is left out. */
function labelRule({ label }: Props): Failure[] {
  return label === undefined
    ? [{ property: "label", reason: "is required, unless there is a name" }]
    : [];
}

function subPathRule({ subPath, storageAccess }: Props): Failure[] {
  return isGiven(subPath) && storageAccess === "RWO"
    ? [{ property: "subPath", reason: 'needs storageAccess "RWX"' }]
    : [];
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
