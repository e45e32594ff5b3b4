import * as pulumi from "@pulumi/pulumi";

type Alias = pulumi.Input<pulumi.URN | pulumi.Alias>;

/**
 * The user's aliases, each with the resource's type of both doors, and its type of the other door: so
 * a stack can go over, and a resource be renamed at the same time.
 */
export function aliasesOf(given: readonly Alias[], type: string, otherType: string): Alias[] {
  const others = given.map((alias): Alias => {
    return pulumi.output(alias).apply((known: pulumi.URN | pulumi.Alias) => {
      if (typeof known === "string") return inUrn(known, type, otherType);
      return known.type === undefined ? { ...known, type: otherType } : known;
    });
  });
  return [...given, ...others, { type: otherType }];
}

/** `urn:pulumi:stack::project::parent$type::name` with the other type. */
function inUrn(urn: string, type: string, otherType: string): string {
  const [start = "", project = "", types = "", ...name] = urn.split("::");
  const parents = types.split("$");
  if (parents[parents.length - 1] !== type) return urn;
  const path = [...parents.slice(0, -1), otherType].join("$");
  return [start, project, path, ...name].join("::");
}
