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

export const destination = codec.struct({
  destinationId: resourceId,
  "retentionTime?": codec.whole("days", 1),
  type: codec.oneOf("custom"),
});

export const schedule = codec.struct({
  scheduling: codec.struct({
    interval: codec.oneOf("hourly", "daily", "weekly"),
    minute: codec.list(codec.whole("", 0, 59)),
    "hour?": codec.list(codec.whole("", 0, 23)),
    "day?": codec.list(codec.whole("", 0, 6)),
  }),
  backupType: codec.oneOf("dump", "snapshot"),
  "customDestinationId?": resourceId,
  "additionalDestinations?": codec.list(destination),
  "compressionType?": codec.oneOf("gz", "zstd"),
  retentionTime: codec.whole("days", 1),
});

export const address = codec.input(
  { type: "string" },
  "must be an IPv4 or IPv6 address or a CIDR range, such as 192.0.2.10 or 2001:db8::/32",
  (value) => typeof value === "string" && isAddress(value),
);
