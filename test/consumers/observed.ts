import { runtime } from "@pulumi/pulumi";
import { expect } from "chai";
import type { CommandOutcome } from "../support/command";
import { isRecord, listOf, parseRecord, textsOf, type JsonRecord } from "../support/json";
import { orSkip } from "../support/registry";

/** How the SDK sends a secret. */
const secret = (value: string) => ({ [runtime.specialSigKey]: runtime.specialSecretSig, value });

/** All of the package that a program loads: nothing of the plugin's side. */
const programSide = [
  ...["index.js", "program/aliases.js", "program/door.js", "program/error.js"],
  ...["program/lookup.js", "program/miget/lookups.js", "program/miget/zz_addon.js"],
  ...["program/northflank/lookups.js", "program/northflank/zz_addon.js", "program/plain-token.js"],
  ...["program/promise-traces.js", "program/provider.js", "program/resource.js", "program/vars.js"],
  "zz_package.js",
];
const librariesOfThePlugin = /\/node_modules\/(?:io-ts|fp-ts|node-fetch)\//;

/**
 * What is to be observed of one of `programs.ts`, however it was installed, loaded and run.
 *
 * @param ownModules - Files of the package that are loaded.
 */
export function describeProgram(
  title: string,
  run: () => Promise<CommandOutcome>,
  ownModules: readonly string[] = programSide,
): void {
  describe(title, function () {
    this.timeout(600_000);
    let stdout = "";
    let observed: JsonRecord = {};
    const resource = (name: string) => {
      const all = listOf(observed.resources).filter(isRecord);
      return all.find((each) => each.name === name) ?? {};
    };

    before(async function () {
      const outcome = await orSkip(this, run);
      expect(outcome.code, outcome.stdout + outcome.stderr).to.equal(0);
      stdout = outcome.stdout;
      const line = stdout.split("\n").find((text) => text.startsWith("observed: "));
      observed = parseRecord(line?.slice("observed: ".length) ?? "", "what was observed");
    });

    it("sees the outputs", () => {
      expect(stdout).to.contain("program: uri://orders ready");
    });

    it("registers a MigetAddon", () => {
      const { type, inputs, secrets } = resource("orders");
      expect(type).to.equal("pulumi-nodejs:dynamic/miget:Addon");
      expect(inputs).to.deep.equal({
        name: "orders",
        appUuid: "00000000-0000-4000-8000-00000000a990",
        type: "postgres",
        postgresVersion: "17",
        creationMode: "external_replica",
        externalHost: "db.example.com",
        authType: "password",
        replicationUsername: "replicator",
        replicationPassword: secret("not-a-real-password"),
        customTimeouts: { create: "30m" },
        __provider: 'exports.handler = () => require("pulumi-paas-addons/miget/provider");',
        __urn: "urn:pulumi:stack::project::pulumi-nodejs:dynamic/miget:Addon::orders",
      });
      expect(textsOf(secrets)).to.include.members([
        "connection",
        "vars",
        "replicationPassword",
        "s3AccessKey",
        "s3SecretKey",
        "tlsKey",
      ]);
    });

    it("registers a NorthflankAddon", () => {
      const { type, inputs, secrets } = resource("sessions");
      expect(type).to.equal("pulumi-nodejs:dynamic/northflank:Addon");
      expect(inputs).to.deep.equal({
        name: "sessions",
        projectId: "demo-project",
        type: "redis",
        version: "latest",
        billing: { deploymentPlan: "nf-compute-20", storage: 4096, replicas: 1 },
        description: secret("not-a-real-description"),
        __secretInputs: ["description"],
        __provider: 'exports.handler = () => require("pulumi-paas-addons/northflank/provider");',
        __urn: "urn:pulumi:stack::project::pulumi-nodejs:dynamic/northflank:Addon::sessions",
      });
      expect(textsOf(secrets)).to.have.members([
        ...["connection", "vars", "credentials", "region"],
        ...["url", "host", "port", "username", "password", "database", "externalUrl"],
      ]);
    });

    it("loads nothing of the plugin's side", () => {
      const modules = textsOf(observed.modules);
      const own = modules.flatMap((path) => path.split("/pulumi-paas-addons/dist/")[1] ?? []);
      expect(own.sort()).to.deep.equal(ownModules);
      expect(modules.filter((path) => librariesOfThePlugin.test(path))).to.deep.equal([]);
    });
  });
}
