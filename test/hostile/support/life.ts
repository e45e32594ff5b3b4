import { PartialFailure } from "../../../src/provider/state";
import { DEFAULT_APP, type Fault } from "../../emulator/index";
import { Resource } from "../../support/resource";
import { Harness } from "../../support/harness";
import { errorFaults, faultsOf } from "./messages";
import { changedSince, prototypes } from "./prototypes";
import { strayRequests } from "./requests";
import type { Subject } from "./subjects";
import { faultsIn } from "./values";

const minute = 60_000;
/** The longest time limit of an operation, and what its last call may take. */
const longestStep = 16 * minute;
/** Calls of one step: more would be hammering, or going round in circles. */
const mostRequests = 700;
/** Forged answers after which the truth comes back, so that a hang fails instead of hanging. */
const mostLies = 3000;

/** How often a user tries a step while the answers are wrong, and once they are right again. */
const patience = { lied: 2, true: 4 };

interface Others {
  readonly ids: readonly string[];
  /** All that is known of them, as text. */
  readonly look: () => string;
}

/** What went wrong in a life; nothing where it is empty. */
export type Findings = string[];

/**
 * Leads an add-on through its life while answers are forged, does what a user would do about the
 * failures, and looks at all that the provider says, sends, returns and throws. Afterwards the
 * truth returns, and the same user must be able to end in order.
 */
export async function live(
  subject: Subject,
  forge: (others: readonly string[]) => readonly Fault[],
): Promise<Findings> {
  const world = await Harness.start({ provisioningMs: 20_000, seed: 7 });
  const before = prototypes();
  try {
    const others = addOthers(world, subject);
    const life = new Life(world, subject, others);
    for (const fault of forge(others.ids)) world.emulator.faults.add({ times: mostLies, ...fault });
    await life.lead();
    world.emulator.faults.clear();
    await life.end();
    return [...life.findings, ...changedSince(before)];
  } finally {
    await world.close();
  }
}

/** Add-ons that the life is not about: beside it, and elsewhere under the same name. */
function addOthers(
  { emulator: { miget, northflank } }: Harness,
  { platform, programs }: Subject,
): Others {
  const { name, type } = programs[0] ?? {};
  if (platform === "miget") {
    const fields = {
      type: String(type),
      postgres_version: "17",
      label: "Not ours",
      name: "not-ours",
    };
    const elsewhere = miget.addApp();
    const ids = [
      miget.seed(DEFAULT_APP, fields).uuid,
      miget.seed(elsewhere, { ...fields, label: String(name) }).uuid,
    ];
    const isOther = ({ uuid }: { uuid: string }) => ids.includes(uuid);
    return { ids, look: () => JSON.stringify(miget.addons().filter(isOther)) };
  }
  const billing = { deploymentPlan: "nf-compute-20", storage: 6144, replicas: 1 };
  const fields = { type: String(type), version: "latest", billing };
  const elsewhere = northflank.addProject("other-project");
  const near = northflank.seed({ ...fields, name: "Not ours" }).id;
  northflank.seed({ ...fields, name: String(name) }, elsewhere);
  const away = northflank.seed({ ...fields, name: "Far away" }, elsewhere).id;
  return {
    ids: [near, away],
    look: () => {
      const here = northflank.addons(northflank.defaultProject).filter(({ id }) => id === near);
      return JSON.stringify([...here, ...northflank.addons(elsewhere)]);
    },
  };
}

class Life {
  readonly findings: Findings = [];
  private resource: Resource;
  private readonly own = new Set<string>();
  private readonly otherKeys: ReadonlySet<string>;
  private readonly look: string;
  private lying = true;
  private seen = 0;

  constructor(
    private readonly world: Harness,
    private readonly subject: Subject,
    private readonly others: Others,
  ) {
    this.resource = new Resource(world, subject.platform);
    this.otherKeys = new Set(this.existing());
    this.look = others.look();
  }

  async lead(): Promise<void> {
    for (const program of this.subject.programs) {
      await this.insist("up", (resource) => resource.up(program));
      await this.refresh("refresh");
      await this.insist("second up", (resource) => resource.up(program));
    }
    await this.insist("destroy", (resource) => resource.destroy());
  }

  /** With right answers, an ordinary user gets everything into order, and away. */
  async end(): Promise<void> {
    this.lying = false;
    const program = this.subject.programs.at(-1) ?? {};
    await this.refresh("last refresh");
    await this.insist("last up", (resource) => resource.up(program));
    await this.insist("last destroy", (resource) => resource.destroy());
    const left = this.existing().filter((key) => !this.otherKeys.has(key));
    if (left.length > 0) this.findings.push(`${left.length} left at the end: ${left.join(", ")}`);
  }

  /** The engine reads what its state has. */
  private async refresh(what: string): Promise<void> {
    if (this.resource.id !== "") await this.insist(what, (resource) => resource.refresh());
  }

  private async insist(
    what: string,
    step: (resource: Resource) => Promise<unknown>,
  ): Promise<void> {
    const turns = this.lying ? patience.lied : patience.true;
    for (let turn = 1; turn <= turns; turn += 1) {
      // Each command of the user's runs in a process of its own.
      this.resource = this.resource.inNewProcess();
      if (await this.attempt(what, step)) return;
      // It takes a while to read what the message says.
      this.world.clock.advance(minute / 2);
    }
    if (!this.lying) this.findings.push(`${what} never succeeds, though all answers are right`);
  }

  private async attempt(
    what: string,
    step: (resource: Resource) => Promise<unknown>,
  ): Promise<boolean> {
    const { world } = this;
    const began = world.clock.elapsed();
    const hadId = this.resource.id !== "";
    world.lines.length = 0;
    world.emulator.clearLog();
    let failure: unknown;
    try {
      await step(this.resource);
    } catch (error) {
      failure = error;
    }
    this.judge(what, failure, world.clock.elapsed() - began, hadId);
    if (failure === undefined) return true;
    this.adopt(failure instanceof Error ? failure.message : "");
    return false;
  }

  /** Does what the message says. */
  private adopt(message: string): void {
    const command = /PAAS_ADDONS_ADOPT=(.*) pulumi up/u.exec(message)?.[1];
    if (command === undefined) return;
    if (!/^[\w/,.-]+$/u.test(command)) {
      this.findings.push(`a shell would make something else of ${command}`);
      return;
    }
    this.world.env = { ...this.world.env, PAAS_ADDONS_ADOPT: command };
  }

  private judge(what: string, failure: unknown, ms: number, hadId: boolean): void {
    const { emulator, lines } = this.world;
    const { requests, violations } = emulator;
    const mine = this.existing().filter((key) => !this.otherKeys.has(key));
    mine.forEach((key) => this.own.add(key));
    const secrets = this.secrets();
    const { id, outs, inputs } = this.resource;
    const found = [
      ...(failure === undefined ? [] : this.failureFaults(what, failure, secrets)),
      ...lines.flatMap((line) => faultsOf(line, secrets)),
      ...faultsIn(outs),
      ...faultsIn(inputs),
      ...strayRequests(this.subject.platform, requests, this.own),
      // To ask for the id that a creation was answered with is right, whatever the id is like.
      ...violations
        .splice(0)
        .filter((text) => !text.startsWith("getAddon request: path parameter")),
      ...(mine.length > 1 ? [`${mine.length} add-ons where there should be one`] : []),
      ...(this.others.look() === this.look ? [] : ["an add-on of others is not what it was"]),
      ...(ms > longestStep ? [`took ${Math.round(ms / minute)} min`] : []),
      ...(requests.length > mostRequests ? [`took ${requests.length} requests`] : []),
      ...(failure instanceof PartialFailure && failure.id === "" ? ["lost the id"] : []),
      ...(hadId && id === "" && what.endsWith("up") ? ["lost the id"] : []),
    ];
    this.seen += 1;
    this.findings.push(...found.map((finding) => `${this.seen}: ${what}: ${finding}`));
  }

  private failureFaults(what: string, failure: unknown, secrets: readonly string[]): string[] {
    // What check finds, the engine prints below the resource's name.
    const isOfCheck = failure instanceof Error && isPlain(failure);
    return isOfCheck ? faultsOf(failure.message, secrets) : errorFaults(failure, secrets);
  }

  private existing(): string[] {
    const { miget, northflank } = this.world.emulator;
    return this.subject.platform === "miget"
      ? miget.addons().map(({ uuid }) => uuid)
      : northflank
          .addons()
          .map(({ id, projectId }) =>
            projectId === northflank.defaultProject ? id : `${projectId} ${id}`,
          );
  }

  private secrets(): string[] {
    const { miget, northflank } = this.world.emulator;
    return [
      ...miget.tokens,
      ...northflank.tokens,
      ...miget.addons().map(({ password }) => password),
      ...northflank
        .addons()
        .flatMap(({ secrets }) =>
          secrets.flatMap(({ value }) => [value.password, value.adminPassword]),
        ),
    ];
  }
}

/** Thrown by the harness for what check has found. */
function isPlain(error: Error): boolean {
  return Object.getPrototypeOf(error) === Error.prototype;
}
