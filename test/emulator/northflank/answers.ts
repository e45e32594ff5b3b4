import {
  isJsonObject,
  objectAt,
  without,
  type JsonObject,
  type JsonValue,
} from "../../contract/json";
import type { Answer } from "../exchange";
import type { Addon } from "./addon";
import { flat, nested, type Project } from "./view";
import type { NorthflankWorld } from "./world";

export const empty: Answer = { status: 200, body: { data: {} } };

export const data = (value: JsonObject): Answer => ({ status: 200, body: { data: value } });

const withoutUid = (object: JsonObject): JsonObject => without(object, "uid");

/** One addon in the nested shape, without its uid where the option says so. */
export function nestedAnswer(
  world: NorthflankWorld,
  addon: Addon,
  project: Project,
  at: number,
): Answer {
  const full = nested(addon, project, at);
  if (world.settings.northflankUid) return data(full);
  return { ...data(withoutUid(full)), judged: { data: full } };
}

/** Items of a list, without their uid where the option says so; judged as if they had it. */
export function listAnswer(world: NorthflankWorld, answer: Answer): Answer {
  const { body } = answer;
  if (world.settings.northflankUid || body === undefined || Array.isArray(body)) return answer;
  return { ...answer, body: stripped(body), judged: body };
}

function stripped(body: JsonObject): JsonObject {
  const lists = Object.entries(objectAt(body, "data")).map(([key, list]): [string, JsonValue] => [
    key,
    Array.isArray(list)
      ? list.map((item) => (isJsonObject(item) ? withoutUid(item) : item))
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
