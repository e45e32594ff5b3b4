import * as pulumi from "@pulumi/pulumi";

/**
 * An error in the user's program that the engine shows as its message alone. It has no stack: it would
 * name internals only, and Node 20.20 can hang when the SDK prints one with frames of its own.
 */
export function programError(message: string): Error {
  const error = new pulumi.RunError(message);
  error.stack = message;
  return error;
}
