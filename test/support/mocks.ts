import * as pulumi from "@pulumi/pulumi";
import { isRecord } from "../../src/fields/values";

/** From now on the SDK registers nothing: a resource has its inputs as outputs, and this state. */
export function mockResources(
  state: Readonly<Record<string, unknown>> = {},
  preview = false,
): Promise<void> {
  const mocks = {
    newResource: ({ name, inputs }: pulumi.runtime.MockResourceArgs) => ({
      id: name,
      state: { ...(isRecord(inputs) ? inputs : {}), ...state },
    }),
    call: () => ({}),
  };
  return pulumi.runtime.setMocks(mocks, "project", "stack", preview);
}

/** The value of an output. */
export const read = (output: pulumi.Output<unknown>): Promise<unknown> =>
  new Promise((resolve) => output.apply((value) => (resolve(value), value)));
