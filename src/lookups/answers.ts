import { deadlineIn } from "../http/deadline";
import { messageOf } from "../http/errors";
import { maskSecrets, stringsIn } from "../http/redact";
import { timeLimit } from "../fields/common";
import type { Asking } from "../program/lookup";
import type { RequestContext, Runtime } from "../provider/kind";
import { UserError } from "../provider/state";

/** Answers of one kind, kept as long as their run. */
export class Answers<T> {
  private readonly runs = new WeakMap<object, Map<string, Promise<T>>>();

  /** `key`: the account, and what was asked for. */
  get({ run, anew }: Asking, key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.runs.get(run) ?? new Map<string, Promise<T>>();
    this.runs.set(run, known);
    const former = known.get(key);
    if (former !== undefined && !anew) return former;
    const answer = ask();
    known.set(key, answer);
    answer.catch(() => {
      // A failure is nobody else's answer.
      if (known.get(key) === answer) known.delete(key);
    });
    return answer;
  }
}

/** A look-up has the time that reading an add-on has. */
export function callOf(runtime: Runtime): RequestContext {
  return { deadline: deadlineIn(runtime.clock, timeLimit("read", {})), secrets: [] };
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
