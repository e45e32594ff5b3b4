import { existsSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { isRecord, numbersOf, recordAt, textOf, textsOf, type JsonRecord } from "./json";

/** One event of the engine: `summaryEvent`, `resourcePreEvent`, … and what it carries. */
export interface EngineEvent {
  readonly kind: string;
  readonly body: JsonRecord;
}

/** What the engine did, or in a preview would do, with one resource. */
export interface Step {
  /**
   * `create`, `same`, `update`, `delete`; a replacement is `delete-replaced`, `replace` and
   * `create-replacement`; for a refresh what it found: `same`, `update` or `delete`.
   */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** The last part of the URN. */
  readonly name: string;
  /** The inputs that differ, by name. The engine hides secret values here, so those never differ. */
  readonly diffs: readonly string[];
  /** The inputs that require the replacement. */
  readonly replaces: readonly string[];
  readonly failed: boolean;
}

/** A message for the user. */
export interface Diagnostic {
  readonly severity: string;
  readonly message: string;
  /** The resource it is about, or "". */
  readonly urn: string;
}

/** The events that the engine logged. A killed engine may leave half a line, which is left out. */
export function readEvents(file: string): EngineEvent[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line) => {
    let event: unknown;
    try {
      event = JSON.parse(line);
    } catch {
      return [];
    }
    const kind = Object.keys(recordAt(event)).find((key) => key.endsWith("Event"));
    if (kind === undefined) return [];
    const body = recordAt(event, kind);
    // What the SDK says at debug level is shown with --debug only. It holds the secrets of every
    // provider's resources in plain text; test/engine/canaries.test.ts says which lines these are.
    return body.severity === "debug" ? [] : [{ kind, body }];
  });
}

/** How many resources were created, updated, … as the last summary says. */
export function changesIn(events: readonly EngineEvent[]): Record<string, number> {
  const summary = events.filter((event) => event.kind === "summaryEvent").at(-1);
  return numbersOf(summary?.body.resourceChanges);
}

export function stepsIn(events: readonly EngineEvent[]): Step[] {
  const steps: Step[] = [];
  const places = new Map<string, number>();
  for (const { kind, body } of events) {
    const metadata = recordAt(body, "metadata");
    const urn = textOf(metadata.urn);
    if (kind === "resourcePreEvent") {
      places.set(`${textOf(metadata.op)} ${urn}`, steps.length);
      steps.push(stepOf(metadata));
      continue;
    }
    const place = places.get(`${textOf(metadata.op)} ${urn}`) ?? places.get(`refresh ${urn}`);
    const step = place === undefined ? undefined : steps[place];
    if (place === undefined || step === undefined) continue;
    if (kind === "resOpFailedEvent") steps[place] = { ...step, failed: true };
    // Only at its end a refresh knows what it has found.
    if (kind === "resOutputsEvent" && step.op === "refresh") steps[place] = stepOf(metadata);
  }
  return steps;
}

function stepOf(metadata: JsonRecord): Step {
  const urn = textOf(metadata.urn);
  const before = recordAt(metadata, "old", "inputs");
  const after = recordAt(metadata, "new", "inputs");
  const both = isRecord(metadata.old) && isRecord(metadata.new);
  const keys = both ? new Set([...Object.keys(before), ...Object.keys(after)]) : [];
  return {
    op: textOf(metadata.op),
    urn,
    type: textOf(metadata.type),
    name: nameIn(urn),
    diffs: [...keys].filter((key) => !isDeepStrictEqual(before[key], after[key])).sort(),
    replaces: textsOf(metadata.keys),
    failed: false,
  };
}

function nameIn(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

export function diagnosticsIn(events: readonly EngineEvent[]): Diagnostic[] {
  return events
    .filter((event) => event.kind === "diagnosticEvent")
    .map(({ body }) => ({
      severity: textOf(body.severity),
      message: textOf(body.message),
      urn: textOf(body.urn),
    }));
}

/** One resource in the state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: JsonRecord;
  readonly outputs: JsonRecord;
  readonly initErrors: readonly string[];
}

export function resourcesIn(deployment: JsonRecord): StateResource[] {
  const resources = recordAt(deployment, "deployment").resources ?? deployment.resources;
  if (!Array.isArray(resources)) return [];
  return resources.filter(isRecord).map((resource) => ({
    urn: textOf(resource.urn),
    type: textOf(resource.type),
    name: nameIn(textOf(resource.urn)),
    id: textOf(resource.id),
    inputs: recordAt(resource, "inputs"),
    outputs: recordAt(resource, "outputs"),
    initErrors: textsOf(resource.initErrors),
  }));
}
