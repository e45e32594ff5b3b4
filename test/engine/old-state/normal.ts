import {
  isJsonObject,
  objectAt,
  objectsAt,
  parseJson,
  without,
  type JsonObject,
} from "../../contract/json";
import { textOf, type JsonRecord } from "../../support/json";

const moment = "2026-01-02T03:04:05Z";
const providerType = "pulumi:providers:pulumi-nodejs";
const providerId = "00000000-0000-4000-8000-00000000beef";

/** Stands for the address of the emulator, which is another one in each run. */
export const keptOrigin = "http://127.0.0.1:1";

/**
 * An exported state without what differs from run to run and says nothing: when, in which
 * order, where in the program, the emulator's address, and the random id of the engine's own provider resource.
 */
export function normalState(exported: JsonRecord, origin: string): JsonObject {
  const state = parsed(JSON.stringify(exported));
  const deployment = objectAt(state, "deployment");
  const provider = objectsAt(deployment, "resources").find(({ type }) => type === providerType);
  const id = typeof provider?.id === "string" ? provider.id : providerId;
  const normal = {
    ...state,
    deployment: {
      // Its secrets are in plain text here, so how others were encrypted has no meaning.
      ...without(deployment, "secrets_providers"),
      manifest: { ...objectAt(deployment, "manifest"), time: moment },
      resources: objectsAt(deployment, "resources")
        .map((resource): JsonObject => ({
          ...without(resource, "sourcePosition", "stackTrace"),
          ...(resource.created === undefined ? {} : { created: moment }),
          ...(resource.modified === undefined ? {} : { modified: moment }),
        }))
        .sort((a, b) => placeOf(a) - placeOf(b) || textOf(a.urn).localeCompare(textOf(b.urn))),
    },
  };
  const text = JSON.stringify(normal).replaceAll(id, providerId);
  return parsed(text.replaceAll(origin, keptOrigin));
}

/** The engine's own resources come first, since the others need them; those may stand in any order. */
const placeOf = ({ type }: JsonObject) => ["pulumi:pulumi:Stack", providerType, type].indexOf(type);

function parsed(text: string): JsonObject {
  const value = parseJson(text);
  if (isJsonObject(value)) return value;
  throw new Error("the state is not a JSON object");
}
