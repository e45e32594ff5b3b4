import { at, isRecord, same, withAt } from "../../src/fields/values";
import { slugOf } from "../../src/northflank/slug";
import type { LoggedRequest } from "../emulator/index";
import { type Outcome, withoutSecrets } from "../support/engine-model";
import { type Declared, type Entry, type Stack, urnOf } from "../support/engine-state";
import { identityOf, type Ledger } from "./ledger";
import { differences, type Facts, sideOf } from "./platforms";
import type { Command, RunSettings } from "./world";

interface Side {
  readonly addons: readonly Facts[];
  readonly stack: Stack;
}

/** A run that has ended, and all that is known about it. */
export interface Ended {
  readonly command: Command;
  readonly settings: RunSettings;
  readonly outcome: Outcome;
  readonly before: Side;
  readonly after: Side;
  readonly declared: readonly Declared[];
  /** Whether a fault struck in it. */
  readonly spoilt: boolean;
  readonly seconds: number;
  readonly ledger: Ledger;
  readonly requests: readonly LoggedRequest[];
  readonly lines: readonly string[];
}

/** Every promise that the run has broken, in words; the ledger learns from it. */
export function judge(run: Ended): string[] {
  meet(run);
  const broken = [
    ...deletions(run),
    ...doubles(run),
    ...repeats(run),
    ...(run.command === "refresh" ? refreshes(run) : []),
    ...(run.command === "up" && run.outcome.ok ? successes(run) : []),
    ...(run.command === "destroy" && run.outcome.ok ? destroys(run) : []),
    ...leaks(run),
    ...budget(run),
  ];
  return broken;
}

const identities = (addons: readonly Facts[]) =>
  new Map(addons.map((each) => [each.identity, each]));

/** Where names count: the app or project. */
const scopeOf = ({ id }: Facts) => id.split("/")[0];

/** Whether an update has only recorded what needs no look at the platform. */
const records = (former: Entry | undefined, entry: Entry) =>
  ["deletionProtection", "customTimeouts"].some((name) => {
    return !same(former?.outputs[name], entry.outputs[name]);
  });

const nameOf = (urn: string) => urn.split("::").at(-1) ?? urn;

/** The identities of entries; ids are used again, so those of before are of the add-ons of before. */
const identityIn = ({ before, after }: Ended) => {
  const former = new Set(before.stack.entries);
  const [then, now] = [
    [...before.addons, ...after.addons],
    [...after.addons, ...before.addons],
  ];
  return (entry: Entry) => identityOf(entry, former.has(entry) ? then : now);
};

const entryOf = ({ stack }: Side, declared: Declared): Entry | undefined =>
  stack.find([urnOf(declared), ...declared.aliases]);

/** What the program declares is noted for the add-ons that its resources hold by now. */
function meet(run: Ended): void {
  const { command, declared, before, after, ledger, outcome, settings } = run;
  const identify = identityIn(run);
  const there = identities([...before.addons, ...after.addons]);
  const ours = new Set(before.addons.map(({ identity }) => identity));
  const held = new Set(after.stack.entries.map(identify));
  for (const facts of after.addons) {
    // What a killed run has created is in no state: as what it is taken over, nobody can say.
    if (!ours.has(facts.identity)) ledger.of(facts.identity, held.has(facts.identity));
    for (const password of facts.passwords) ledger.passwords.add(password);
  }
  // What a killed run has changed is in no state, so only a look can tell.
  if (outcome.killed) {
    for (const entry of before.stack.entries) ledger.of(identify(entry)).stale = true;
  }
  // A deletion was accepted, and the run did not see its end.
  const left = identities(after.addons.filter(({ state }) => state !== "deleting"));
  for (const entry of after.stack.entries) {
    const identity = identify(entry);
    if (ours.has(identity) && !left.has(identity)) ledger.gone.add(identity);
  }
  if (command !== "up" || (outcome.steps.length === 0 && outcome.planned.length === 0)) return;
  for (const each of declared) {
    const entry = entryOf(after, each);
    const facts = entry === undefined ? undefined : there.get(identify(entry));
    if (entry === undefined || facts === undefined) continue;
    const former = entryOf(before, each);
    const isAdopted = former === undefined || identify(former) !== facts.identity;
    ledger.note(facts, each, {
      isAdopted,
      recorded: entry.outputs,
      isKilled: settings.killAt !== undefined,
    });
  }
}

/** No add-on goes but those that the program dropped or allowed to be replaced. */
function deletions(run: Ended): string[] {
  const { command, declared, before, after, outcome, settings } = run;
  const identify = identityIn(run);
  const left = identities(after.addons);
  const adopted = (settings.adopt ?? "").split(",");
  return (
    before.addons
      // A deletion that an earlier run has begun may end only now.
      .filter(({ identity, state }) => !left.has(identity) && state !== "deleting")
      .flatMap((gone) => {
        const holders = before.stack.entries.filter((entry) => identify(entry) === gone.identity);
        const says = (why: string) => [
          `deleted ${gone.platform} ${gone.title} (${gone.id}): ${why}`,
        ];
        if (holders.length === 0) return says("no resource of the stack had it");
        if (holders.some(({ outputs }) => outputs.deletionProtection === true)) {
          return says("it had deletionProtection");
        }
        if (command === "destroy") return [];
        for (const holder of holders) {
          if (holder.delete) continue;
          const successor = declared.find((each) => {
            return urnOf(each) === holder.urn || each.aliases.includes(holder.urn);
          });
          if (successor === undefined) continue;
          // What a killed run was doing is in no list of steps.
          const isReplaced =
            outcome.killed || outcome.steps.some(({ op }) => op === "delete-replaced");
          if (isReplaced && successor.args.allowReplace === true) continue;
          return says(`${nameOf(urnOf(successor))} has it, and did not allow a replacement`);
        }
        const wanting = declared.find((each) => {
          const own = entryOf(before, each);
          if (own !== undefined && !own.pendingReplacement) return false;
          return wants(each, gone, adopted);
        });
        return wanting === undefined ? [] : says(`${nameOf(urnOf(wanting))} declares it`);
      })
  );
}

/** Whether a resource that has none yet means this add-on. */
function wants({ type, args }: Declared, facts: Facts, adopted: readonly string[]): boolean {
  const side = sideOf(type);
  if (facts.platform !== side.name || scopeOf(facts) !== args[side.scopeField]) return false;
  if (typeof args.adopt === "string") return facts.id.endsWith(`/${args.adopt}`);
  if (adopted.includes(facts.id)) return true;
  if (type === "northflank") return slugOf(String(args.name)) === facts.title;
  return args.type === facts.type && String(args.label ?? args.name).trim() === facts.title.trim();
}

/** Never two add-ons for one declaration, and none that is lost sight of. */
function doubles(run: Ended): string[] {
  const { before, after, outcome, spoilt } = run;
  const identify = identityIn(run);
  const had = identities(before.addons);
  const made = after.addons.filter(({ identity }) => !had.has(identity));
  const held = new Set(after.stack.entries.map(identify));
  return made.flatMap((fresh) => {
    const twin = after.addons.find((other) => {
      const earlier = had.get(other.identity);
      const isSame =
        scopeOf(other) === scopeOf(fresh) &&
        other.type === fresh.type &&
        other.title === fresh.title &&
        other.identity !== fresh.identity;
      return isSame && (earlier === undefined || earlier.title === other.title);
    });
    return [
      ...(twin === undefined ? [] : [`created a second ${fresh.platform} ${fresh.title}`]),
      ...(held.has(fresh.identity) ||
      outcome.killed ||
      spoilt ||
      outcome.steps.some((step) => step.failed)
        ? []
        : [`created ${fresh.platform} ${fresh.title} and forgot it`]),
    ];
  });
}

const lost = [
  "reset-after",
  "hang-after",
  "status-after",
  "truncated-json",
  "wrong-content-type",
  "empty-204",
];

const hadEffect = ({ status, fault }: LoggedRequest) =>
  fault === undefined ? status >= 200 && status < 300 : lost.includes(fault);

/** What cannot be taken back is done as often as it was asked for. */
function repeats({ before, after, ledger, requests, outcome }: Ended): string[] {
  return after.addons.flatMap((facts) => {
    const record = ledger.of(facts.identity);
    const [, key = ""] = facts.id.split("/");
    const rotations = requests.filter(
      (request) =>
        /^(?:rotatePassword|startAddonSecretRotation)$/u.test(request.operationId ?? "") &&
        request.path.includes(`/${key}/`) &&
        hadEffect(request),
    );
    record.rotations += rotations.length;
    if (!outcome.ok && rotations.length > 0) record.rotationsExcused += 1;
    record.rotationsExcused += rotations.filter(({ fault }) => fault !== undefined).length;
    const upgrades =
      facts.upgrades - (identities(before.addons).get(facts.identity)?.upgrades ?? 0);
    return [
      ...(record.rotations > record.rotationsAsked + record.rotationsExcused
        ? [
            `rotated the password of ${facts.title} ${record.rotations} times, asked ${record.rotationsAsked} times`,
          ]
        : []),
      ...(upgrades > 0 && facts.upgrades > record.upgradesAsked
        ? [`upgraded ${facts.title} ${facts.upgrades} times, asked ${record.upgradesAsked} times`]
        : []),
    ];
  });
}

/** A refresh changes nothing, and forgets nothing that is there. */
function refreshes(run: Ended): string[] {
  const { before, after, requests, outcome } = run;
  const identify = identityIn(run);
  const changes = requests.filter(({ method }) => method !== "GET");
  const there = identities(after.addons);
  const kept = new Set(after.stack.entries.map(identify));
  return [
    ...changes.map(({ method, path }) => `a refresh sent ${method} ${path}`),
    ...before.stack.entries
      .filter((entry) => there.has(identify(entry)) && !kept.has(identify(entry)))
      .map(({ urn }) => `a refresh dropped ${nameOf(urn)}, which is there`),
    ...after.stack.entries
      .filter((entry) => outcome.ok && !there.has(identify(entry)) && !entry.pendingReplacement)
      .map(({ urn }) => `a refresh kept ${nameOf(urn)}, which is gone`),
  ];
}

/** What is called done is declared, there, and in the state alike. */
function successes(run: Ended): string[] {
  const { declared, before, after, outcome, settings, ledger } = run;
  const identify = identityIn(run);
  const there = identities(after.addons);
  return declared.flatMap((each) => {
    const urn = urnOf(each);
    const entry = after.stack.find([urn]);
    if (entry === undefined) return [`done, but the state lacks ${each.name}`];
    const identity = identify(entry);
    const op = outcome.steps.find((step) => step.urn === urn && step.op !== "read")?.op;
    const isStale = ledger.gone.has(identity) || ledger.of(identity).stale;
    // An update that only records something asks nothing either.
    const key = `/${entry.id.split("/")[1] ?? ""}`;
    const hasLooked = run.requests.some(({ path }) => path.includes(key));
    const onlyRecords = records(entryOf(before, each), entry);
    if (!hasLooked && settings.refresh !== true && (isStale || onlyRecords)) return [];
    const facts = there.get(identity);
    if (facts === undefined) return [`done, but ${each.name} is not on the platform`];
    const side = sideOf(each.type);
    const wanted = { ...each.args, ...ledger.removed(side, identity, each.args) };
    const isPaused = wanted.paused === true;
    const waits = each.args.waitForReady !== false;
    const isReady = /^(?:healthy|running|bound|paused|stopped)$/u.test(facts.state);
    const found = [
      ...differences(side, waits ? wanted : { ...wanted, paused: undefined }, facts).map(
        (what) => `done, but on the platform ${each.name}: ${what}`,
      ),
      // A selector and an exact version that it means are the same, so either may be in the state.
      ...differences(side, withAt(each.args, "version", undefined), {
        ...facts,
        inputs: entry.outputs,
      }).map((what) => `done, but in the state ${each.name}: ${what}`),
      ...(waits && !isReady && op !== "same" && !onlyRecords
        ? [`done, but ${each.name} is ${facts.state}`]
        : []),
      ...(waits && !isPaused && !isStale && !hasConnection(entry)
        ? [`done, but ${each.name} has no connection`]
        : []),
      ...(entry.initErrors.length > 0 ? [`done, but ${each.name} has init errors`] : []),
      ...exposed(side.exposure, wanted, facts, each),
    ];
    if (hasLooked || settings.refresh === true) ledger.settled(identity, each.args);
    return found;
  });
}

function exposed(
  path: string,
  wanted: Declared["args"],
  facts: Facts,
  { name }: Declared,
): string[] {
  return facts.exposed && at(wanted, path) === false ? [`${name} is open to the internet`] : [];
}

function hasConnection({ outputs }: Entry): boolean {
  return isRecord(outputs.connection) && Object.keys(outputs.connection).length > 0;
}

function destroys(run: Ended): string[] {
  const { before, after } = run;
  const identify = identityIn(run);
  const there = identities(after.addons);
  return [
    ...after.stack.entries.map(({ urn }) => `destroyed, but the state has ${nameOf(urn)}`),
    ...before.stack.entries
      .filter((entry) => !entry.retainOnDelete && there.has(identify(entry)))
      .map(({ urn }) => `destroyed, but the add-on of ${nameOf(urn)} is there`),
  ];
}

const secretOutputs = [
  "vars",
  "credentials",
  "connection",
  "url",
  "host",
  "port",
  "username",
  "password",
  "database",
  "externalUrl",
];

/** No password in what is shown or kept in plain. */
function leaks({ after, outcome, lines, ledger }: Ended): string[] {
  const states = after.stack.entries.map(({ marked, inputs }) => {
    const open = Object.entries(marked).filter(([name]) => !secretOutputs.includes(name));
    return JSON.stringify([withoutSecrets(Object.fromEntries(open)), inputs]);
  });
  const shown = [...lines, ...outcome.errors.map(({ message }) => message), ...states];
  return [...ledger.passwords].flatMap((password) =>
    shown
      .filter((text) => text.includes(password))
      .map((text) => `a password is in the open: ${text.slice(0, 200)}`),
  );
}

/** Requests of a run without faults, for each operation and each second that something is waited for. */
function budget({ outcome, requests, seconds, spoilt }: Ended): string[] {
  if (spoilt || outcome.killed) return [];
  const operations = outcome.steps.filter(({ op }) => op !== "same").length;
  const limit = 20 + operations * (30 + seconds / 8);
  return requests.length > limit
    ? [`${requests.length} requests for ${operations} operations in ${seconds.toFixed(0)} s`]
    : [];
}
