import { setTimeout as pause } from "node:timers/promises";
import { stringAt } from "../../test/contract/json";
import { declare, type Flat } from "../../test/engine/fields-subject";
import { programOf } from "../../test/engine/program";
import { createProject, type EngineProject, type EngineResult } from "../../test/support/engine";
import { recordAt, textOf } from "../../test/support/json";
import { programFile, projectName, stackName } from "../../test/support/project-files";
import type { Lane, Reply } from "./recorder";
import { entityIn } from "./recording";
import type { Call, Connect, LanePlan, Step, Wait } from "./steps";
import type { Patience } from "./sweep";
import { addressesIn, homePath, seenIn, settingsOf, type Target } from "./target";

export interface RunOptions extends Patience {
  readonly signal: AbortSignal;
  /** Told of each step, and what came of it. */
  readonly tell: (line: string) => void;
  readonly connect: (uri: string) => Promise<string>;
  /** The steps to take, beside those that make and delete; default: all. */
  readonly only?: readonly string[] | undefined;
}

/** Looks at what may never come, before it is given up. */
const looks = 30;
const always = /(?:^|: )(?:create|delete)$/u;

/** Takes the steps of a lane one after the other; one that goes wrong is a finding, and the next one follows. */
export class LaneRun {
  readonly surprises: Record<string, string> = {};
  readonly connections: Record<string, string> = {};
  private readonly ids = new Map<string, string>();
  private readonly types = new Map<string, string>();
  /** External addresses of each add-on, the present one last. */
  private readonly addresses = new Map<string, string[]>();
  private inputs: Flat;

  constructor(
    private readonly target: Target,
    private readonly plan: LanePlan,
    private readonly lane: Lane,
    private readonly options: RunOptions,
  ) {
    this.inputs = plan.inputs;
    this.types.set("main", textOf(plan.inputs.type));
  }

  async take(): Promise<void> {
    const { signal, only, tell } = this.options;
    const { lane, steps } = this.plan;
    const project = lane === "calls" ? undefined : await this.open();
    // What it waits for would go on after its user has given up.
    const stop = () => project?.endProcesses();
    signal.addEventListener("abort", stop);
    try {
      for (const step of steps) {
        if (only !== undefined && !only.includes(step.step) && !always.test(step.step)) continue;
        this.lane.step = step.step;
        const wrong = await this.one(step, project).catch(reasonOf);
        if (signal.aborted) return;
        const name = `${lane}: ${step.step}`;
        if (wrong !== undefined) this.surprises[name] = wrong;
        tell(`${wrong === undefined ? "ok   " : "WRONG"} ${name}`);
      }
    } finally {
      signal.removeEventListener("abort", stop);
      project?.dispose();
    }
  }

  /** A project that reaches the platform through this lane only. */
  private async open(): Promise<EngineProject> {
    const { token, baseUrl } = settingsOf[this.target.platform];
    const providers = [{ name: "paas-addons", path: "node_modules/pulumi-paas-addons/plugin" }];
    const settings = {
      name: projectName,
      main: programFile("javascript"),
      runtime: { name: "nodejs", options: { typescript: false } },
      plugins: { providers },
    };
    const [tokenName = "", urlName = ""] = [token.variables[0], baseUrl.variables[0]];
    return await createProject({
      program: "",
      files: { "Pulumi.yaml": JSON.stringify(settings) },
      env: { [tokenName]: this.lane.pass, [urlName]: this.lane.baseUrl },
    });
  }

  /** What was not as promised; undefined where all was. */
  private async one(step: Step, project: EngineProject | undefined): Promise<string | undefined> {
    if ("call" in step) return this.call(step);
    if ("connect" in step) return this.connect(step);
    if (project === undefined) throw new Error("this step needs the CLI");
    const options = { expect: "any", timeout: this.options.limitMs } as const;
    if ("refresh" in step) return surprise(await project.refresh(options), step.refresh);
    if ("destroy" in step) return surprise(await project.destroy(options), "delete");
    if ("forget" in step) {
      const [addon] = await project.resources();
      await project.pulumi(["state", "delete", addon?.urn ?? "", "--stack", stackName, "--yes"]);
      return undefined;
    }
    this.inputs = { ...this.inputs, ...step.up };
    project.setProgram(this.program());
    const result = await project.up(options);
    await this.look(project);
    return surprise(result, step.expect);
  }

  private program(): string {
    const kind = this.target.platform === "miget" ? "MigetAddon" : "NorthflankAddon";
    const entry = this.plan.lane === "native" ? "pulumi-paas-addons/native" : "pulumi-paas-addons";
    return programOf([declare({ name: "subject", class: kind }, this.inputs)], entry);
  }

  /** Remembers the add-on of the program. */
  private async look(project: EngineProject): Promise<void> {
    const [addon] = await project.resources();
    const id = addon?.id.split("/").at(-1) ?? "";
    if (id !== "") this.ids.set("main", id);
    const outputs = await project.outputs({ showSecrets: true });
    this.remember("main", textOf(recordAt(outputs["subject.connection"], "external").uri));
  }

  private remember(of: string, uri: string | undefined): void {
    const known = this.addresses.get(of) ?? [];
    if (uri !== undefined && uri !== "" && uri !== known.at(-1)) {
      this.addresses.set(of, [...known, uri]);
    }
  }

  private async connect({ step, connect, of, expect }: Step & Connect) {
    const said = await this.options.connect(
      this.addresses.get(of)?.at(connect === "now" ? -1 : -2) ?? "",
    );
    this.connections[`${this.plan.lane}: ${step}`] = said;
    const isTold = said === "entered" || said === "refused";
    return expect === undefined || !isTold || said === expect
      ? undefined
      : `expected ${expect}, was ${said}`;
  }

  private async call({ call, body, as, headers, then = [], of = as ?? "main" }: Call) {
    const request = this.filled(call);
    // What it is about was not made, which its own step has told.
    if (request === undefined) return undefined;
    const reply = await this.lane.call(request, body, headers);
    const entity = entityIn(reply.body);
    const id = stringAt(entity, "uuid") ?? stringAt(entity, "id");
    if (as !== undefined && id !== undefined) this.ids.set(as, id);
    if (as !== undefined && typeof body?.type === "string") this.types.set(as, body.type);
    for (const each of then) {
      const wrong = await this.wait(each, of);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }

  private async wait(until: Wait, of: string): Promise<string | undefined> {
    const { pollMs, limitMs, signal } = this.options;
    const { platform } = this.target;
    const maybe = until === "credentials" || until === "external";
    const where = maybe && platform === "northflank" ? "/credentials" : "";
    const request = this.filled(`GET {addons}/{${of}}${where}`);
    if (request === undefined) return undefined;
    const end = Date.now() + limitMs;
    for (let count = 0; Date.now() < end && !(maybe && count >= looks); count += 1) {
      await pause(pollMs, undefined, { signal });
      const reply = await this.lane.call(request);
      if (this.has(until, of, reply)) return undefined;
      if (until !== "gone" && seenIn(platform, reply.body)?.phase === "failed") {
        return "the platform says that it failed";
      }
    }
    return maybe ? undefined : `not ${until} in time`;
  }

  private has(until: Wait, of: string, { status, body }: Reply): boolean {
    const { platform } = this.target;
    if (until === "gone") return status === 404;
    const seen = seenIn(platform, body);
    if (until === "ready") return seen?.isSettled === true;
    if (until === "paused") return seen?.phase === "paused";
    const connection = addressesIn(platform, this.types.get(of) ?? "", body);
    this.remember(of, connection?.external?.uri);
    return until === "external" ? connection?.external !== undefined : connection !== undefined;
  }

  /** The request with paths and ids; undefined where there is no such add-on. */
  private filled(request: string): string | undefined {
    const home = homePath(this.target);
    const known = new Map([...this.ids].map(([name, id]) => [name, encodeURIComponent(id)]));
    known.set("home", home).set("addons", `${home}/addons`);
    const names = [...request.matchAll(/\{(\w+)\}/gu)].map(([, name = ""]) => name);
    if (names.some((name) => !known.has(name))) return undefined;
    return request.replace(/\{(\w+)\}/gu, (_whole, name: string) => known.get(name) ?? "");
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : "it failed");

function surprise(result: EngineResult, expected: string): string | undefined {
  const [step] = result.steps;
  const done = step?.op ?? "nothing";
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  if (result.code !== 0) return errors.map(({ message }) => message).join(" ") || result.output;
  return done === expected
    ? undefined
    : `expected ${expected}, was ${done}: ${step?.diffs.join(", ") ?? ""}`;
}
