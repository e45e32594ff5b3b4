import { expect } from "chai";
import { createServer, type Server } from "node:net";
import { tryToConnect } from "../../scripts/acceptance/connect";

/** What PostgreSQL says to a client with a wrong password. */
function refusal(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0Mno\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

async function uriOf(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return `postgres://user:not-a-real-password@127.0.0.1:${port ?? ""}/data`;
}

describe("acceptance: connecting to a database", () => {
  const cases = [
    { code: "28P01", said: "refused" },
    { code: "57P03", said: "failed: 57P03" },
  ];
  for (const { code, said } of cases) {
    it(`${code} counts as ${said}`, async () => {
      const server = createServer((socket) => {
        socket.on("error", () => undefined).once("data", () => socket.end(refusal(code)));
      });
      try {
        expect(await tryToConnect(await uriOf(server))).to.equal(said);
      } finally {
        server.close();
      }
    });
  }

  it("that nobody can reach is not tried", async () => {
    const server = createServer();
    const uri = await uriOf(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await tryToConnect(uri)).to.match(/^not tried: the address cannot be reached/u);
    expect(await tryToConnect("")).to.match(/^not tried: there is no external address/u);
  });
});
