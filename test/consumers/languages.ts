import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand, tail } from "../../scripts/cli/command";
import { findExecutable, foldersOf } from "../../scripts/cli/inspect";
import type { Language } from "../../scripts/cli/hosts";
import { repository } from "../support/pack";

/** How a program in a language is put into a project, from the SDKs in a folder. */
export interface ProgramLanguage {
  readonly language: Language;
  readonly runtime: unknown;
  /** Writes the program; returns what the environment of the CLI needs, folders of PATH first. */
  readonly write: (
    project: string,
    sdks: string,
    host: string,
  ) => Promise<Readonly<Record<string, string>>>;
}

/** Of what the emulator has; the rest comes from variables, so that nothing is compiled twice. */
const pythonProgram = `
import os
import pulumi
import pulumi_paas_addons as addons

def env(name):
    return os.environ.get(name, "")

own = addons.Provider(
    "own",
    northflank_api_token=pulumi.Output.secret(env("OWN_TOKEN")),
    northflank_base_url=env("NORTHFLANK_BASE_URL"),
)
orders = addons.MigetAddon(
    "orders",
    app_uuid=env("APP"),
    type="postgres",
    name="orders",
    postgres_version=env("VERSION"),
    label=env("LABEL"),
    opts=pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="5m")),
)
cache = addons.NorthflankAddon(
    "cache",
    project_id=env("PROJECT"),
    type="postgresql",
    version="16-latest",
    # Unknown in the first preview.
    description=orders.assigned_name,
    billing={
        "deployment_plan": "nf-compute-20",
        "storage": int(env("STORAGE")),
        "replicas": 1,
    },
    opts=pulumi.ResourceOptions(provider=own),
)
pulumi.export("url", orders.url)
pulumi.export("host", cache.connection.host)
`;

const goProgram = `
package main

import (
	"os"
	"strconv"

	addons "example.com/pulumi-paas-addons/sdk/go/paas-addons"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		storage, err := strconv.Atoi(os.Getenv("STORAGE"))
		if err != nil {
			return err
		}
		own, err := addons.NewProvider(ctx, "own", &addons.ProviderArgs{
			NorthflankApiToken: pulumi.ToSecret(pulumi.String(os.Getenv("OWN_TOKEN"))).(pulumi.StringOutput),
			NorthflankBaseUrl:  pulumi.String(os.Getenv("NORTHFLANK_BASE_URL")),
		})
		if err != nil {
			return err
		}
		orders, err := addons.NewMigetAddon(ctx, "orders", &addons.MigetAddonArgs{
			AppUuid:         pulumi.String(os.Getenv("APP")),
			Type:            pulumi.String("postgres"),
			Name:            pulumi.String("orders"),
			PostgresVersion: pulumi.String(os.Getenv("VERSION")),
			Label:           pulumi.String(os.Getenv("LABEL")),
		}, pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "5m"}))
		if err != nil {
			return err
		}
		cache, err := addons.NewNorthflankAddon(ctx, "cache", &addons.NorthflankAddonArgs{
			ProjectId: pulumi.String(os.Getenv("PROJECT")),
			Type:      pulumi.String("postgresql"),
			Version:   pulumi.String("16-latest"),
			// Unknown in the first preview.
			Description: orders.AssignedName,
			Billing: &addons.NorthflankAddonBillingArgs{
				DeploymentPlan: pulumi.String("nf-compute-20"),
				Storage:        pulumi.Int(storage),
				Replicas:       pulumi.Int(1),
			},
		}, pulumi.Provider(own))
		if err != nil {
			return err
		}
		ctx.Export("url", orders.Url)
		ctx.Export("host", cache.Connection.Host())
		return nil
	})
}
`;

const goPackage = "example.com/pulumi-paas-addons/sdk/go/paas-addons";

async function writePython(project: string, sdks: string, host: string) {
  writeFileSync(join(project, "__main__.py"), pythonProgram);
  // As an installation leaves it: the SDK asks for its own version.
  const python = join(sdks, "python");
  const info = join(python, "pulumi_paas_addons-0.1.0.dist-info");
  mkdirSync(info, { recursive: true });
  const metadata = "Metadata-Version: 2.1\nName: pulumi_paas_addons\nVersion: 0.1.0\n";
  writeFileSync(join(info, "METADATA"), metadata);
  return Promise.resolve({ PATH: join(host, "../venv/bin"), PYTHONPATH: python });
}

async function writeGo(project: string, sdks: string) {
  const sdk = join(sdks, "go/paasaddons");
  const modules = join(repository, "scripts/cli/sdks");
  const manifest = readFileSync(join(modules, "go.mod"), "utf8");
  const sums = readFileSync(join(modules, "go.sum"), "utf8");
  const own = `${manifest}\nrequire ${goPackage} v0.0.0\nreplace ${goPackage} => ${sdk}\n`;
  for (const [folder, text] of [
    [sdk, manifest.replace(/^module .*$/mu, `module ${goPackage}`)],
    [project, own.replace(/^module .*$/mu, "module program")],
  ] as const) {
    writeFileSync(join(folder, "go.mod"), text);
    writeFileSync(join(folder, "go.sum"), sums);
  }
  writeFileSync(join(project, "main.go"), goProgram);
  const go = findExecutable("go", foldersOf(process.env));
  if (go === undefined) throw new Error("Go is not installed");
  const run = async (args: string[]) => {
    const env = { ...process.env, GOWORK: "off", GOFLAGS: "-mod=mod" };
    const result = await runCommand(go, args, { timeout: 20 * 60_000, cwd: project, env });
    if (result.code !== 0) throw new Error(`go ${args.join(" ")} failed:\n    ${tail(result)}`);
    return result.stdout;
  };
  // The host compiles the program in every run, and finds all but the program in Go's cache.
  await run(["build", "-o", join(sdks, "program"), "."]);
  const names = ["GOPATH", "GOMODCACHE", "GOCACHE", "GOPROXY", "GONOSUMDB", "GOFLAGS", "GOWORK"];
  const values = (await run(["env", ...names])).split("\n");
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
}

export const programLanguages: readonly ProgramLanguage[] = [
  {
    language: "python",
    runtime: "python",
    write: writePython,
  },
  {
    language: "go",
    runtime: "go",
    write: writeGo,
  },
];
