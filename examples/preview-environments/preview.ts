// Makes or removes the environment of a pull request: `npx tsx preview.ts up 42`, `… down 42`.
import { LocalWorkspace } from "@pulumi/pulumi/automation";

async function main([verb, pullRequest = ""]: readonly string[]): Promise<void> {
  const projectId = process.env.NORTHFLANK_PROJECT_ID;
  if (projectId === undefined) throw new Error("NORTHFLANK_PROJECT_ID is not set.");
  if (!/^\d+$/.test(pullRequest)) throw new Error("Which pull request?");
  const stackName = `pr-${pullRequest}`;
  const stack = await LocalWorkspace.createOrSelectStack({ stackName, workDir: __dirname });
  await stack.setConfig("northflankProjectId", { value: projectId });
  const onOutput = (text: string) => process.stdout.write(text);
  if (verb === "up") {
    await stack.up({ onOutput });
  } else if (verb === "down") {
    await stack.destroy({ onOutput });
    await stack.workspace.removeStack(stackName);
  } else {
    throw new Error("Say up or down.");
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
