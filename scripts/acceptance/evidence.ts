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
import type { Mark } from "./marks";
import { askedBy } from "./questions";
import { entityOf, succeeded, type Exchange } from "./recording";

export interface Finding {
  readonly verdict: "confirmed" | "contradicted" | "open";
  readonly detail: string;
}

const open = (detail: string): Finding => ({ verdict: "open", detail });
const confirmed = (detail: string): Finding => ({ verdict: "confirmed", detail });

const stateOf = (exchange: Exchange) =>
  stringAt(entityOf(exchange), "state") ?? stringAt(entityOf(exchange), "status");

/** What the exchanges say of each mark of a contract, by the kind of place at which it stands. */
export class Evidence {
  private readonly contract;
  private readonly unasked;
  /** Places of the contract's schemas that a value of the platform's own was at. */
  private readonly seen = new Set<string>();
  private readonly states = new Set<string>();
  private readonly keys = new Set<string>();

  constructor(
    platform: Platform,
    private readonly exchanges: readonly Exchange[],
  ) {
    this.contract = contractOf(platform);
    this.unasked = askedBy(platform)["x-unasked"].map(({ places, why }) => ({
      places: new RegExp(places, "u"),
      why,
    }));
    for (const exchange of exchanges) this.note(exchange);
  }

  of(mark: Mark): Finding {
    const { place } = mark;
    const [first = "", second = "", third = ""] = place.split("/");
    const found = this.found(mark, `${first}/${second}`, third);
    const { why } = this.unasked.find(({ places }) => places.test(place)) ?? {};
    return found.verdict === "open" && why !== undefined ? open(`not asked: ${why}`) : found;
  }

  /** States that the contract does not have. */
  unknownStates(): string[] {
    const text = JSON.stringify(this.contract.document.root["x-lifecycle"]);
    return [...this.states].filter((state) => !text.includes(`"${state}"`));
  }

  private found({ place, key, range }: Mark, kind: string, name: string): Finding {
    const node = this.nodeAt(place);
    if (range === undefined) return this.keys.has(key) ? confirmed("seen") : open("not seen");
    if (kind === "x-lifecycle/groups") return this.state(stringAt(node, "value") ?? "");
    if (kind === "x-lifecycle/statuses") return this.state(name);
    if (kind === "x-lifecycle/transitions") return this.transition(node);
    if (kind === "x-server-checks/checks") return this.check(node, key);
    const operation = this.contract.operations.find(
      ({ path, method }) => place === `paths/${path}/${method.toLowerCase()}`,
    );
    if (operation !== undefined) return this.operation(operation.operationId);
    const pointer = `#/${place.split("/").map(encodeURIComponent).join("/")}`;
    return this.seen.has(pointer) ? confirmed("seen") : open("not seen");
  }

  private note(exchange: Exchange): void {
    const { operation, status, request, response } = exchange;
    const state = stateOf(exchange);
    if (succeeded(exchange) && state !== undefined && /addon$/iu.test(operation)) {
      this.states.add(state);
    }
    if (operation === "getAddonCredentials") {
      for (const map of Object.values(entityOf(exchange))) {
        for (const key of Object.keys(isJsonObject(map) ? map : {})) this.keys.add(key);
      }
    }
    const found = this.contract.operations.find(({ operationId }) => operationId === operation);
    if (found === undefined || exchange.violations.length > 0) return;
    const answer = this.contract.responseFor(found, status);
    if (answer !== undefined) {
      this.seen.add(answer.pointer);
      this.walk(this.schemaOf(answer), response);
    }
    const body = this.contract.document.child(found.place, "requestBody");
    if (succeeded(exchange) && body !== undefined) this.walk(this.schemaOf(body), request);
  }

  private schemaOf(holder: Located): Located | undefined {
    return this.contract.document.child(holder, "content", "application/json", "schema");
  }

  /** Notes the schemas that a value fits. */
  private walk(schema: Located | undefined, value: JsonValue | undefined): void {
    if (schema === undefined || value === undefined) return;
    this.seen.add(schema.pointer);
    const { document } = this.contract;
    for (const key of ["allOf", "oneOf", "anyOf"]) {
      const list = schema.node[key];
      for (const [index, node] of (Array.isArray(list) ? list : []).entries()) {
        const holder = { pointer: `${schema.pointer}/${key}`, node: { [index]: node } };
        const branch = document.child(holder, String(index));
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

  private operation(operationId: string): Finding {
    const all = this.exchanges.filter((each) => each.operation === operationId);
    const said = (exchanges: readonly Exchange[]) =>
      [...new Set(exchanges.map(({ status }) => status))].join(", ");
    const good = all.filter(succeeded);
    if (good.length > 0) return confirmed(`answered ${said(good)}`);
    return open(all.length === 0 ? "not called" : `answered ${said(all)} only`);
  }

  private check(node: JsonObject, key: string): Finding {
    const id = stringAt(node, "id") ?? "";
    const sent = this.exchanges.find(({ step }) => step === `check ${id}`);
    if (sent === undefined) return open("not tried");
    const wanted = numberAt(node, "status");
    if (sent.status === wanted) return confirmed(`answered ${wanted}`);
    if (sent.status >= 400 && key === "x-evidence") {
      return confirmed(`refused, with ${sent.status}`);
    }
    return {
      verdict: "contradicted",
      detail: `answered ${sent.status} and not ${wanted ?? ""}; correct the check ${id}, and the emulator's`,
    };
  }

  private state(value: string): Finding {
    return this.states.has(value) ? confirmed("seen") : open("not seen");
  }

  /** What the add-on's states were after the operation, until the one that it should come to. */
  private transition(node: JsonObject): Finding {
    const operation = stringAt(node, "operation");
    const [word = ""] = (stringAt(node, "input") ?? stringAt(node, "when") ?? "").split(" ");
    const start = this.exchanges.findIndex(
      (each) =>
        each.operation === operation &&
        succeeded(each) &&
        (word === "" || word === "any" || JSON.stringify(each.request ?? "").includes(`"${word}"`)),
    );
    const first = this.exchanges[start];
    if (first === undefined) return open("not made");
    const goal = this.wordsFor(stringAt(node, "to") ?? "");
    const passed = new Set<string>();
    for (const each of this.exchanges.slice(start + 1).filter((later) => isSame(first, later))) {
      const state = each.status === 404 ? "absent" : (stateOf(each) ?? "");
      if (goal.includes(state)) return confirmed([...passed, state].join(", "));
      passed.add(state);
    }
    return open(passed.size === 0 ? "not followed" : `went to ${[...passed].join(", ")}`);
  }

  /** A state, or all of a group. */
  private wordsFor(name: string): string[] {
    const group = objectAt(objectAt(this.contract.document.root, "x-lifecycle"), "groups")[name];
    if (!Array.isArray(group)) return [name];
    return stringsAt(
      { words: group.map((each) => (isJsonObject(each) ? each.value : each) ?? "") },
      "words",
    );
  }

  private nodeAt(place: string): JsonObject {
    let node: JsonValue | undefined = this.contract.document.root;
    for (const part of place.split("/")) {
      if (Array.isArray(node)) node = node[Number(part)];
      else node = isJsonObject(node) ? node[part] : undefined;
    }
    return isJsonObject(node) ? node : {};
  }
}

/** Whether a later read is of the add-on that a request was about. */
function isSame(first: Exchange, later: Exchange): boolean {
  const entity = entityOf(first);
  const id = stringAt(entity, "uuid") ?? stringAt(entity, "id");
  return (
    later.operation === "getAddon" &&
    (`${first.path}/`.startsWith(`${later.path}/`) || later.path.endsWith(`/addons/${id ?? ""}`))
  );
}
