import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { plugin, root } from "./paths.mjs";

const executable = "pulumi-resource-paas-addons";
const nothing = "nothing";

/** Bundles the compiled plugin into one executable file without dependencies. */
export async function buildPlugin(dist) {
  const fresh = join(root, "plugin.new");
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  try {
    // Loaded only here: the setup imports this file before anything is installed.
    const { build } = await import("esbuild");
    const bundle = join(fresh, executable);
    await build({
      entryPoints: [join(dist, "doors/native/main.js")],
      outfile: bundle,
      bundle: true,
      minify: true,
      keepNames: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      legalComments: "none",
      banner: { js: "#!/usr/bin/env node" },
      logLevel: "warning",
    });
    chmodSync(bundle, 0o755);
    writeFileSync(join(fresh, `${executable}.cmd`), `@node "%~dp0${executable}" %*\r\n`);
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const manifest = `runtime: nodejs\nname: paas-addons\nversion: ${version}\n`;
    writeFileSync(join(fresh, "PulumiPlugin.yaml"), manifest);
    // `pulumi package add` runs `npm install` there: without a package.json npm would do so one folder
    // above, and without any dependency the CLI would miss node_modules.
    const dependencies = { [nothing]: `file:${nothing}` };
    writePackage(fresh, { name: executable, main: `./${executable}`, dependencies });
    mkdirSync(join(fresh, nothing));
    writePackage(join(fresh, nothing), { name: nothing });
    const module = await import(pathToFileURL(join(dist, "doors/native/schema.js")).href);
    writeFileSync(join(fresh, "schema.json"), module.default.schemaText());
    rmSync(plugin, { recursive: true, force: true });
    renameSync(fresh, plugin);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function writePackage(folder, manifest) {
  const text = JSON.stringify({ version: "0.0.0", private: true, ...manifest });
  writeFileSync(join(folder, "package.json"), `${text}\n`);
}
