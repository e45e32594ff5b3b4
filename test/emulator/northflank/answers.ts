import {
  isJsonObject,
  objectAt,
  without,
  type JsonObject,
  type JsonValue,
} from "../../contract/json";
import type { Answer } from "../exchange";
import type { EmulatorSettings } from "../options";
import type { Addon } from "./addon";
import { flat, nested, type Project } from "./view";
import type { NorthflankWorld } from "./world";

export const empty: Answer = { status: 200, body: { data: {} } };

export const data = (value: JsonObject): Answer => ({ status: 200, body: { data: value } });

/** Members that an answer need not have, left out where the options say so. */
const optionalMembers = ({ northflankUid, northflankTags }: EmulatorSettings): string[] => [
  ...(northflankUid ? [] : ["uid"]),
  ...(northflankTags ? [] : ["tags"]),
];

/** One addon in the nested shape. */
export function nestedAnswer(
  world: NorthflankWorld,
  addon: Addon,
  project: Project,
  at: number,
): Answer {
  const { settings } = world;
  return data(
    without(nested(addon, project, at, settings.northflankLifecycle), ...optionalMembers(settings)),
  );
}

/** Items of a list. */
export function listAnswer(world: NorthflankWorld, answer: Answer): Answer {
  const { body } = answer;
  const hidden = optionalMembers(world.settings);
  if (hidden.length === 0 || body === undefined || Array.isArray(body)) return answer;
  return { ...answer, body: stripped(body, hidden) };
}

function stripped(body: JsonObject, hidden: readonly string[]): JsonObject {
  const lists = Object.entries(objectAt(body, "data")).map(([key, list]): [string, JsonValue] => [
    key,
    Array.isArray(list)
      ? list.map((item) => (isJsonObject(item) ? without(item, ...hidden) : item))
      : (list ?? null),
  ]);
  return { ...body, data: Object.fromEntries(lists) };
}

/** The answer of create, put and patch: flat, or in the shape of 2021. */
export function writtenAnswer(
  world: NorthflankWorld,
  addon: Addon,
  project: Project,
  at: number,
  withTimes: boolean,
): Answer {
  const shape = flat(addon, project, at, withTimes);
  if (world.settings.northflankCreateShape === "flat") return data(shape);
  const answer = nestedAnswer(world, addon, project, at);
  return { ...answer, judged: { data: shape } };
}
