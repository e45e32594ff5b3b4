import fc from "fast-check";
import { isRecord, type Props } from "../../../src/fields/values";

const minute = fc.array(fc.nat(59), { minLength: 1, maxLength: 2 });
const hour = fc.array(fc.nat(23), { minLength: 1, maxLength: 2 });
const day = fc.array(fc.nat(6), { minLength: 1, maxLength: 3 });
const retentionTime = fc.integer({ min: 1, max: 10 });
const destination = fc.stringMatching(/^[a-z]{3,8}$/u);

const scheduling = fc.oneof(
  fc.record({ interval: fc.constant("hourly"), minute }),
  fc.record({ interval: fc.constant("daily"), minute, hour }),
  fc.record({ interval: fc.constant("weekly"), minute, hour, day }),
);

const dump = fc.record(
  {
    scheduling,
    backupType: fc.constant("dump"),
    retentionTime,
    customDestinationId: destination,
    compressionType: fc.constantFrom("gz", "zstd"),
  },
  { requiredKeys: ["scheduling", "backupType", "retentionTime"] },
);

const copies = fc.array(
  fc.record(
    { destinationId: destination, type: fc.constant("custom"), retentionTime },
    { requiredKeys: ["destinationId", "type"] },
  ),
  { maxLength: 2 },
);

const snapshot = fc.record(
  {
    scheduling,
    backupType: fc.constant("snapshot"),
    retentionTime,
    additionalDestinations: copies,
  },
  { requiredKeys: ["scheduling", "backupType", "retentionTime"] },
);

/** What there can be one of each. */
export function kindOf(schedule: Props): string {
  const { scheduling: times, backupType } = schedule;
  return JSON.stringify([isRecord(times) ? times.interval : null, backupType]);
}

/** Few enough that the platform's limit of 500 live backups is kept. */
export const schedules = fc.uniqueArray(fc.oneof(dump, snapshot), {
  selector: kindOf,
  maxLength: 3,
});
