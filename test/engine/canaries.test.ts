import { expect } from "chai";
import { readFileSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { fields as migetFields } from "../../src/miget/fields";
import { outputs as migetOutputs } from "../../src/miget/outputs";
import { migetAddonKind } from "../../src/program/miget/zz_addon";
import { northflankAddonKind } from "../../src/program/northflank/zz_addon";
import { fields as northflankFields } from "../../src/northflank/fields";
import { outputs as northflankOutputs } from "../../src/northflank/outputs";
import type { OutputTable } from "../../src/fields/output";
import { recordAt } from "../support/json";
import { describeWithCli } from "../support/skip";
import { Canaries, declaredIn, ordinarySecret, programIn } from "./canaries";
import { splitEvents, splitOutput } from "./debug-lines";
import { Secrets } from "./secrets";
import { stackFor, stages } from "./stack";

const sides = [
  { class: "MigetAddon", kind: migetAddonKind, table: migetFields, outputs: migetOutputs },
  {
    class: "NorthflankAddon",
    kind: northflankAddonKind,
    table: northflankFields,
    outputs: northflankOutputs,
  },
] as const;

/** What a field table says of an input, as far as it matters here. */
interface Row {
  readonly change: string;
  readonly secret?: boolean;
}

/** All that the CLI can tell of what it does. */
const telling = { args: ["--diff", "--debug", "--show-sames"] };

/** The same, where each add-on has its own failure. */
const refused = {
  ...telling,
  args: [...telling.args, "--continue-on-error"],
  expect: "failure",
} as const;

describe("add-ons with canaries", () => {
  for (const { class: name, kind, table } of sides) {
    it(`use every input of ${name} that is always secret`, () => {
      const declared = declaredIn(1, new Canaries()).filter((each) => each.class === name);
      const given = declared.flatMap(({ args }) => Object.keys(args));
      const rows = Object.entries<Row>(table);
      const secret = rows.filter(([, row]) => row.secret === true);
      expect(secret.map(([path]) => path)).to.have.members([...kind.secretInputs]);
      expect(given).to.include.members([...kind.secretInputs]);
    });
  }
});

/** A file's text; the CLI's own logs are compressed until it has a key to encrypt them with. */
function unpacked(file: string): string {
  const bytes = readFileSync(file);
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  // What a run that goes on has written may end anywhere.
  const options = { finishFlush: constants.Z_SYNC_FLUSH };
  return (isCompressed ? gunzipSync(bytes, options) : bytes).toString("utf8");
}

// The tests are the stages of one life: each goes on where the one before it ended.
describeWithCli("secret inputs and outputs", function () {
  this.timeout(180_000);
  stages();

  // Passwords with characters that a URL must encode.
  const stack = stackFor({ passwords: "special" });
  const canaries = new Canaries();
  let secrets: Secrets;
  let seen = 0;
  const loaders = new Set<unknown>();

  before(() => {
    secrets = new Secrets(stack());
  });

  /** The next such request is refused with a message that repeats the secrets of the one add-on of its platform that changes. */
  function refuse(platform: "miget" | "northflank", operationId: string, run: number): void {
    const addon = platform === "miget" ? "orders" : "billing-db";
    const all = canaries.of(addon, run).flatMap((value) => [value, encodeURIComponent(value)]);
    const message = `not allowed: ${all.join(" ")}`;
    const body = platform === "miget" ? { message } : { error: { status: 422, message } };
    const fault = { kind: "status", status: 422, platform, operationId, body } as const;
    stack().emulator.faults.add(fault);
  }

  async function look(): Promise<void> {
    const { project, printed, emulator } = stack();
    secrets.collect();
    secrets.add(...canaries.all());
    const parts = [
      ...project.stateTexts(),
      ...project.otherFiles().map((file) => [file, unpacked(file)] as const),
      ...printed.slice(seen).map((text) => ["the output", splitOutput(text).rest] as const),
      ...project
        .eventLogs()
        .map((file) => [file, splitEvents(readFileSync(file, "utf8")).rest] as const),
    ];
    seen = printed.length;
    const leaks = parts.flatMap(([place, text]) => secrets.leaksIn(text, place));
    expect(leaks).to.deep.equal([]);
    expect(emulator.violations).to.deep.equal([]);
    for (const { type, inputs, outputs } of await project.resources()) {
      if (type.endsWith(":Addon")) loaders.add(inputs.__provider).add(outputs.__provider);
    }
  }

  /** Prints what a command without `--show-secrets` tells of the stack. */
  async function print(...args: readonly string[]): Promise<void> {
    const { stdout, stderr } = await stack().project.pulumi([...args, "--stack", "dev"]);
    stack().printed.push(stdout + stderr);
  }

  it("stay hidden in a preview, also as JSON", async () => {
    stack().project.setProgram(programIn(1, canaries));
    await stack().preview({ args: ["--json"] });
    await stack().preview({ args: ["--diff", "--debug"] });
    await look();
  });

  it("stay hidden where a creation is refused with a message that repeats them", async () => {
    // Those two alone, so that each gets the refusal that is about it.
    stack().project.setProgram(programIn(1, canaries, ["orders", "billing-db"]));
    refuse("miget", "createAddon", 1);
    refuse("northflank", "createAddon", 1);
    const { output } = await stack().up(refused);
    expect(output.match(/not allowed: \[secret\]/gu)).to.have.length.above(1);
    await look();
  });

  it("stay hidden at creation, in state and in all that tells of it", async () => {
    stack().project.setProgram(programIn(1, canaries));
    await stack().up(telling);
    await look();
    for (const { name, type, outputs } of await stack().project.resources()) {
      const side = sides.find(({ kind }) => type.endsWith(kind.type));
      const rows: OutputTable<never> = side?.outputs ?? {};
      for (const output of side?.kind.secretOutputs ?? []) {
        // What the class makes of another output is in no state.
        if (rows[output]?.isDerived === true) continue;
        const ciphertext = recordAt(outputs, output).ciphertext;
        expect(ciphertext, `${output} of ${name}`).to.be.a("string");
      }
    }
  });

  it("stay hidden where nothing changes, and in what other commands print", async () => {
    await stack().up(telling);
    await print("stack", "output");
    await print("stack", "output", "--json");
    await print("stack", "export");
    await print("stack", "history", "--json", "--full-dates");
    await look();
  });

  it("stay hidden where they were changed elsewhere", async () => {
    const { miget, northflank } = stack().emulator;
    const changed = canaries.put("billing-db.elsewhere", "canary of somebody else x7");
    northflank.change("billing-db", { description: changed, tags: [], ipPolicies: [] });
    const orders = miget.addons().find(({ type }) => type === "postgres");
    miget.change(orders?.uuid ?? "", { label: canaries.put("orders.elsewhere") });
    await stack().refresh(telling);
    await look();
  });

  it("stay hidden where an update is refused with a message that repeats them", async () => {
    stack().project.setProgram(programIn(2, canaries));
    refuse("miget", "updateAddon", 2);
    refuse("northflank", "patchAddon", 2);
    const { output } = await stack().up(refused);
    expect(output.match(/not allowed: \[secret\]/gu)).to.have.length.above(1);
    await look();
    await print("stack", "export");
    await look();
  });

  it("stay hidden in an update and a rotation of passwords, whatever the engine logs", async () => {
    stack().project.setProgram(programIn(3, canaries));
    await stack().preview({ args: ["--json"] });
    const args = [...telling.args, "--verbose=9", "--logtostderr"];
    await stack().up({ args, withPreview: true });
    await look();
  });

  it("stand in lines for debugging only, as those of any provider do", () => {
    const { printed, project } = stack();
    const logs = project
      .eventLogs()
      .map((file) => splitEvents(readFileSync(file, "utf8")).debugging);
    for (const text of [splitOutput(printed.at(-1) ?? "").debugging, ...logs.slice(-1)]) {
      expect(text).to.contain(ordinarySecret);
    }
    const state = project.stateTexts().map(([, text]) => text);
    expect(state.join("\n")).not.to.contain(ordinarySecret);
  });

  it("stay hidden at the end", async () => {
    await stack().destroy(telling);
    await look();
    expect(stack().emulator.miget.addons()).to.deep.equal([]);
  });

  it("leave the text that loads the provider the same throughout", () => {
    const text = (platform: string) =>
      `exports.handler = () => require("pulumi-paas-addons/${platform}/provider");`;
    expect([...loaders]).to.have.members([text("miget"), text("northflank")]);
  });
});
