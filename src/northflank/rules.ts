import type { Failure } from "../fields/field";
import { isGiven, isRecord, isUnknown, type Props } from "../fields/values";

/** Rules that concern several inputs. A value that is not known yet breaks none. */
export function rules(inputs: Props): Failure[] {
  return [
    ...typeRules(inputs),
    ...networkRules(inputs),
    ...scheduleRules(inputs),
    ...sourceRules(inputs),
  ];
}

function typeRules({ type, version, billing }: Props): Failure[] {
  if (!isGiven(type) || version !== undefined || billing !== undefined) return [];
  return [
    {
      property: "type",
      reason:
        "without version and billing would be a Helm type or a bucket. Those are not supported: they have no version, plan or disk that could be changed, and no documented credentials. Give version and billing for any other type",
    },
  ];
}

function networkRules(inputs: Props): Failure[] {
  const { tlsEnabled, externalAccessEnabled, vpcAccessible } = inputs;
  const failures: Failure[] = [];
  if (tlsEnabled !== true && !isUnknown(tlsEnabled)) {
    for (const property of ["externalAccessEnabled", "vpcAccessible"]) {
      if (inputs[property] === true) failures.push({ property, reason: "needs tlsEnabled: true" });
    }
  }
  if (externalAccessEnabled === true && vpcAccessible === true) {
    failures.push({
      property: "vpcAccessible",
      reason: "excludes externalAccessEnabled: only one can be true",
    });
  }
  return failures;
}

function scheduleRules(inputs: Props): Failure[] {
  const schedules = inputs.backupSchedules;
  if (!Array.isArray(schedules)) return [];
  const failures: Failure[] = [];
  const seen = new Set<string>();
  schedules.forEach((schedule: unknown, index) => {
    if (!isRecord(schedule)) return;
    const property = `backupSchedules[${index}]`;
    const { scheduling, backupType } = schedule;
    if (!isRecord(scheduling)) return;
    const { interval, hour, day } = scheduling;
    if (interval === "hourly" && (isGiven(hour) || isGiven(day))) {
      failures.push({
        property: `${property}.scheduling`,
        reason: "of an hourly schedule takes minutes only",
      });
    }
    if ((interval === "daily" || interval === "weekly") && hour === undefined) {
      failures.push({
        property: `${property}.scheduling.hour`,
        reason: `is required for a ${interval} schedule`,
      });
    }
    if (interval === "daily" && isGiven(day)) {
      failures.push({
        property: `${property}.scheduling.day`,
        reason: "is for weekly schedules only",
      });
    }
    if (interval === "weekly" && day === undefined) {
      failures.push({
        property: `${property}.scheduling.day`,
        reason: "is required for a weekly schedule",
      });
    }
    for (const [key, only] of [
      ["customDestinationId", "dump"],
      ["additionalDestinations", "snapshot"],
    ] as const) {
      if (isGiven(schedule[key]) && isGiven(backupType) && backupType !== only) {
        failures.push({
          property: `${property}.${key}`,
          reason: `is for backupType "${only}" only`,
        });
      }
    }
    if (typeof interval !== "string" || typeof backupType !== "string") return;
    if (isUnknown(interval) || isUnknown(backupType)) return;
    const kind = `${interval} ${backupType}`;
    if (seen.has(kind)) {
      failures.push({ property, reason: `is a second ${kind} schedule; there can be one of each` });
    }
    seen.add(kind);
  });
  if (schedules.length > 3) {
    failures.push({ property: "backupSchedules", reason: "can have three entries at most" });
  }
  return failures;
}

function sourceRules(inputs: Props): Failure[] {
  const { source } = inputs;
  if (!isRecord(source)) return [];
  const values = [source.backupUid, source.addonId, source.backupId];
  if (values.some(isUnknown)) return [];
  const byUid = source.backupUid !== undefined;
  const byId = source.addonId !== undefined && source.backupId !== undefined;
  const others = ["projectId", "addonId", "backupId", "backupType"].some((key) =>
    isGiven(source[key]),
  );
  if (byUid ? !others : byId) return [];
  return [
    { property: "source", reason: "must have either backupUid alone, or addonId and backupId" },
  ];
}
