import type { Props } from "../../../src/fields/values";
import type { Checks } from "../../unit/support/platforms";
import { editedProps, type Path, placesIn, valueAt } from "./edit";

export interface Hidden {
  /** The program with its secrets, and the list of the inputs that the user made secret. */
  readonly news: Props;
  /** What must be seen nowhere. */
  readonly markers: readonly string[];
}

/** Texts that may be anything, so that a marker can stand in their place. */
const free = [
  ...["label", "replicationUsername", "externalHost", "caCrt", "tlsCrt", "s3Endpoint"],
  ...["s3Bucket", "s3Path", "passwordVersion", "description", "customCredentials.dbName"],
  ...["tags", "stageId", "metadata.labels", "metadata.annotations", "billing.deploymentPlan"],
  ...["billing.storageClass", "source.addonId", "backupSchedules.customDestinationId"],
];

/** Makes some inputs secret and puts a text into each that stands nowhere else. */
export function hideSecrets(checks: Checks, program: Props, picked: number[], id: string): Hidden {
  const code = id.replaceAll("-", "");
  const starred = Object.keys(program).filter((path) => checks.table[path]?.secret === true);
  const open = placesIn(program).filter((path) => {
    return typeof valueAt(program, path) === "string" && free.includes(namesOf(path, 2));
  });
  const chosen = picked.map((choice) => open[choice % Math.max(1, open.length)]);
  const paths: Path[] = [...starred.map((path) => [path]), ...distinct(chosen)];
  const markers = paths.map((_, index) => `s${code.slice(index, index + 11)}`);
  const news = paths.reduce<Props>((props, path, index) => {
    return editedProps(props, path, markers[index]);
  }, program);
  const listed = paths.slice(starred.length).map((path) => namesOf(path, path.length));
  return { news: { ...news, __secretInputs: listed }, markers };
}

function distinct(paths: readonly (Path | undefined)[]): Path[] {
  const named = paths.flatMap((path) =>
    path === undefined ? [] : [[path.join("."), path] as const],
  );
  return [...new Map(named).values()];
}

/** The names on a path, without the positions in lists. */
function namesOf(path: Path, length: number): string {
  return path
    .filter((key) => typeof key === "string")
    .slice(0, length)
    .join(".");
}
