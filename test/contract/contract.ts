import { Document, platforms, type Located, type Operation, type Platform } from "./document";
import { isJsonObject, objectAt, stringAt, type JsonObject } from "./json";
import { matchPath, type PathMatch } from "./paths";
import { SchemaValidator } from "./validator";

export type { Operation, Platform } from "./document";
export { platforms } from "./document";
export { examples, type Example } from "./examples";

export interface RequestFacts {
  readonly method: string;
  /** Without the query string, still percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** The decoded JSON body; undefined where none was sent. */
  readonly body?: unknown;
}

export interface ResponseFacts {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

const isJsonType = (type: string | undefined) =>
  type !== undefined && /^application\/(?:[\w.-]+\+)?json\b/i.test(type);

/** One platform's API description, with the power to judge requests and responses by it. */
export class Contract {
  readonly operations: readonly Operation[];
  readonly document: Document;
  private readonly schemas: SchemaValidator;

  constructor(readonly platform: Platform) {
    this.document = new Document(platform);
    this.operations = this.document.operations();
    this.schemas = new SchemaValidator(this.document);
  }

  operationFor(method: string, path: string): PathMatch | undefined {
    return matchPath(this.operations, method, path);
  }

  /** Judges a value by a schema that the document names, such as `AddonCreateInPractice`. */
  validateSchema(name: string, value: unknown): string[] {
    return this.validateAt(`#/components/schemas/${name}`, value);
  }

  /** Judges a value by the schema at a place of the document. */
  validateAt(pointer: string, value: unknown): string[] {
    return this.schemas.violations(pointer, value);
  }

  validateRequest(request: RequestFacts): string[] {
    const match = this.operationFor(request.method, request.path);
    if (!match) return [`${request.method} ${request.path}: no such operation`];
    const { operation } = match;
    const found = [
      ...this.parameterViolations(operation, "path", match.params),
      ...this.parameterViolations(operation, "query", request.query ?? {}),
      ...this.parameterViolations(operation, "header", request.headers ?? {}),
      ...this.bodyViolations(operation, request),
    ];
    return found.map((text) => `${operation.operationId} request: ${text}`);
  }

  validateResponse(response: ResponseFacts): string[] {
    const match = this.operationFor(response.method, response.path);
    if (!match) return [`${response.method} ${response.path}: no such operation`];
    const label = `${match.operation.operationId} response ${response.status}`;
    const documented = this.responseFor(match.operation, response.status);
    if (!documented) return [`${label}: status not documented`];
    return this.answerViolations(documented, response).map((text) => `${label}: ${text}`);
  }

  /** The request schema that judges this very body, or undefined where the operation takes none. */
  requestSchemaFor(operation: Operation, body: unknown): string | undefined {
    const { document } = this;
    const whole = document.schemaPointer(
      operation.place,
      "requestBody",
      "content",
      "application/json",
    );
    if (whole === undefined || !isJsonObject(body)) return whole;
    const type = stringAt(body, "type");
    if (this.platform === "northflank" && /^(create|put)Addon$/.test(operation.operationId)) {
      return isNativeAddon(body) ? "#/components/schemas/AddonCreateNative" : whole;
    }
    // Findings about one variant read better than findings about all of them.
    const content = document.child(operation.place, "requestBody", "content", "application/json");
    const schema = content && document.child(content, "schema");
    const mapping = objectAt(objectAt(schema?.node ?? {}, "discriminator"), "mapping");
    return (type === undefined ? undefined : stringAt(mapping, type)) ?? whole;
  }

  /** An exact status beats a range such as `2XX`. */
  responseFor(operation: Operation, status: number): Located | undefined {
    const range = `${String(status).slice(0, 1)}XX`;
    return (
      this.document.child(operation.place, "responses", String(status)) ??
      this.document.child(operation.place, "responses", range)
    );
  }

  private parameterViolations(
    operation: Operation,
    where: string,
    values: Readonly<Record<string, string | undefined>>,
  ): string[] {
    const found: string[] = [];
    const documented = operation.parameters.filter((parameter) => parameter.in === where);
    for (const parameter of documented) {
      const name = where === "header" ? parameter.name.toLowerCase() : parameter.name;
      const value = values[name];
      if (value === undefined) {
        if (parameter.required) found.push(`${where} parameter ${name} is missing`);
        continue;
      }
      for (const text of this.schemas.violations(parameter.schema, value, { fromText: true })) {
        found.push(`${where} parameter ${name} ${text}`);
      }
    }
    if (where === "query") {
      const names = new Set(documented.map((parameter) => parameter.name));
      for (const name of Object.keys(values)) {
        if (!names.has(name)) found.push(`query parameter ${name} is not documented`);
      }
    }
    return found;
  }

  private bodyViolations(operation: Operation, request: RequestFacts): string[] {
    const { body } = request;
    const description = this.document.child(operation.place, "requestBody");
    if (!description) return body === undefined ? [] : ["takes no body, but one was sent"];
    if (body === undefined) return description.node.required === true ? ["body is missing"] : [];
    if (request.headers && !isJsonType(request.headers["content-type"])) {
      return ["content-type of the body is not JSON"];
    }
    const schema = this.requestSchemaFor(operation, body);
    if (schema === undefined) return [];
    return this.schemas.violations(schema, body).map((text) => `body ${text}`);
  }

  private answerViolations(documented: Located, response: ResponseFacts): string[] {
    const found: string[] = [];
    const headers = response.headers ?? {};
    for (const name of Object.keys(objectAt(documented.node, "headers"))) {
      const value = headers[name.toLowerCase()];
      const place = this.document.child(documented, "headers", name);
      if (value === undefined || !place) continue;
      const texts = this.schemas.violations(`${place.pointer}/schema`, value, { fromText: true });
      found.push(...texts.map((text) => `header ${name} ${text}`));
    }
    const schema = this.document.schemaPointer(documented, "content", "application/json");
    if (schema === undefined) {
      return response.body === undefined ? found : [...found, "documented without a body"];
    }
    if (response.body !== undefined && response.headers && !isJsonType(headers["content-type"])) {
      found.push("content-type of the body is not JSON");
    }
    // An absent body counts as null: schemas of actions whose body may be missing allow that.
    const body = response.body === undefined ? null : response.body;
    return [...found, ...this.schemas.violations(schema, body).map((text) => `body ${text}`)];
  }
}

const nativeTypes = new Set(["postgresql", "mysql", "mongodb", "redis", "minio", "rabbitmq"]);

/** Custom (Helm) addons and buckets have neither a version nor billing. */
function isNativeAddon(body: JsonObject): boolean {
  if (nativeTypes.has(stringAt(body, "type") ?? "")) return true;
  return "version" in body || "billing" in body;
}

const loaded = new Map<Platform, Contract>();

/** The platform's contract, loaded once. */
export function contractOf(platform: Platform): Contract {
  const known = loaded.get(platform);
  if (known) return known;
  const made = new Contract(platform);
  loaded.set(platform, made);
  return made;
}

/** Every operation of both platforms. */
export const operations = (): Operation[] =>
  platforms.flatMap((platform) => [...contractOf(platform).operations]);
