import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { expect } from "chai";
import { nodeFetchTransport } from "../../../src/http/transport";

const variables = ["http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY"] as const;

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(portOf(server)));
  });
}

describe("the transport", () => {
  const kept = variables.map((name) => [name, process.env[name]] as const);
  const sockets = new Set<Socket>();
  const tunnels: string[] = [];
  let connections = 0;
  let api: Server;
  let proxy: Server;
  let url = "";

  before(async () => {
    api = createServer((request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ path: request.url }));
    });
    api.on("connection", (socket: Socket) => {
      connections += 1;
      sockets.add(socket);
    });
    proxy = createServer();
    proxy.on("connect", (request, client: Socket) => {
      tunnels.push(request.url ?? "");
      const server = connect(portOf(api), "127.0.0.1", () => {
        client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        server.pipe(client).pipe(server);
      });
      sockets.add(client).add(server);
    });
    url = `http://127.0.0.1:${await listen(api)}/v1/projects`;
  });

  beforeEach(() => {
    for (const name of variables) Reflect.deleteProperty(process.env, name);
    tunnels.length = 0;
    connections = 0;
  });

  after(() => {
    for (const [name, value] of kept) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    for (const socket of sockets) socket.destroy();
    api.close();
    proxy.close();
  });

  const get = async (transport: ReturnType<typeof nodeFetchTransport>) => {
    const signal = new AbortController().signal;
    const init = { method: "GET", headers: {}, redirect: "manual", signal, size: 1000 } as const;
    const response = await transport(url, init);
    return { status: response.status, text: await response.text() };
  };

  it("keeps a connection for the next request", async () => {
    const transport = nodeFetchTransport(4);
    expect(await get(transport)).to.deep.equal({ status: 200, text: '{"path":"/v1/projects"}' });
    await get(transport);
    expect(connections).to.equal(1);
  });

  it("goes through the proxy that the environment names, unless it is excepted", async () => {
    process.env.http_proxy = `http://127.0.0.1:${await listen(proxy)}`;
    expect((await get(nodeFetchTransport(4))).status).to.equal(200);
    expect(tunnels).to.deep.equal([new URL(url).host]);
    process.env.no_proxy = "127.0.0.1";
    expect((await get(nodeFetchTransport(4))).status).to.equal(200);
    expect(tunnels).to.have.length(1);
  });
});
