import { Clients } from "../provider/clients";
import { settingOf } from "../provider/settings";
import { systemRuntime } from "../provider/runtime";
import type { Runtime } from "../provider/kind";
import { knownText } from "../provider/session";
import { answered, Answers } from "./answers";
import type { Asking } from "../program/lookup";
import { MigetClient } from "../miget/client";
import type { ListedBody } from "../miget/codecs";
import type {
  GetMigetAddonsArgs,
  GetMigetAddonsResult,
  MigetAddonSummary,
} from "../program/miget/lookups";
import { workspace } from "../miget/fields";
import { settings } from "../miget/settings";

let system: MigetQueries | undefined;

/** The look-ups of this process. */
export function miget({ log }: Asking): MigetQueries {
  system ??= new MigetQueries({ ...systemRuntime(), log });
  return system;
}

/** What programs can look up on Miget. Answers are kept for the run. */
export class MigetQueries {
  private readonly clients = new Clients(settings);
  private readonly lists: Answers<readonly ListedBody[]>;

  constructor(private readonly runtime: Runtime) {
    this.lists = new Answers(runtime.clock, "list the add-ons");
  }

  addons(args: GetMigetAddonsArgs, asking: Asking): Promise<GetMigetAddonsResult> {
    return answered(args, asking, async () => {
      const appUuid = knownText({ ...args }, "appUuid", "Miget");
      const workspaceId = args.workspaceId ?? settingOf(workspace, asking.config, this.runtime.env);
      const { client: http, account } = this.clients.open(asking.config, this.runtime);
      const client = new MigetClient(http, appUuid, workspaceId);
      const key = JSON.stringify([account, workspaceId, appUuid]);
      const all = await this.lists.get(asking, key, (call) => client.listAddons(call));
      const addons = all
        .filter(({ type }) => type !== "cronjob" && (args.type === undefined || type === args.type))
        .map((body) => summaryOf(appUuid, body))
        .sort((a, b) => inOrder(`${a.label}\n${a.uuid}`, `${b.label}\n${b.uuid}`));
      return { addons };
    });
  }
}

/** What may be shown of it: lists carry connection data too. */
function summaryOf(appUuid: string, body: ListedBody): MigetAddonSummary {
  const { uuid, label, name, type, state, role } = body;
  return {
    id: `${appUuid}/${uuid}`,
    uuid,
    label: label ?? "",
    assignedName: name ?? undefined,
    type,
    state: state ?? "unknown",
    role: role ?? undefined,
  };
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
