import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  isJsonObject,
  objectAt,
  objectsAt,
  parseJson,
  stringAt,
  stringsAt,
  type JsonObject,
} from "../../contract/json";
import { Code, type Args, type Declared, type Value } from "../program";
import { repository } from "../../support/pack";

/** An add-on of a kept state: how it was declared, and what becomes of it afterwards. */
export interface KeptAddon {
  readonly name: string;
  readonly class: Declared["class"];
  readonly args: JsonObject;
  readonly options: JsonObject;
  /** Inputs that the program makes secret. */
  readonly secret: readonly string[];
  /** A change in place. */
  readonly update: JsonObject;
  /** How its life stands: whole, or left unfinished by its creation. */
  readonly life: "whole" | "unfinished";
}

/** What a release left behind: its state, the program, and the platforms as they were then. */
export interface KeptState {
  readonly addons: readonly KeptAddon[];
  readonly state: JsonObject;
  readonly miget: readonly JsonObject[];
  readonly northflank: readonly JsonObject[];
}

const folder = join(repository, "test", "engine", "states");

/** The versions of which a state is kept. */
export function keptVersions(): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

export function readKept(version: string): KeptState {
  const platforms = read(version, "platforms");
  return {
    addons: objectsAt(read(version, "program"), "addons").map(addonOf),
    state: read(version, "state"),
    miget: objectsAt(platforms, "miget"),
    northflank: objectsAt(platforms, "northflank"),
  };
}

export function writeKept(version: string, kept: KeptState): void {
  mkdirSync(join(folder, version), { recursive: true });
  write(version, "program", { addons: kept.addons });
  write(version, "platforms", { miget: kept.miget, northflank: kept.northflank });
  write(version, "state", kept.state);
}

/** The add-on as a program declares it, with some inputs changed. */
export function declaredFrom(kept: KeptAddon, changes: JsonObject = {}): Declared {
  const values = { ...kept.args, ...changes };
  const args = Object.entries(values).map(([name, value]): [string, Value] => {
    const text = JSON.stringify(value);
    return [name, new Code(kept.secret.includes(name) ? `pulumi.secret(${text})` : text)];
  });
  return {
    name: kept.name,
    class: kept.class,
    args: Object.fromEntries(args),
    options: codes(kept.options),
  };
}

function codes(values: JsonObject): Args {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, new Code(JSON.stringify(value))]),
  );
}

function addonOf(kept: JsonObject): KeptAddon {
  return {
    name: stringAt(kept, "name") ?? "",
    class: stringAt(kept, "class") === "MigetAddon" ? "MigetAddon" : "NorthflankAddon",
    args: objectAt(kept, "args"),
    options: objectAt(kept, "options"),
    secret: stringsAt(kept, "secret"),
    update: objectAt(kept, "update"),
    life: stringAt(kept, "life") === "unfinished" ? "unfinished" : "whole",
  };
}

function read(version: string, name: string): JsonObject {
  const file = join(folder, version, `${name}.json`);
  const value = parseJson(readFileSync(file, "utf8"));
  if (!isJsonObject(value)) throw new Error(`${file} holds no object`);
  return value;
}

function write(version: string, name: string, value: object): void {
  writeFileSync(join(folder, version, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`);
}
