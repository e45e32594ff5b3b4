import type { JsonObject } from "../../contract/json";
import {
  call,
  check,
  ending,
  leaving,
  strangers,
  up,
  type LanePlan,
  type Step,
} from "../../../scripts/acceptance/steps";
import type { Offer, OfferedType, Target } from "../../../scripts/acceptance/target";

const main = "{addons}/{main}";
const smallest = { ram_size: 128, cpu_size: 0.25, disk_size: 1 };
const state = (command: string) => ({ state: `process_${command}` });
const ready = { then: ["ready"] } as const;

/** The life of an add-on in a program: every change that the field table calls an update. */
const life = (name: string): Step[] => [
  up("create", {}, "create"),
  up("no change", {}, "same"),
  { step: "read", refresh: "same" },
  up("label", { label: `${name}-2` }),
  up("memory", { ramSize: 256 }),
  up("cores", { cpuSize: 0.5 }),
  up("disk", { diskSize: 2 }),
  up("external access", { publicAccess: true }),
  { step: "connect", connect: "now", of: "main", expect: "entered" },
  up("rotate", { passwordVersion: "2" }),
  { step: "connect as before", connect: "former", of: "main", expect: "refused" },
  up("external access off", { publicAccess: false }),
  call("drift", `PUT ${main}`, { label: `${name}-elsewhere` }, ready),
  { step: "drift found", refresh: "update" },
  up("drift put right", {}),
  up("pause", { paused: true }),
  up("resume", { paused: false }),
  ...leaving(main),
];

/** What the run asks the platform itself, of an add-on of its own and of one of each other type. */
function calls(run: string, [type, ...others]: readonly OfferedType[]): Step[] {
  const named = (name: string): JsonObject => ({ name: `${run}-${name}`, label: `${run}-${name}` });
  const body = (other: OfferedType | undefined, name: string): JsonObject => ({
    type: other?.type ?? "",
    ...named(name),
    ...(other?.versions[0] !== undefined && { [`${other.type}_version`]: other.versions[0] }),
    ...(other?.type === "storage" && {
      mount_point: "/acceptance",
      storage_access: "RWX",
      sub_path: "acceptance",
    }),
  });
  const volume = { type: "storage", ...named("bad"), mount_point: "/bad" };
  const bad = body(type, "bad");
  const connected = { then: ["ready", "credentials"] } as const;
  return [
    call("create", "POST {addons}", { ...body(type, "calls"), ...smallest }, { as: "main" }),
    call("list", "GET {addons}"),
    call("created", `GET ${main}`, undefined, connected),
    call("app", "GET {home}"),
    call("apps", "GET /apps"),
    call("memory", `PUT ${main}`, { ram_size: 256 }, ready),
    call("cores", `PUT ${main}`, { cpu_size: 0.5 }, ready),
    call("disk", `PUT ${main}`, { disk_size: 2 }, ready),
    call("one field", `PUT ${main}`, { label: `${run}-elsewhere` }, ready),
    call("label with spaces", `PUT ${main}`, { label: `  ${run}-spaces  ` }, ready),
    call("smaller disk", `PUT ${main}`, { disk_size: 0.5 }, ready),
    call("external access", `PUT ${main}`, { public_access: "1" }, { then: ["ready", "external"] }),
    { step: "connect", connect: "now", of: "main" },
    call("rotate", `POST ${main}/rotate_password`, undefined, { then: ["ready", "external"] }),
    { step: "connect as before", connect: "former", of: "main" },
    call("variables", "GET {home}/vars"),
    call("external access off", `PUT ${main}`, { public_access: "0" }, ready),
    call("stop", `PATCH ${main}/state`, state("stop"), { then: ["paused"] }),
    call("start", `PATCH ${main}/state`, state("start"), ready),
    call("restart", `PATCH ${main}/state`, state("restart"), ready),
    call("backups", `GET ${main}/backups`),
    call("replica", `POST ${main}/create_replica`, {}, { as: "replica", ...ready }),
    call("primary with a replica", `GET ${main}`),
    check("not-standalone-primary", "POST {addons}/{replica}/create_replica", {}),
    check("not-primary", "GET {addons}/{replica}/backups"),
    check("bad-state-input", `PATCH ${main}/state`, { state: "no_such_state" }),
    check("not-replica", `POST ${main}/promote_replica`),
    call("delete the replica", "DELETE {addons}/{replica}", undefined, {
      of: "replica",
      then: ["gone"],
    }),
    call("reset", `POST ${main}/reset_database`, undefined, ready),
    call(
      "same label",
      "POST {addons}",
      { ...body(type, "twin"), label: `${run}-calls` },
      {
        as: "twin",
      },
    ),
    call("delete the twin", "DELETE {addons}/{twin}", undefined, { of: "twin", then: ["gone"] }),
    call("list later", "GET {addons}"),
    ...ending(main, body(type, "calls")),
    ...others.flatMap((other): Step[] => {
      const [name, of] = [other.type, other.type];
      const at = `{addons}/{${name}}`;
      const last = name === "storage" ? [check("rotate-type", `POST ${at}/rotate_password`)] : [];
      const then = name === "storage" ? ready.then : connected.then;
      return [
        call(`${name}: create`, "POST {addons}", body(other, name), { as: name, then }),
        ...last,
        call(`${name}: delete`, `DELETE ${at}`, undefined, { of, then: ["gone"] }),
      ];
    }),
    ...strangers,
    check("not-found", "GET /apps/00000000-0000-4000-8000-00000000dead/addons"),
    check("bad-type", "POST {addons}", { ...bad, type: "no-such-type" }),
    check("bad-version", "POST {addons}", { ...bad, postgres_version: "1" }),
    check("capacity", "POST {addons}", { ...bad, ram_size: 10_000_000 }),
    check("no-label", "POST {addons}", { ...bad, label: undefined }),
    check("no-version", "POST {addons}", { ...bad, postgres_version: undefined }),
    check("no-mount", "POST {addons}", { type: "storage", ...named("bad") }),
    check("sub-path-rwo", "POST {addons}", { ...volume, storage_access: "RWO", sub_path: "one" }),
    check("sub-path-form", "POST {addons}", {
      ...volume,
      storage_access: "RWX",
      sub_path: "../one",
    }),
    check("external-incomplete", "POST {addons}", {
      ...bad,
      creation_mode: "external_replica",
      auth_type: "password",
    }),
  ];
}

export function migetLanes({ home }: Target, { types }: Offer, run: string): LanePlan[] {
  return (["dynamic", "native", "calls"] as const).map((lane) => {
    const name = `${run}-${lane}`;
    const inputs = {
      appUuid: home,
      type: "postgres",
      name,
      label: name,
      postgresVersion: types[0]?.versions[0] ?? "17",
      ramSize: smallest.ram_size,
      cpuSize: smallest.cpu_size,
      diskSize: smallest.disk_size,
    };
    return { lane, inputs, steps: lane === "calls" ? calls(run, types) : life(name) };
  });
}
