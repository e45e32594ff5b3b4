import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import {
  booleanAt,
  isJsonObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from "./json";

export type Platform = "miget" | "northflank";

export const platforms: readonly Platform[] = ["miget", "northflank"];

/** A node of the document together with where it stands, since schemas are compiled by their place. */
export interface Located {
  readonly pointer: string;
  readonly node: JsonObject;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: string;
  readonly example?: JsonValue;
}

export interface Operation {
  readonly platform: Platform;
  readonly operationId: string;
  /** In capitals, as in a request line. */
  readonly method: string;
  /** The path template, such as `/v1/projects/{projectId}/addons`. */
  readonly path: string;
  readonly permission?: string;
  /** Also served below `/v1/teams/{teamId}`. */
  readonly teamForm: boolean;
  readonly parameters: readonly Parameter[];
  readonly place: Located;
}

const methods = ["get", "put", "post", "patch", "delete"] as const;

const escape = (key: string) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));

export class Document {
  readonly root: JsonObject;

  constructor(readonly platform: Platform) {
    const file = join(__dirname, `${platform}.openapi.yaml`);
    const root: unknown = parse(readFileSync(file, "utf8"));
    if (!isJsonObject(root)) throw new Error(`${file} holds no object`);
    this.root = root;
  }

  /** The member of a node, with a reference in its place followed. Undefined where there is none. */
  child(at: Located, ...keys: string[]): Located | undefined {
    let place = at;
    for (const key of keys) {
      const node = place.node[key];
      if (!isJsonObject(node)) return undefined;
      place = this.follow({ pointer: `${place.pointer}/${escape(key)}`, node });
    }
    return place;
  }

  at(...keys: string[]): Located | undefined {
    return this.child({ pointer: "#", node: this.root }, ...keys);
  }

  /** The place of a schema itself: a `$ref` there is the schema compiler's business. */
  schemaPointer(at: Located, ...keys: string[]): string | undefined {
    const holder = this.child(at, ...keys);
    return holder && isJsonObject(holder.node.schema) ? `${holder.pointer}/schema` : undefined;
  }

  operations(): Operation[] {
    const found: Operation[] = [];
    for (const path of Object.keys(objectAt(this.root, "paths"))) {
      const item = this.at("paths", path);
      if (!item) continue;
      for (const method of methods) {
        const place = this.child(item, method);
        const operationId = place && stringAt(place.node, "operationId");
        if (!place || operationId === undefined) continue;
        const permission = stringAt(place.node, "x-permission");
        found.push({
          platform: this.platform,
          operationId,
          method: method.toUpperCase(),
          path,
          ...(permission !== undefined && { permission }),
          teamForm: booleanAt(item.node, "x-team-prefix") ?? false,
          parameters: [...this.parametersOf(item), ...this.parametersOf(place)],
          place,
        });
      }
    }
    return found;
  }

  private parametersOf(holder: Located): Parameter[] {
    const list = holder.node.parameters;
    if (!Array.isArray(list)) return [];
    return list.flatMap((entry, index) => {
      if (!isJsonObject(entry)) return [];
      const { pointer, node } = this.follow({
        pointer: `${holder.pointer}/parameters/${index}`,
        node: entry,
      });
      const name = stringAt(node, "name");
      const where = stringAt(node, "in");
      if (name === undefined || where === undefined) return [];
      const example = node.example;
      return [
        {
          name,
          in: where,
          required: booleanAt(node, "required") ?? false,
          schema: `${pointer}/schema`,
          ...(example !== undefined && { example }),
        },
      ];
    });
  }

  private follow(place: Located): Located {
    const reference = stringAt(place.node, "$ref");
    if (reference === undefined) return place;
    const keys = reference
      .replace(/^#\//, "")
      .split("/")
      .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));
    const target = this.at(...keys);
    if (!target) throw new Error(`${this.platform}: nothing at ${reference}`);
    return target;
  }
}
