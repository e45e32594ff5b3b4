import { deadlineIn } from "../http/deadline";
import { messageOf } from "../http/errors";
import { hide, stringsIn } from "../http/redact";
import { timeLimit } from "../lifecycle/common";
import type { Call, ReadConfig, Runtime } from "../lifecycle/platform";
import { UserError } from "../lifecycle/state";

/** What comes with every look-up. */
export interface Asking {
  readonly config: ReadConfig;
  /** Stands for the run: what was answered in it once is not asked for again. */
  readonly run: object;
  /** Shows a line to the user. */
  readonly log: (line: string) => void;
  /** Ask even if it was answered before. */
  readonly anew: boolean;
  /** True if the arguments must not appear in messages. */
  readonly isSecret: boolean;
}

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
export function callOf(runtime: Runtime): Call {
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
    throw new UserError(asking.isSecret ? hide(message, stringsIn(args)) : message);
  }
}
