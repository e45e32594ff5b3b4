import { longestKey } from "../http/decode";
import { truncate, sanitize } from "../http/redact";
import { deepest, secretPathsField, tooDeep, urnField, userProps } from "../fields/common";
import { changesOf } from "./diff";
import { mostInputs, sizeOf } from "./fit-header";
import type { RemoteAddon, AddonKind } from "./kind";
import { type Failure, type Setting, withDefaults } from "../fields/field";
import { replacementRefused } from "./replacement-refused";
import { SecretInputs } from "../fields/secret-inputs";
import { type PlacedFailure, shapeFailures, upTo } from "../fields/validate";
import { at, isUnknown, type Props, unknownValue, withAt } from "../fields/values";

export interface Checked {
  readonly inputs: Record<string, unknown>;
  readonly failures: Failure[];
}

/** Decodes the inputs, fills in defaults, and refuses what cannot work or would destroy data. */
export function check<E extends RemoteAddon>(
  kind: AddonKind<E>,
  olds: Props,
  news: Props,
  setting: (setting: Setting) => string | undefined,
): Checked {
  const secret = new SecretInputs(kind.fields, [news, olds]);
  const given = userProps(news);
  const wrong = [...depthFailures(news), ...shapeFailures(kind.fields, given, secret)];
  // What is wrong already counts as not known, so that no rule complains about it a second time; no
  // rule knows of a property that is no input.
  const places = new Set(
    wrong.filter(({ property }) => property !== "").map(({ path }) => path.split("[", 1)[0] ?? ""),
  );
  const known = [...places].reduce<Props>((props, input) => {
    return at(props, input) === undefined ? props : withAt(props, input, unknownValue);
  }, given);
  const inputs = withDefaults(kind.fields, known, setting);
  const failures = [
    ...wrong,
    ...kind.rules(inputs).map(placed),
    ...refusals(kind, userProps(olds), inputs, secret),
    ...sizeFailures(given),
  ];
  const secrets = secret.values();
  const listed = news[secretPathsField];
  const paths = Array.isArray(listed) ? listed.filter((path) => typeof path === "string") : [];
  const urn = news[urnField];
  return {
    inputs: {
      ...withDefaults(kind.fields, given, setting),
      ...(paths.length > 0 ? { [secretPathsField]: paths } : {}),
      ...(typeof urn === "string" ? { [urnField]: urn } : {}),
    },
    failures: upTo(mostFailures, failures, (failure) => failure).map(
      ({ path, property, reason }) => ({
        // The engine prints the value of a property that is named here.
        property: secret.has(path) || secret.has(property) ? "" : property,
        reason: sanitize(`${path} ${reason}${originOf(path, given, urn)}`, secrets),
      }),
    ),
  };
}

/** Where a value comes from that the program did not give. */
function originOf(path: string, { name }: Props, urn: unknown): string {
  const isOwn = path === "name" && typeof urn === "string" && urn.endsWith(`::${String(name)}`);
  return isOwn ? ". It is the resource's name; give the input `name` to set another" : "";
}

/** Failures of one resource that are told; the rest is counted. */
const mostFailures = 50;

/** The parts that are too deep were left out of all else, so that they break nothing. */
function depthFailures(news: Props): PlacedFailure[] {
  return tooDeep(news).map((key) => ({
    property: "",
    path: truncate(key, longestKey),
    reason: `is nested too deeply: an input can have ${deepest} levels`,
  }));
}

/** A rule names the exact place; the property is what the engine knows of it. */
function placed({ property, reason }: Failure): PlacedFailure {
  return { property: property.split(/[.[]/u, 1)[0] ?? "", path: property, reason };
}

/** Changes that would destroy the add-on's data, unless the program and the state allow that. */
function refusals<E extends RemoteAddon>(
  { fields }: AddonKind<E>,
  olds: Props,
  news: Props,
  secret: SecretInputs,
): PlacedFailure[] {
  const { allowReplace, adopt } = news;
  if (Object.keys(olds).length === 0) return [];
  const all = changesOf(fields, olds, news).filter(({ kind }) => kind === "replace");
  const isOther = all.some(({ path }) => path === "type");
  // An add-on of another type has another version and other settings: the type alone says it all.
  const replacing = all.filter(({ path, field }) => {
    return !isOther || (path !== "version" && field.types === undefined);
  });
  const isProtected = olds.deletionProtection === true;
  if (!isProtected && (allowReplace === true || isUnknown(allowReplace))) {
    if (replacing.length === 0 || typeof adopt !== "string") return [];
    const paths = replacing.map(({ path }) => path).join(", ");
    const reason = `names the add-on ${JSON.stringify(adopt)}, which the change of ${paths} would delete. Remove adopt, and a new add-on is created`;
    return [{ property: "adopt", path: "adopt", reason }];
  }
  return replacing.map((change) => ({
    property: change.path,
    path: change.path,
    reason: isProtected
      ? `needs a replacement, which would delete the add-on with its data, and deletionProtection is true in the state. Undo the change; to replace it all the same, set deletionProtection: false, run \`pulumi up\`, and change it then`
      : replacementRefused(change, secret),
  }));
}

/** Inputs have to fit into the message of a failure, which is all that the engine then records. */
function sizeFailures(news: Props): PlacedFailure[] {
  const size = sizeOf(userProps(news));
  if (size <= mostInputs) return [];
  const reason = `are too long together: ${size} bytes; there is room for ${mostInputs}`;
  return [{ property: "", path: "the inputs", reason }];
}
