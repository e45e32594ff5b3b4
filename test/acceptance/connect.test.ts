import { expect } from "chai";
import { createServer, type Server } from "node:net";
import { tryToConnect } from "../../scripts/acceptance/connect";

/** What PostgreSQL says to a client that it does not let in. */
function refusal(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0Mno\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** The names of the commands that a Redis client sent at once. */
const commandsIn = (text: Buffer): string[] =>
  [...text.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/gu)].map(([, name = ""]) => name);

/** A server that answers whatever it is sent. */
const answering = (answer: (text: Buffer) => string | Buffer): Server =>
  createServer((socket) => {
    socket.on("error", () => undefined).on("data", (text) => socket.write(answer(text)));
  });

async function saidBy(server: Server, scheme: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  try {
    return await tryToConnect(`${scheme}://user:not-a-real-password@127.0.0.1:${port ?? ""}/0`);
  } finally {
    server.close();
  }
}

const wrong = "-WRONGPASS invalid username-password pair or user is disabled.\r\n";
const info = "redis_version:7.2.5\r\nloading:0\r\n";

describe("acceptance: connecting to a database", () => {
  const cases: readonly (readonly [string, string, (text: Buffer) => string | Buffer, string])[] = [
    ["a wrong password of PostgreSQL", "postgres", () => refusal("28P01"), "refused"],
    ["a server that starts", "postgres", () => refusal("57P03"), "failed: 57P03"],
    [
      "a wrong password of Redis",
      "redis",
      (text) => wrong.repeat(commandsIn(text).length),
      "refused",
    ],
    [
      "a Redis that lets it in",
      "redis",
      (text) =>
        commandsIn(text)
          .map((name) => (name === "info" ? `$${info.length}\r\n${info}\r\n` : "+OK\r\n"))
          .join(""),
      "entered",
    ],
  ];
  for (const [name, scheme, answer, said] of cases) {
    it(`${name}: ${said}`, async () => {
      expect(await saidBy(answering(answer), scheme)).to.equal(said);
    });
  }

  it("that nobody can reach, or no client is for, is not tried", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    await new Promise((resolve) => server.close(resolve));
    expect(await tryToConnect(`postgres://127.0.0.1:${port}/0`)).to.match(
      /^not tried: the address cannot be reached/u,
    );
    expect(await tryToConnect("")).to.match(/^not tried: there is no external address/u);
    expect(await tryToConnect("mongodb://127.0.0.1:1/0")).to.match(
      /^not tried: there is no client/u,
    );
  });
});
