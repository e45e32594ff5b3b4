import * as codec from "../fields/codecs";
import { isAddress } from "./addresses";

/** Codecs of inputs that are more than a plain text, number or switch. */

export const resourceId = codec.matching(
  /^(?=.{3,100}$)[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/u,
  "must be 3 to 100 letters, digits and single hyphens between them",
);

export const slug = codec.matching(
  /^[A-Za-z0-9-]+$/u,
  "must be an id: letters, digits and hyphens",
);

const address = codec.input(
  { type: "string" },
  "must be an IPv4 or IPv6 address or a CIDR range, such as 192.0.2.10 or 2001:db8::/32",
  (value) => typeof value === "string" && isAddress(value),
);

export const ipPolicy = codec.struct(
  {
    addresses: [codec.list(address), "IPv4 or IPv6 addresses or CIDR ranges."],
    action: [codec.oneOf("ALLOW", "DENY"), "Whether these may connect or may not."],
  },
  { name: "NorthflankIpPolicy", doc: "Who may, or may not, connect from outside." },
);

const destination = codec.struct({
  destinationId: [resourceId, "Id of the destination."],
  "retentionTime?": [codec.whole("days", 1), "How many days a backup is kept there."],
  type: [codec.oneOf("custom"), "Kind of destination; there is one: `custom`."],
});

const scheduling = codec.struct({
  interval: [codec.oneOf("hourly", "daily", "weekly"), "How often."],
  minute: [codec.list(codec.whole("", 0, 59)), "Minutes of the hour, from 0 to 59."],
  "hour?": [
    codec.list(codec.whole("", 0, 23)),
    "Hours of the day, from 0 to 23; for `daily` and `weekly`.",
  ],
  "day?": [
    codec.list(codec.whole("", 0, 6)),
    "Days of the week, from 0 for Monday to 6; for `weekly`.",
  ],
});

export const schedule = codec.struct(
  {
    scheduling: [
      scheduling,
      "When backups are made: how often, and at which minutes, hours and days.",
    ],
    backupType: [
      codec.oneOf("dump", "snapshot"),
      "Kind of backup. There can be one schedule for each interval and kind.",
    ],
    "customDestinationId?": [
      resourceId,
      "Id of a destination of the account's own, where dumps go; for dumps only.",
    ],
    "additionalDestinations?": [
      codec.list(destination),
      "Where snapshots go besides; for snapshots only.",
    ],
    "compressionType?": [codec.oneOf("gz", "zstd"), "How a dump is packed; for dumps only."],
    retentionTime: [codec.whole("days", 1), "How many days a backup is kept."],
  },
  {
    name: "NorthflankBackupSchedule",
    doc: "When backups are made and how long they are kept.",
  },
);
