import type { ErrorObject } from "ajv";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import type { Document } from "./document";

/** More than this many findings about one body are repetition. */
const MAX_FINDINGS = 12;

const describe = (error: ErrorObject): string => {
  const extra: unknown =
    error.params.additionalProperty ??
    error.params.unevaluatedProperty ??
    error.params.allowedValues ??
    error.params.allowedValue;
  const detail = extra === undefined ? "" : ` (${JSON.stringify(extra)})`;
  return `${error.instancePath} ${error.message ?? error.keyword}${detail}`.trim();
};

/** Validates values against schemas of one document, named by their place; each is compiled once. */
export class SchemaValidator {
  private readonly ajv: Ajv2020;
  private readonly compiled = new Map<string, (value: unknown) => string[]>();

  constructor(private readonly document: Document) {
    this.ajv = new Ajv2020({
      strict: false,
      allErrors: true,
      validateSchema: false,
      logger: false,
    });
    addFormats(this.ajv);
    this.ajv.addSchema(document.root, document.platform);
  }

  /** What is wrong with the value; parameters and headers arrive as text, hence `fromText`. */
  violations(pointer: string, value: unknown, options: { fromText?: boolean } = {}): string[] {
    const validate = this.validator(pointer);
    const found = validate(value);
    if (found.length === 0 || options.fromText !== true || typeof value !== "string") return found;
    // A number in a query string or header is still text: judge what it stands for.
    const number = value.trim() === "" ? Number.NaN : Number(value);
    return Number.isNaN(number) ? found : validate(number);
  }

  private validator(pointer: string): (value: unknown) => string[] {
    const known = this.compiled.get(pointer);
    if (known) return known;
    const compiled = this.ajv.compile({ $ref: `${this.document.platform}${pointer}` });
    const made = (value: unknown): string[] => {
      if (compiled(value)) return [];
      return [...new Set((compiled.errors ?? []).map(describe))].slice(0, MAX_FINDINGS);
    };
    this.compiled.set(pointer, made);
    return made;
  }
}
