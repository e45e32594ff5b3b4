import type { Clock } from "../http/clock";
import { deadlineIn } from "../http/deadline";
import { messageOf } from "../http/errors";
import { maskSecrets, stringsIn } from "../http/redact";
import { timeLimit } from "../fields/common";
import type { Asking } from "../program/lookup";
import type { RequestContext } from "../provider/kind";
import { SingleFlight } from "../provider/single-flight";
import { UserError } from "../provider/state";

/** Answers of one kind, kept as long as their run. */
export class Answers<T> {
  private readonly runs = new WeakMap<object, SingleFlight<T>>();

  /** `operation`: what is asked, for messages. */
  constructor(
    private readonly clock: Clock,
    private readonly operation: string,
  ) {}

  /** `key`: the account, and what was asked for. A look-up has the time that reading an add-on has. */
  get({ run, anew }: Asking, key: string, ask: (call: RequestContext) => Promise<T>): Promise<T> {
    const known = this.runs.get(run) ?? new SingleFlight<T>(this.clock, this.operation);
    this.runs.set(run, known);
    if (anew) known.forget(key);
    const deadline = deadlineIn(this.clock, timeLimit("read", {}));
    return known.get(key, deadline, (shared) => ask({ ...shared, secrets: [] }));
  }
}

/** Whatever it fails with becomes an error for the user, without the arguments where they are secret. */
export async function answered<R>(
  args: object,
  asking: Asking,
  work: () => Promise<R>,
): Promise<R> {
  try {
    return await work();
  } catch (error) {
    const message = messageOf(error);
    throw new UserError(asking.isSecret ? maskSecrets(message, stringsIn(args)) : message);
  }
}
