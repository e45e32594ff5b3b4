import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const run = (...args: string[]) => {
  const child = spawn(process.execPath, ["--import", "tsx", join(__dirname, "main.ts"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { out: "", err: "" };
  child.stdout.on("data", (piece: Buffer) => (output.out += piece.toString()));
  child.stderr.on("data", (piece: Buffer) => (output.err += piece.toString()));
  const said = async (text: RegExp) => {
    while (!text.test(output.out)) await once(child.stdout, "data");
  };
  return { child, output, said, exit: once(child, "exit") };
};

describe("the emulator as a program", () => {
  it("prints what to export, logs requests without secrets, ends on SIGTERM", async () => {
    const { child, output, said, exit } = run("--provisioning-ms", "10", "--seed", "3");
    try {
      await said(/Ctrl-C/);
      const url = /export NORTHFLANK_BASE_URL=(\S+)/.exec(output.out)?.[1] ?? "";
      const token = /export NORTHFLANK_API_TOKEN=(\S+)/.exec(output.out)?.[1] ?? "";
      assert.match(output.out, new RegExp(`^pulumi config set northflank:baseUrl ${url}$`, "m"));
      assert.match(output.out, /^pulumi config set --secret miget:apiToken \S+$/m);
      const exported = output.out.length;
      const headers = { authorization: `Bearer ${token}` };
      assert.equal((await fetch(`${url}/plans`, { headers })).status, 200);
      await said(/GET \/v1\/plans 200 \d+ ms\n/);
      assert.ok(!output.out.slice(exported).includes(token));
      child.kill("SIGTERM");
      assert.deepEqual(await exit, [0, null]);
      assert.equal(output.err, "");
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("says how to use it", async () => {
    const { output, exit } = run("--port", "many");
    assert.deepEqual(await exit, [1, null]);
    assert.match(output.err, /--port needs a number\n.*--seed N/);
    const asked = run("--help");
    assert.deepEqual(await asked.exit, [0, null]);
    assert.match(asked.output.out, /--provisioning-ms N +from the creation/);
    const wrong = run("--nonsense");
    assert.deepEqual(await wrong.exit, [1, null]);
    assert.match(wrong.output.err, /--nonsense.*[^]*npm run emulator -- \[--port N\]/);
  });
});
