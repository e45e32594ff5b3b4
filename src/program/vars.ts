import * as pulumi from "@pulumi/pulumi";

export interface Credentials {
  readonly envs?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
}
export type Vars = Readonly<Record<string, string>>;

/**
 * All credentials by their names, made in the program, so that the state holds no secret twice.
 * `given`: what counts where there are no credentials, as with mocks.
 */
export function varsOf(
  credentials: pulumi.Output<Credentials | undefined>,
  given: pulumi.Output<Vars>,
): pulumi.Output<Vars> {
  const vars = credentials.apply((known) => {
    return known === undefined ? given : pulumi.output(merged(known));
  });
  return pulumi.secret(vars);
}

/** Both maps as one, as texts; what is null is left out. */
function merged({ envs, secrets }: Credentials): Vars {
  const entries = Object.entries({ ...envs, ...secrets });
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      if (typeof value === "string") return [[key, value]];
      return typeof value === "number" || typeof value === "boolean" ? [[key, String(value)]] : [];
    }),
  );
}
