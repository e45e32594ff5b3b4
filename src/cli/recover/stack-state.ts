import { isLeft } from "fp-ts/Either";
import * as t from "io-ts";
import type { Context } from "../context";
import { notRun, projectFolder, stackArguments, type StackChoice } from "../stack-config";

const Resource = t.intersection([
  t.type({ urn: t.string, type: t.string }),
  t.partial({
    id: t.string,
    external: t.boolean,
    delete: t.boolean,
    created: t.string,
    inputs: t.record(t.string, t.unknown),
  }),
]);

/** What `pulumi stack export` prints, as far as it matters here. */
const Exported = t.type({
  deployment: t.intersection([
    t.type({ manifest: t.partial({ time: t.string }) }),
    t.partial({
      resources: t.union([t.array(Resource), t.null]),
      pending_operations: t.union([
        t.array(t.type({ type: t.string, resource: Resource })),
        t.null,
      ]),
    }),
  ]),
});

export type StateEntry = t.TypeOf<typeof Resource>;

export interface StackState {
  /** When it was last saved: ISO 8601. */
  readonly savedAt: string | undefined;
  readonly entries: readonly StateEntry[];
  readonly pending: readonly { readonly type: string; readonly resource: StateEntry }[];
}

/** Reads the stack's state, secrets left encrypted. */
export async function readStackState(context: Context, choice: StackChoice): Promise<StackState> {
  const folder = projectFolder(context.folder);
  if (folder === undefined) {
    throw new Error(
      `there is no Pulumi.yaml in ${context.folder} or above. Run this in the folder of your Pulumi project.`,
    );
  }
  const args = ["stack", "export", ...stackArguments(choice)];
  const command = `pulumi ${args.join(" ")}`;
  const result = await context.run("pulumi", [...args, "--non-interactive"], folder);
  if ("problem" in result) throw new Error(`${notRun(command, result.problem)}.`);
  const exported = result.code === 0 ? decoded(result.stdout) : undefined;
  if (exported === undefined) {
    throw new Error(`\`${command}\` does not work here. Log in, or name a stack with --stack.`);
  }
  const { manifest, resources, pending_operations } = exported.deployment;
  return {
    savedAt: manifest.time,
    entries: resources ?? [],
    pending: pending_operations ?? [],
  };
}

function decoded(json: string): t.TypeOf<typeof Exported> | undefined {
  try {
    const result = Exported.decode(JSON.parse(json));
    return isLeft(result) ? undefined : result.right;
  } catch {
    return undefined;
  }
}
