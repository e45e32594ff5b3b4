import * as pulumi from "@pulumi/pulumi";

const told = new Set<string>();

/** Warns where everybody who has the stack's file has the token too; its plugin gets no word of it. */
export function warnOfPlainToken(key: string): void {
  if (pulumi.runtime.getConfig(key) === undefined || told.has(key)) return;
  told.add(key);
  // The SDK exports it, and does not declare it.
  const isSecret: unknown = Reflect.get(pulumi.runtime, "isConfigSecret");
  if (!isPredicate(isSecret) || isSecret(key) !== false) return;
  void pulumi.log.warn(
    `${key} is in plain text in the stack's configuration. Make a new token and run \`pulumi config set --secret ${key}\`, which asks for the value.`,
  );
}

function isPredicate(value: unknown): value is (key: string) => unknown {
  return typeof value === "function";
}
