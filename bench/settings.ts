import { createProject, type RunOptions } from "../test/support/engine";
import { textOf } from "../test/support/json";
import { EmulatorProcess } from "./emulator-process";
import type { SettingFigures } from "./result";
import { projectFiles } from "./variants";

const addons = 100;
const wide = { parallel: 1000 };

/** The engine's settings that may change how long a run takes. */
const settings: readonly { readonly setting: string; readonly options: RunOptions }[] = [
  { setting: "none: four operations at once for each core", options: {} },
  { setting: "`--parallel 1000`", options: wide },
  ...[
    "PULUMI_SKIP_CHECKPOINTS",
    "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS",
    "PULUMI_DIY_BACKEND_GZIP",
    "PULUMI_DIY_BACKEND_ZSTD",
    "PULUMI_PARALLEL_DIFF",
  ].map((name) => ({
    setting: `\`--parallel 1000\`, \`${name}=true\``,
    options: { ...wide, env: { [name]: "true" } },
  })),
];

/** Creates, updates and destroys the same hundred add-ons of ours with each of them. */
export async function measureSettings(
  provisioningMs: number,
  tell: (line: string) => void,
): Promise<SettingFigures[]> {
  const emulator = await EmulatorProcess.start(provisioningMs);
  try {
    const figures: SettingFigures[] = [];
    for (const { setting, options } of settings) {
      figures.push({ setting, addons, ...(await oneSetting(emulator, options)) });
      tell(`setting ${setting}`);
    }
    return figures;
  } finally {
    await emulator.close();
  }
}

async function oneSetting(emulator: EmulatorProcess, options: RunOptions) {
  const project = await createProject({
    ...projectFiles("ours", addons),
    config: {
      "northflank:apiToken": { secret: textOf(emulator.env.NORTHFLANK_API_TOKEN) },
      "northflank:baseUrl": textOf(emulator.env.NORTHFLANK_BASE_URL),
    },
  });
  try {
    const seconds = async (verb: "up" | "destroy") => {
      const { milliseconds } = await project[verb]({
        ...options,
        eventLog: false,
        timeout: 600_000,
      });
      return milliseconds / 1000;
    };
    return {
      upCreate: await seconds("up"),
      upNoop: await seconds("up"),
      destroy: await seconds("destroy"),
    };
  } finally {
    project.dispose();
  }
}
