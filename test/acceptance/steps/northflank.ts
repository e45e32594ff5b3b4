import type { JsonObject } from "../../contract/json";
import {
  call,
  check,
  ending,
  leaving,
  strangers,
  up,
  type LaneName,
  type LanePlan,
  type Step,
} from "../../../scripts/acceptance/steps";
import type { Offer, OfferedType, Target } from "../../../scripts/acceptance/target";

const main = "{addons}/{main}";
const smallest = 4096;

const schedule = (retentionTime: number) => ({
  backupType: "snapshot",
  scheduling: { interval: "daily", hour: [3], minute: [30] },
  retentionTime,
});

/** The newest version of each major one, the newest first: no automatic upgrade goes from one to another. */
function majorsOf({ versions }: OfferedType = { type: "", versions: [], storage: [] }): string[] {
  const major = (version: string) => version.split(".")[0];
  return versions.filter((each, index) => major(each) !== major(versions[index - 1] ?? ""));
}

/** The life of an add-on in a program: every change that the field table calls an update. */
function life({ larger, types: [type] }: Offer): Step[] {
  const pooler = "typeSpecificSettings.postgresqlConnectionPoolerEnabled";
  const everywhere = [{ addresses: ["0.0.0.0/0"], action: "ALLOW" }];
  const [newest = "", former] = majorsOf(type);
  return [
    up("create", {}, "create"),
    up("no change", {}, "same"),
    { step: "read", refresh: "same" },
    up("settings", { description: "Second", metadata: { labels: { made: "by-acceptance" } } }),
    up("plan", { "billing.deploymentPlan": larger }),
    up("disk", { "billing.storage": type?.storage[1] ?? 2 * smallest }),
    up("disk autoscaling", { "billing.diskAutoscaling": { enabled: true, thresholdPercent: 90 } }),
    up("connection pooler", { [pooler]: true }),
    up("tls", { tlsEnabled: true }),
    up("addresses", { ipPolicies: everywhere }),
    up("external access", { externalAccessEnabled: true }),
    { step: "connect", connect: "now", of: "main", expect: "entered" },
    up("rotate and keep", { passwordVersion: "2" }),
    { step: "connect as before", connect: "former", of: "main", expect: "entered" },
    up("end the rotation", { keepOldPassword: false }),
    { step: "connect as before, ended", connect: "former", of: "main", expect: "refused" },
    up("rotate and end", { passwordVersion: "3" }),
    up("external access off", { externalAccessEnabled: false }),
    up("private access", { vpcAccessible: true }),
    up("private access off", { vpcAccessible: false }),
    up("schedule", { backupSchedules: [schedule(7)] }),
    up("schedule kept longer", { backupSchedules: [schedule(14)] }),
    up("no schedule", { backupSchedules: [] }),
    call("drift", `PATCH ${main}`, { description: "Elsewhere" }, { then: ["ready"] }),
    { step: "drift found", refresh: "update" },
    up("drift put right", {}),
    up("pause", { paused: true }),
    up("resume", { paused: false }),
    ...(former === undefined ? [] : [up("upgrade", { version: newest })]),
    ...leaving(main),
  ];
}

/** What the run asks the platform itself, of an add-on of its own and of one of each other type. */
function calls(run: string, offer: Offer): Step[] {
  const { plan, larger, types } = offer;
  const body = (type: OfferedType | undefined, name: string, version?: string): JsonObject => ({
    name: `${run}-${name}`,
    type: type?.type ?? "",
    version: version ?? type?.versions[0] ?? "latest",
    billing: { deploymentPlan: plan, storage: type?.storage[0] ?? smallest, replicas: 1 },
    // MinIO has nothing else, and the others have it.
    tlsEnabled: true,
  });
  const [type, ...others] = types;
  const [newest = "latest", second, first = second ?? newest] = majorsOf(type);
  const again = body(type, "calls");
  const ready = { then: ["ready"] } as const;
  const credentials = { then: ["ready", "credentials"] } as const;
  const external = { then: ["ready", "external"] } as const;
  return [
    call("create", "POST {addons}", body(type, "calls", first), { as: "main" }),
    call("list", "GET {addons}?per_page=100"),
    call("created", `GET ${main}`, undefined, credentials),
    call("project", "GET {home}"),
    call("taken name", "POST {addons}", again),
    call("unknown field", `PATCH ${main}`, { noSuchField: true }),
    call("external access", `PATCH ${main}`, { externalAccessEnabled: true }, external),
    { step: "connect", connect: "now", of: "main" },
    call("rotate", `POST ${main}/secret-rotation`, undefined, external),
    { step: "connect as before", connect: "former", of: "main" },
    call("finalise", `POST ${main}/secret-rotation/finalise`, undefined, ready),
    { step: "connect as before, ended", connect: "former", of: "main" },
    call("network", `POST ${main}/network-settings`, { externalAccessEnabled: false }, ready),
    call("scale", `POST ${main}/scale`, { deploymentPlan: larger }, ready),
    call("plan", `PATCH ${main}`, { billing: { deploymentPlan: plan } }, ready),
    call("restart", `POST ${main}/restart`),
    call("change while busy", `PATCH ${main}`, { description: "Second" }, ready),
    call("pause", `POST ${main}/pause`, undefined, { then: ["paused"] }),
    call("pause again", `POST ${main}/pause`),
    call("resume", `POST ${main}/resume`, undefined, ready),
    call("resume again", `POST ${main}/resume`, undefined, ready),
    call("compression", `POST ${main}/backup-schedules`, { ...schedule(7), compressionType: "gz" }),
    ...(second === undefined
      ? []
      : [call("upgrade", `POST ${main}/version`, { version: second }, ready)]),
    call("upgrade by PATCH", `PATCH ${main}`, { version: newest }, ready),
    call("put", "PUT {addons}", { ...again, description: "Third" }, ready),
    call("reset", `POST ${main}/reset`, undefined, ready),
    call(
      "back up",
      `POST ${main}/backups`,
      { backupType: "snapshot" },
      {
        as: "backup",
        of: "main",
        ...ready,
      },
    ),
    call("restore", `POST ${main}/backups/{backup}/restore`, undefined, ready),
    ...ending(main, again),
    ...others.flatMap((other): Step[] => {
      const [name, of] = [other.type, other.type];
      const at = `{addons}/{${name}}`;
      return [
        call(`${name}: create`, "POST {addons}", body(other, name), { as: name, ...credentials }),
        call(
          `${name}: external`,
          `PATCH ${at}`,
          { externalAccessEnabled: true },
          { of, ...external },
        ),
        { step: `${name}: connect`, connect: "now", of },
        call(`${name}: delete`, `DELETE ${at}`, undefined, { of, then: ["gone"] }),
      ];
    }),
    ...strangers,
    check("not-found", "GET /projects/no-such-project-of-yours/addons/none"),
    check("bad-body", "POST {addons}", { name: `${run}-bad` }),
    check("bad-version", "POST {addons}", body(type, "bad", "0.0.1")),
  ];
}

export function northflankLanes(target: Target, offer: Offer, run: string): LanePlan[] {
  const [type] = offer.types;
  if (type === undefined) throw new Error("Northflank lists no add-on types.");
  const [newest = "latest", former = newest] = majorsOf(type);
  const inputs = (lane: LaneName) => ({
    projectId: target.home,
    ...(target.team !== undefined && { teamId: target.team }),
    name: `${run}-${lane}`,
    type: type.type,
    version: former,
    description: "First",
    "billing.deploymentPlan": offer.plan,
    "billing.storage": type.storage[0] ?? smallest,
    "billing.replicas": 1,
  });
  return (["dynamic", "native", "calls"] as const).map((lane) => ({
    lane,
    inputs: inputs(lane),
    steps: lane === "calls" ? calls(run, offer) : life(offer),
  }));
}
