import * as pulumi from "@pulumi/pulumi";
import { programError } from "./error";

/** What comes with every look-up. */
export interface Asking {
  readonly config: (key: string) => string | undefined;
  /** Stands for the run: what was answered in it once is not asked for again. */
  readonly run: object;
  /** Shows a line to the user. */
  readonly log: (line: string) => void;
  /** Ask even if it was answered before. */
  readonly anew: boolean;
  /** True if the arguments must not appear in messages. */
  readonly isSecret: boolean;
}

/** What the program side has to know of a look-up. */
export interface LookupKind<A extends object, R extends object> {
  /** What the user calls: `getNorthflankPlans`. */
  readonly name: string;
  /** What mocks are asked by: `paas-addons:northflank:getPlans`. */
  readonly token: string;
  /** Properties that every answer has; a mock must give them. */
  readonly answers: readonly (keyof R & string)[];
  /** Loads what is needed to ask the platform, and asks it. */
  readonly ask: (args: A, asking: Asking) => Promise<R>;
}

/** Answers outside of any run are kept as if all were of one. */
const noRun = {};

/** A look-up with plain arguments. */
export function lookUp<A extends object, R extends object>(
  kind: LookupKind<A, R>,
  args: A,
  options: pulumi.InvokeOptions = {},
): Promise<R> {
  return perform(kind, args, options, { anew: false, isSecret: false });
}

/**
 * A look-up whose arguments may be outputs of resources. While one of them is unknown, so is the answer;
 * with a secret one the answer is secret. With `dependsOn` the platform is asked after those resources.
 */
export function lookUpOutput<A extends object, R extends object>(
  kind: LookupKind<A, R>,
  args: pulumi.Output<A>,
  options: pulumi.InvokeOutputOptions = {},
): pulumi.Output<R> {
  const { dependsOn, ...rest } = options;
  const anew = dependsOn !== undefined;
  // The arguments stay out of `all`, which would unwrap their type once more.
  return pulumi
    .all([pulumi.isSecret(args), settled(dependsOn)])
    .apply(([isSecret]) => args.apply((known) => perform(kind, known, rest, { anew, isSecret })));
}

/** Known when the resources are there. */
function settled(dependsOn: pulumi.InvokeOutputOptions["dependsOn"]): pulumi.Output<unknown> {
  return pulumi.output(dependsOn).apply((found: unknown) => {
    const resources = [found].flat().filter((each) => pulumi.Resource.isInstance(each));
    return pulumi.all(
      resources.map((each) => (pulumi.CustomResource.isInstance(each) ? each.id : each.urn)),
    );
  });
}

async function perform<A extends object, R extends object>(
  kind: LookupKind<A, R>,
  args: A,
  options: pulumi.InvokeOptions,
  { anew, isSecret }: { readonly anew: boolean; readonly isSecret: boolean },
): Promise<R> {
  for (const [name, value] of Object.entries(args)) {
    if (!pulumi.Output.isInstance(value)) continue;
    throw programError(
      `${kind.name}: ${name} is an Output. Use ${kind.name}Output, which takes Outputs and gives one.`,
    );
  }
  if (isMocked()) return askMocks(kind, args, options);
  try {
    return await kind.ask(args, {
      config: pulumi.runtime.getConfig,
      run: pulumi.runtime.getStackResource() ?? noRun,
      log: (line) => void pulumi.log.info(line),
      anew,
      isSecret,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw programError(`${kind.name}: ${message}`);
  }
}

/** Whether `pulumi.runtime.setMocks` stands in for the engine, as in users' unit tests. */
function isMocked(): boolean {
  const monitor = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}

/** In unit tests a look-up is a call like any provider's, which the mocks' `call` answers. */
async function askMocks<A extends object, R extends object>(
  kind: LookupKind<A, R>,
  args: A,
  options: pulumi.InvokeOptions,
): Promise<R> {
  const answer: unknown = await pulumi.runtime.invoke(kind.token, { ...args }, options);
  if (isAnswer(kind, answer)) return answer;
  throw programError(
    `${kind.name}: the mocks' call for ${kind.token} must answer an object with ${kind.answers.join(" and ")}.`,
  );
}

function isAnswer<A extends object, R extends object>(
  kind: LookupKind<A, R>,
  value: unknown,
): value is R {
  return (
    typeof value === "object" &&
    value !== null &&
    kind.answers.every((property) => property in value)
  );
}
