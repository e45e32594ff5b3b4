import { DEFAULT_APP, DEFAULT_PROJECT, type Emulator } from "../../emulator/index";
import { parseRecord, recordAt, textOf } from "../../support/json";
import type { Stack } from "../stack";
import type { Declared } from "../program";

/** Where the state, the platforms and the program do not agree. None: they are all the same. */
export async function disagreements(
  stack: Stack,
  declared: readonly Declared[],
): Promise<string[]> {
  const resources = await stack.project.resources({ showSecrets: true });
  const addons = resources.filter(({ type }) => type.endsWith("Addon"));
  const wanted = declared.map(({ name }) => name).sort();
  const inState = addons.map(({ name }) => name).sort();
  const onPlatforms = [...passwords(stack.emulator).keys()].sort();
  const found: string[] = [];
  if (inState.join() !== wanted.join()) {
    found.push(`the state has ${inState.join(", ")}, the program ${wanted.join(", ")}`);
  }
  const ids = addons.map(({ id }) => id).sort();
  if (ids.join() !== onPlatforms.join()) {
    found.push(`the state has ${ids.join(", ")}, the platforms ${onPlatforms.join(", ")}`);
  }
  for (const { name, id, initErrors, outputs } of addons) {
    if (initErrors.length > 0) found.push(`${name} is unfinished: ${initErrors.join()}`);
    const good = passwords(stack.emulator).get(id) ?? [];
    const text = textOf(recordAt(outputs, "connection").plaintext);
    const { password } = text === "" ? {} : parseRecord(text, "the connection");
    if (good.length > 0 && !good.includes(textOf(password))) {
      found.push(`the password of ${name} in the state does not open it`);
    }
  }
  return found;
}

/** Pulumi ids of what is on the platforms, with the passwords that open it at present. */
function passwords({ miget, northflank }: Emulator): Map<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const { uuid, type, password } of miget.addons()) {
    all.set(`${DEFAULT_APP}/${uuid}`, type === "storage" ? [] : [password]);
  }
  for (const { id, status, secrets } of northflank.addons()) {
    const { password = "", adminPassword = "" } = secrets.at(-1)?.value ?? {};
    if (status !== "deleting") all.set(`${DEFAULT_PROJECT}/${id}`, [password, adminPassword]);
  }
  return all;
}
