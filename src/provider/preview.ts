import { deadlineIn } from "../http/deadline";
import {
  AuthenticationError,
  messageOf,
  NotFoundError,
  PermissionError,
  RequestError,
} from "../http/errors";
import { at, hasUnknown, type Props, same } from "../fields/values";
import type { AddonKind, ListedAddon, OpenOptions, RemoteAddon } from "./kind";
import { adoptedIds } from "./ownership";
import { idOf } from "./session";
import type { SingleFlight } from "./single-flight";
import { UserError } from "./state";

/** Milliseconds that a preview waits for the platform. */
export const previewLimit = 3000;

/** What a look at an app or project shows. */
export interface Look {
  readonly listed: readonly ListedAddon[];
  /** Why nothing can be done there, if so. */
  readonly failure?: string;
}

/** Asks once a run what there is in each app or project; the list is that of creations beside it. */
export class Previews<E extends RemoteAddon> {
  private readonly looks = new Map<string, Promise<Look>>();

  constructor(
    private readonly kind: AddonKind<E>,
    private readonly lists: SingleFlight<readonly ListedAddon[]>,
  ) {}

  /** True where the platform is worth asking: of what is new, or differs in what it may refuse. */
  concerns(olds: Props, news: Props): boolean {
    const { previewed, scopeField, accountField } = this.kind;
    const differs = previewed.some((path) => !same(at(olds, path), at(news, path)));
    return differs && !hasUnknown(news[scopeField]) && !hasUnknown(news[accountField]);
  }

  async look(options: OpenOptions): Promise<Look> {
    const { kind, lists, looks } = this;
    try {
      const api = await kind.open(options);
      const { scope } = api;
      const deadline = deadlineIn(options.runtime.clock, previewLimit);
      const look =
        looks.get(scope) ??
        lists
          .get(scope, deadline, (shared) => api.list({ ...shared, secrets: [] }))
          .then((listed) => ({ listed }), failed);
      looks.set(scope, look);
      return await look;
    } catch (error) {
      return failed(error);
    }
  }
}

/** What will fail in the run too is told; anything else may pass until then. */
function failed(error: unknown): Look {
  const isLasting =
    error instanceof UserError ||
    error instanceof AuthenticationError ||
    error instanceof PermissionError ||
    error instanceof NotFoundError;
  return isLasting ? { listed: [], failure: reasonFirst(error) } : { listed: [] };
}

function reasonFirst(error: unknown): string {
  if (!(error instanceof RequestError)) return messageOf(error);
  const { said, operation, advice = "" } = error.failure;
  const what = said === undefined ? error.happened : `${error.happened}: ${said}`;
  return `${what} (to ${operation}). ${advice}`.trim();
}

/** The add-ons that have the natural key of these inputs. */
export function alikeIn<E extends RemoteAddon>(
  kind: AddonKind<E>,
  inputs: Props,
  listed: readonly ListedAddon[],
): readonly ListedAddon[] {
  const { titleField } = kind;
  if (hasUnknown(inputs[titleField]) || hasUnknown(inputs.type)) return [];
  return listed.filter((entry) => {
    return kind.hasNaturalKey(inputs, entry) && kind.phase(entry) !== "deleting";
  });
}

/** Whether an add-on is to be taken over by what the program or the environment says. */
export function isAdopted(inputs: Props, id: string, env: OpenOptions["runtime"]["env"]): boolean {
  return inputs.adopt === true || adoptedIds(env).includes(id);
}

/** That the name of a new add-on is taken, or the new label of one that is there. */
export function nameTaken<E extends RemoteAddon>(
  kind: AddonKind<E>,
  inputs: Props,
  other: ListedAddon,
  isNew: boolean,
): string {
  const id = idOf(kind, inputs, other.key);
  const what = kind.naturalKey(inputs);
  return isNew
    ? `an add-on with ${what} exists already: ${id} (${other.state}). The run will fail unless adopt: true takes it over. If this resource had another name or parent before, give it \`aliases\`.`
    : `another add-on has ${what}: ${id} (${other.state}). If a ${kind.titleField} is to move from one add-on to another, the data does not move with it.`;
}
