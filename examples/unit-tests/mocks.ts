import * as pulumi from "@pulumi/pulumi";

const small = { id: "nf-compute-20", name: "nf-compute-20", cpu: 0.2, memory: 512 };

/** What the program registered, by name. */
export const registered = new Map<string, pulumi.runtime.MockResourceArgs>();

/** Stands in for Pulumi's engine and for the platforms: nothing leaves the process. */
const mocks: pulumi.runtime.Mocks = {
  /** A resource: its inputs are its outputs, and what the platform would add. */
  newResource(resource) {
    const { name, inputs } = resource;
    registered.set(name, resource);
    const connection = { uri: `postgresql://demo:not-a-password@${name}.example.com:5432/demo` };
    return {
      id: `demo-project/${name}`,
      state: { ...inputs, addonId: name, state: "running", connection },
    };
  },
  /** A look-up: the token says which. */
  call({ token, inputs }) {
    switch (token) {
      case "paas-addons:northflank:getAddonVersions":
        return { versions: ["16.5", "16.4"], latest: "16.5" };
      case "paas-addons:northflank:getPlans":
        return { plans: [small], smallest: small };
      default:
        throw new Error(`nobody mocks ${token} with ${JSON.stringify(inputs)}`);
    }
  },
};

/** To be called before the program is loaded: its resources are registered while it loads. */
export async function mockPulumi(stack: string): Promise<void> {
  registered.clear();
  pulumi.runtime.setAllConfig({ "unit-tests:northflankProjectId": "demo-project" });
  await pulumi.runtime.setMocks(mocks, "unit-tests", stack);
}

/** The value of an output, once it is known. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
