import { contractOf, type Platform } from "../../test/contract/contract";
import type { Located } from "../../test/contract/document";
import {
  isJsonObject,
  numberAt,
  objectAt,
  stringAt,
  stringsAt,
  type JsonObject,
  type JsonValue,
} from "../../test/contract/json";
import { entityOf, succeeded, type Exchange } from "./exchange";
import { notAsked, type Mark } from "./marks";

export interface Finding {
  readonly verdict: "confirmed" | "contradicted" | "open";
  readonly detail: string;
}

/** Of a mark that is of no kind that can be answered, which a test forbids. */
export const unanswered = "no exchange can tell";

const open = (detail: string): Finding => ({ verdict: "open", detail });
const confirmed = (detail: string): Finding => ({ verdict: "confirmed", detail });

/** What the exchanges say of each mark of a contract, by the kind of place at which it stands. */
export class Evidence {
  private readonly contract;
  /** Places of the contract's schemas that a value of the platform's own was at. */
  private readonly seen = new Set<string>();
  private readonly states = new Set<string>();

  constructor(
    platform: Platform,
    private readonly exchanges: readonly Exchange[],
  ) {
    this.contract = contractOf(platform);
    for (const exchange of exchanges) this.note(exchange);
  }

  of({ place, key }: Mark): Finding {
    const parts = place.split("/");
    const reason = notAsked.find(([known]) => known.test(place))?.[1];
    if (reason !== undefined) return open(`not asked: ${reason}`);
    if (parts[0] === "paths" && parts.length === pathLength(parts)) return this.operation(parts);
    if (parts[0] === "components") return this.component(place, parts);
    if (parts[0] === "x-server-checks") return this.check(parts, key);
    if (parts[0] === "x-lifecycle" && parts[1] === "groups") return this.state(this.nodeAt(parts));
    if (parts[0] === "x-lifecycle" && parts[1] === "statuses") {
      return this.state({ value: parts[2] ?? "" });
    }
    if (parts[0] === "x-lifecycle" && parts[1] === "transitions") {
      return this.transition(this.nodeAt(parts));
    }
    return open(unanswered);
  }

  /** States that the contract does not have. */
  unknownStates(): string[] {
    const text = JSON.stringify(this.contract.document.root["x-lifecycle"]);
    return [...this.states].filter((state) => !text.includes(`"${state}"`));
  }

  private note(exchange: Exchange): void {
    const { operation, status, request, response } = exchange;
    const state = stringAt(entityOf(exchange), "state") ?? stringAt(entityOf(exchange), "status");
    if (succeeded(exchange) && state !== undefined && /addon$/iu.test(operation)) {
      this.states.add(state);
    }
    const found = this.contract.operations.find(({ operationId }) => operationId === operation);
    if (found === undefined || exchange.violations.length > 0) return;
    const answer = this.contract.responseFor(found, status);
    if (answer !== undefined) {
      this.seen.add(answer.pointer);
      this.walk(this.schemaOf(answer), response);
    }
    if (!succeeded(exchange)) return;
    const body = this.contract.document.child(found.place, "requestBody");
    if (body !== undefined) this.walk(this.schemaOf(body), request);
  }

  private schemaOf(holder: Located): Located | undefined {
    return this.contract.document.child(holder, "content", "application/json", "schema");
  }

  private walk(schema: Located | undefined, value: JsonValue | undefined): void {
    if (schema === undefined || value === undefined) return;
    this.seen.add(schema.pointer);
    const { document } = this.contract;
    for (const key of ["allOf", "oneOf", "anyOf"]) {
      const list = schema.node[key];
      if (!Array.isArray(list)) continue;
      for (const [index, node] of list.entries()) {
        if (!isJsonObject(node)) continue;
        const branch = document.child(
          { pointer: `${schema.pointer}/${key}`, node: { [index]: node } },
          String(index),
        );
        if (branch !== undefined && this.contract.validateAt(branch.pointer, value).length === 0) {
          this.walk(branch, value);
        }
      }
    }
    if (Array.isArray(value)) {
      for (const item of value) this.walk(document.child(schema, "items"), item);
    } else if (isJsonObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        this.walk(document.child(schema, "properties", key), inner);
      }
    }
  }

  private operation(parts: readonly string[]): Finding {
    const path = parts.slice(1, -1).join("/");
    const method = parts.at(-1)?.toUpperCase();
    const found = this.contract.operations.find(
      (each) => each.path === path && each.method === method,
    );
    const all = this.exchanges.filter(({ operation }) => operation === found?.operationId);
    const good = all.filter(succeeded);
    if (good.length > 0) return confirmed(`answered ${statuses(good)}`);
    return open(all.length === 0 ? "not called" : `answered ${statuses(all)} only`);
  }

  private component(place: string, parts: readonly string[]): Finding {
    const pointer = `#/${parts.map((part) => encodeURIComponent(part)).join("/")}`;
    return this.seen.has(pointer)
      ? confirmed("seen")
      : open(`not seen: ${place.split("/").at(-1) ?? ""}`);
  }

  private check(parts: readonly string[], key: string): Finding {
    const node = this.nodeAt(parts);
    const id = stringAt(node, "id") ?? "";
    const sent = this.exchanges.filter(({ step }) => step === `check ${id}`);
    const [first] = sent;
    if (first === undefined) return open("not tried");
    const wanted = numberAt(node, "status");
    if (first.status === wanted) return confirmed(`answered ${first.status}`);
    const isRefused = first.status >= 400;
    if (isRefused && key === "x-evidence") return confirmed(`refused, with ${first.status}`);
    return {
      verdict: "contradicted",
      detail: `answered ${first.status} and not ${wanted ?? ""}; correct the check ${id}, and the emulator's`,
    };
  }

  private state({ value }: JsonObject): Finding {
    return typeof value === "string" && this.states.has(value)
      ? confirmed("seen")
      : open("not seen");
  }

  /** What the add-on's states were after the operation, until the one that it should come to. */
  private transition(node: JsonObject): Finding {
    const operation = stringAt(node, "operation");
    const word = (stringAt(node, "input") ?? stringAt(node, "when") ?? "").split(" ")[0] ?? "";
    const start = this.exchanges.findIndex(
      (each) =>
        each.operation === operation &&
        succeeded(each) &&
        (word === "" || JSON.stringify(each.request ?? "").includes(`"${word}"`)),
    );
    const first = this.exchanges[start];
    if (first === undefined) return open("not made");
    const goal = stringAt(node, "to") ?? "";
    const later = this.exchanges
      .slice(start + 1)
      .filter((each) => each.operation === "getAddon" && sameAddon(first, each));
    const passed = new Set<string>();
    for (const each of later) {
      const entity = entityOf(each);
      const state =
        each.status === 404
          ? "absent"
          : (stringAt(entity, "state") ?? stringAt(entity, "status") ?? "");
      if (this.wordsFor(goal).includes(state)) {
        return confirmed(
          passed.size === 0 ? `to ${state}` : `by ${[...passed].join(", ")} to ${state}`,
        );
      }
      passed.add(state);
    }
    return open(passed.size === 0 ? "not followed" : `went to ${[...passed].join(", ")}`);
  }

  /** A state, or all of a group. */
  private wordsFor(name: string): string[] {
    const groups = objectAt(objectAt(this.contract.document.root, "x-lifecycle"), "groups");
    const group = groups[name];
    if (!Array.isArray(group)) return [name];
    return group.flatMap((each) =>
      typeof each === "string"
        ? [each]
        : isJsonObject(each)
          ? stringsAt({ all: [each.value ?? ""] }, "all")
          : [],
    );
  }

  private nodeAt(parts: readonly string[]): JsonObject {
    let node: JsonValue | undefined = this.contract.document.root;
    for (const part of parts) {
      if (Array.isArray(node)) node = node[Number(part)];
      else node = isJsonObject(node) ? node[part] : undefined;
    }
    return isJsonObject(node) ? node : {};
  }
}

const statuses = (exchanges: readonly Exchange[]) =>
  [...new Set(exchanges.map(({ status }) => status))].join(", ");

/** Paths have slashes themselves: the operation's own marks end with the method. */
const pathLength = (parts: readonly string[]) =>
  /^(?:get|put|post|patch|delete)$/u.test(parts.at(-1) ?? "") ? parts.length : -1;

function sameAddon(first: Exchange, later: Exchange): boolean {
  const entity = entityOf(first);
  const id = stringAt(entity, "uuid") ?? stringAt(entity, "id");
  return (
    later.path.includes("/addons/") &&
    (first.path.startsWith(later.path) || later.path.endsWith(`/addons/${id ?? ""}`))
  );
}
