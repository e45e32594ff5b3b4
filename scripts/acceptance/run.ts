import { isJsonObject, stringAt, type JsonObject, type JsonValue } from "../../test/contract/json";
import { programOf, type Args, type Value } from "../../test/engine/program";
import {
  createProject,
  type EngineProject,
  type EngineProjectOptions,
  type EngineResult,
} from "../../test/support/engine";
import { recordAt, textOf } from "../../test/support/json";
import { stackName } from "../../test/support/project-files";
import { phaseOf } from "../../src/miget/states";
import { states } from "../../src/northflank/states";
import type { Api } from "./api";
import { pause, type Patience } from "./cleanup";
import { tryToConnect } from "./connect";
import { isOurs } from "./names";
import type { Recorder } from "./recorder";
import type { Inputs, Plan, Step } from "./steps";
import { addonsPath, settingsOf, type Target } from "./target";

/** The ways in which the engine reaches the provider; each is a package that the program can load. */
export const doors: Readonly<Record<string, Door>> = {
  dynamic: { package: "packed" },
  /** No CLI: only what the run asks the platform itself. */
  none: {},
};

type Door = Pick<EngineProjectOptions, "package">;

export interface RunOptions extends Patience {
  readonly door: string;
  readonly signal: AbortSignal;
  /** Told of each step, and what came of it. */
  readonly tell: (line: string) => void;
}

/** Takes the steps one after the other; one that goes wrong is a finding, and the next one follows. */
export class Run {
  readonly surprises: Record<string, string> = {};
  readonly connections: Record<string, string> = {};
  private readonly ids = new Map<string, string>();
  private inputs: Inputs;
  private former = "";
  private present = "";

  constructor(
    private readonly target: Target,
    private readonly plan: Plan,
    private readonly recorder: Recorder,
    private readonly api: Api,
    private readonly options: RunOptions,
  ) {
    this.inputs = plan.inputs;
  }

  async take(): Promise<void> {
    const { signal } = this.options;
    const project = await this.open();
    // What it waits for would go on after its user has given up.
    signal.addEventListener("abort", () => project?.endProcesses());
    try {
      for (const step of this.plan.steps) {
        this.recorder.step = step.step;
        const wrong = await this.one(step, project).catch(reasonOf);
        if (signal.aborted) return;
        this.note(step, wrong);
      }
    } finally {
      project?.dispose();
    }
  }

  private async open(): Promise<EngineProject | undefined> {
    const { token, baseUrl } = settingsOf[this.target.platform];
    const door = doors[this.options.door];
    if (door === undefined) throw new Error(`There is no door ${this.options.door}.`);
    if (door.package === undefined) return undefined;
    const config = {
      [token.key]: { secret: this.recorder.pass },
      [baseUrl.key]: this.recorder.baseUrl,
    };
    return await createProject({ program: "", ...door, config });
  }

  private note({ step }: Step, wrong: string | undefined): void {
    // What the CLI printed may hold what is secret or belongs to the account.
    if (wrong !== undefined) this.surprises[step] = this.recorder.anonymiser.message(wrong);
    this.options.tell(`${wrong === undefined ? "ok   " : "WRONG"} ${step}`);
  }

  /** What was not as the package promises; undefined where all was. */
  private async one(step: Step, project: EngineProject | undefined): Promise<string | undefined> {
    if ("wait" in step) return this.wait(step.wait, this.ids.get(step.of));
    if ("call" in step) {
      await this.call(step.call, step.body, step.as, step.token);
      return undefined;
    }
    if ("connect" in step) {
      const uri = step.connect === "now" ? this.present : this.former;
      this.connections[step.step] = await tryToConnect(uri);
      return undefined;
    }
    return project === undefined ? this.withoutCli(step) : this.withCli(step, project);
  }

  private async withCli(step: CliStep, project: EngineProject): Promise<string | undefined> {
    const options = { expect: "any", timeout: this.options.limitMs } as const;
    if ("refresh" in step) return surprise(await project.refresh(options), step.refresh);
    if ("destroy" in step) return surprise(await project.destroy(options), "delete");
    if ("forget" in step) {
      const [addon] = await project.resources();
      await project.pulumi(["state", "delete", addon?.urn ?? "", "--stack", stackName, "--yes"]);
      return undefined;
    }
    this.inputs = { ...this.inputs, ...step.up };
    const declared = { name: "subject", class: this.plan.resource, args: nest(this.inputs) };
    project.setProgram(programOf([declared]));
    const result = await project.up(options);
    await this.look(project);
    return surprise(result, step.expect);
  }

  /** Makes and deletes the add-on of the CLI's steps, so that the others have one. */
  private async withoutCli(step: CliStep): Promise<string | undefined> {
    const addons = addonsPath(this.target);
    if ("destroy" in step) {
      await this.call(`DELETE ${addons}/{main}`);
      return this.wait("gone", this.ids.get("main"));
    }
    if (step.step !== "create") return undefined;
    await this.call(`POST ${addons}`, this.plan.body, "main");
    const wrong = await this.wait("ready", this.ids.get("main"));
    const what = this.target.platform === "northflank" ? "/credentials" : "";
    for (let reads = 0; reads < 3; reads += 1) {
      await this.call(`GET ${addons}/{main}${what}`);
      await pause(this.options.pollMs);
    }
    return wrong;
  }

  private async call(call: string, body?: JsonObject, as?: string, token?: string): Promise<void> {
    const path = this.filled(call);
    if (path === undefined) return;
    const reply = await this.api.call(path, body, token);
    const id = this.idIn(reply.body);
    if (as !== undefined && id !== undefined) this.ids.set(as, id);
  }

  /** Remembers the add-on's id, and its external address before and after a rotation. */
  private async look(project: EngineProject): Promise<void> {
    const [addon] = await project.resources();
    const id = addon?.id.split("/").at(-1);
    if (id !== undefined && id !== "") this.ids.set("main", id);
    const outputs = await project.outputs({ showSecrets: true });
    const uri = textOf(recordAt(outputs["subject.connection"], "external").uri);
    if (uri !== "" && uri !== this.present) {
      this.former = this.present;
      this.present = uri;
    }
  }

  private async wait(until: "ready" | "gone", id: string | undefined): Promise<string | undefined> {
    if (id === undefined) return undefined;
    const { pollMs, limitMs, signal } = this.options;
    const end = Date.now() + limitMs;
    while (Date.now() < end && !signal.aborted) {
      const { status, body } = await this.api.call(
        `GET ${addonsPath(this.target)}/${encodeURIComponent(id)}`,
      );
      const phase = this.phase(body);
      if (until === "gone" ? status === 404 : phase === "ready") return undefined;
      if (phase === "failed") return "the platform says that it failed";
      await pause(pollMs);
    }
    return `not ${until} in time`;
  }

  private phase(body: JsonValue | undefined): string | undefined {
    const entity = unwrapped(body);
    const state = stringAt(entity, "state");
    if (this.target.platform === "miget") return state === undefined ? undefined : phaseOf(state);
    return states[stringAt(entity, "status") ?? ""];
  }

  private idIn(body: JsonValue | undefined): string | undefined {
    const entity = unwrapped(body);
    return isOurs(entity.name)
      ? stringAt(entity, this.target.platform === "miget" ? "uuid" : "id")
      : undefined;
  }

  /** The request with ids for `{main}` and the like; undefined where there is no such add-on. */
  private filled(call: string): string | undefined {
    const missing = [...call.matchAll(/\{(\w+)\}/gu)].some(([, name = ""]) => !this.ids.has(name));
    if (missing) return undefined;
    return call.replace(/\{(\w+)\}/gu, (_whole, name: string) =>
      encodeURIComponent(this.ids.get(name) ?? ""),
    );
  }
}

type CliStep = Exclude<Step, { wait: unknown } | { call: unknown } | { connect: unknown }>;

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : "it failed");

function unwrapped(body: JsonValue | undefined): JsonObject {
  if (!isJsonObject(body)) return {};
  return isJsonObject(body.data) ? body.data : body;
}

function surprise(result: EngineResult, expected: string): string | undefined {
  const [step] = result.steps;
  const done = step?.op ?? "nothing";
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  if (result.code !== 0) return errors.map(({ message }) => message).join(" ") || result.output;
  return expected === "any" || done === expected
    ? undefined
    : `expected ${expected}, was ${done}: ${step?.diffs.join(", ") ?? ""}`;
}

/** `{ "billing.storage": 1 }` as `{ billing: { storage: 1 } }`. */
function nest(inputs: Inputs): Args {
  const nested: Record<string, Value> = {};
  const groups = new Map<string, Record<string, Value>>();
  for (const [path, value] of Object.entries(inputs)) {
    const [group = path, key] = path.split(".");
    if (key === undefined) {
      nested[group] = value;
      continue;
    }
    const inner = groups.get(group) ?? {};
    inner[key] = value;
    groups.set(group, inner);
    nested[group] = inner;
  }
  return nested;
}
