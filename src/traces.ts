/**
 * The SDK takes a stack trace down for each of the four promises of every property of a resource,
 * and maps it to the sources at once: for a hundred add-ons that is most of what a program does, and
 * the traces are shown with PULUMI_DEBUG_PROMISE_LEAKS only. From this call to that of the function
 * it returns, those traces are left blank; all others are what they always are.
 */
export function blankPromiseTraces(): () => void {
  const mapped: unknown = Reflect.get(Error, "prepareStackTrace");
  // Where nothing maps traces they are quick to make.
  if (typeof mapped !== "function" || process.env.PULUMI_DEBUG_PROMISE_LEAKS !== undefined) {
    return () => undefined;
  }
  Error.prepareStackTrace = (error, frames): unknown =>
    frames[0]?.getFunctionName() === "debuggablePromise"
      ? ""
      : Reflect.apply(mapped, Error, [error, frames]);
  return () => {
    Reflect.set(Error, "prepareStackTrace", mapped);
  };
}
