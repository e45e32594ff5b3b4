/**
 * The SDK takes a stack trace down for each of the four promises of every property of a resource,
 * and maps it to the sources at once: for a hundred add-ons that is most of what a program does, and
 * the traces are shown with PULUMI_DEBUG_PROMISE_LEAKS only. While a resource is declared they are
 * left blank, and hold one frame instead of ten. All other traces are what they always are, those of
 * the errors that the SDK keeps in store for a registration that fails among them.
 */
export class PromiseTraces {
  private readonly limit = Error.stackTraceLimit;
  private stage: "before" | "short" | "after" = "before";
  private putBack: () => void = () => undefined;

  constructor() {
    const mapped: unknown = Reflect.get(Error, "prepareStackTrace");
    // Where nothing maps traces they are quick to make.
    if (typeof mapped !== "function" || process.env.PULUMI_DEBUG_PROMISE_LEAKS !== undefined) {
      return;
    }
    this.putBack = () => {
      Reflect.set(Error, "prepareStackTrace", mapped);
    };
    Error.prepareStackTrace = (error, frames): unknown => {
      if (frames[0]?.getFunctionName() !== "debuggablePromise") {
        return Reflect.apply(mapped, Error, [error, frames]);
      }
      // The first promise comes when everything that may be wrong with a declaration was looked at.
      if (this.stage === "before") {
        this.stage = "short";
        Error.stackTraceLimit = 1;
      }
      return "";
    };
  }

  /** A property whose turn comes last: what follows may need its trace. */
  last(value: string | undefined): PropertyDescriptor {
    const get = () => {
      this.lengthen();
      return value;
    };
    return { enumerable: true, configurable: true, get };
  }

  /** Puts everything back. */
  end(): void {
    this.lengthen();
    this.putBack();
  }

  private lengthen(): void {
    if (this.stage === "short") Error.stackTraceLimit = this.limit;
    this.stage = "after";
  }
}
