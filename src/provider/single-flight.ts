import type { Clock } from "../http/clock";
import type { Deadline } from "../http/deadline";
import { type RequestError, TimeoutError } from "../http/errors";

/** What a shared call is made with: the longest deadline of those who wait for it. */
export interface SharedCall {
  readonly deadline: Deadline;
  /** Told of each failure after which it is tried again. */
  readonly onRetry: (cause: RequestError) => void;
}

interface Flight<T> {
  readonly answer: Promise<T>;
  readonly begun: number;
  readonly deadline: SharedDeadline;
}

/**
 * Answers that several callers need are asked for once. The call goes on until the last of their
 * deadlines; each caller waits until its own.
 */
export class SingleFlight<T> {
  private readonly flights = new Map<string, Flight<T>>();

  /** `operation`: what is asked, for messages. `freshFor`: how long, in milliseconds, an answer is good. */
  constructor(
    private readonly clock: Clock,
    private readonly operation: string,
    private readonly freshFor = Number.POSITIVE_INFINITY,
  ) {}

  get(key: string, deadline: Deadline, ask: (call: SharedCall) => Promise<T>): Promise<T> {
    const known = this.flights.get(key);
    const isFresh = known !== undefined && this.clock.now() - known.begun < this.freshFor;
    const flight = isFresh ? known : this.begin(key, deadline, ask);
    flight.deadline.extendTo(deadline);
    return this.within(deadline, flight);
  }

  /** The next caller asks again. */
  forget(key: string): void {
    this.flights.delete(key);
  }

  private begin(key: string, first: Deadline, ask: (call: SharedCall) => Promise<T>): Flight<T> {
    const deadline = new SharedDeadline(first);
    const answer = ask({ deadline, onRetry: (cause) => (deadline.cause = cause) });
    const flight = { answer, begun: this.clock.now(), deadline };
    this.flights.set(key, flight);
    answer.catch(() => {
      // A failure is nobody else's answer.
      if (this.flights.get(key) === flight) this.flights.delete(key);
    });
    return flight;
  }

  private async within(own: Deadline, { answer, deadline }: Flight<T>): Promise<T> {
    const answered = new AbortController();
    const late = async () => {
      while (own.left() > 0) await this.clock.sleep(own.left(), answered.signal);
      // The call itself knows best why it ends, where it ends with the same deadline.
      if (deadline.left() === 0) return answer;
      throw deadline.cause ?? this.tooLate();
    };
    try {
      return await Promise.race([answer, late()]);
    } finally {
      answered.abort();
    }
  }

  private tooLate(): RequestError {
    return new TimeoutError("the operation's time limit was over before the answer came", {
      operation: this.operation,
      method: "GET",
      effect: "none",
      advice: "Try again, or set a longer customTimeouts.",
    });
  }
}

class SharedDeadline implements Deadline {
  /** Why the call is being tried again. */
  cause: RequestError | undefined;

  constructor(private longest: Deadline) {}

  extendTo(other: Deadline): void {
    if (other.left() > this.longest.left()) this.longest = other;
  }

  left(): number {
    return this.longest.left();
  }
}
