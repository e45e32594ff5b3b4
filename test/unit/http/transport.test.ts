import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { expect } from "chai";
import { ProxyError, proxyFor } from "../../../src/http/proxy";
import { nodeFetchTransport } from "../../../src/http/transport";
import { explainNoAnswer } from "../../../src/http/unreachable";

const variables = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

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

  const get = async (transport: ReturnType<typeof nodeFetchTransport>, target = url) => {
    const signal = new AbortController().signal;
    const init = { method: "GET", headers: {}, redirect: "manual", signal, size: 1000 } as const;
    const response = await transport(target, init);
    return { status: response.status, text: await response.text() };
  };

  it("keeps a connection for the next request", async () => {
    const transport = nodeFetchTransport(4);
    expect(await get(transport)).to.deep.equal({ status: 200, text: '{"path":"/v1/projects"}' });
    await get(transport);
    expect(connections).to.equal(1);
  });

  const elsewhere = "http://api.example.com/v1/projects";

  it("goes through the proxy that the environment names, unless it is excepted", async () => {
    process.env.http_proxy = `127.0.0.1:${await listen(proxy)}`;
    expect((await get(nodeFetchTransport(4), elsewhere)).status).to.equal(200);
    expect(tunnels).to.deep.equal(["api.example.com:80"]);
    process.env.no_proxy = "127.0.0.1";
    expect((await get(nodeFetchTransport(4))).status).to.equal(200);
    expect(tunnels).to.have.length(1);
  });

  it("never goes through a proxy to this machine, since the token would leave it", async () => {
    process.env.HTTP_PROXY = "http://127.0.0.1:1";
    process.env.ALL_PROXY = "http://127.0.0.1:1";
    expect((await get(nodeFetchTransport(4))).status).to.equal(200);
  });

  it("says which variable names the proxy that cannot be reached", async () => {
    process.env.HTTPS_PROXY = "http://127.0.0.1:1";
    const error: unknown = await get(nodeFetchTransport(4), "https://api.example.com/").catch(
      (reason: unknown) => reason,
    );
    expect(explainNoAnswer(error, "api.example.com", [])).to.deep.equal({
      unsent: true,
      hopeless: false,
      reason: "the proxy that HTTPS_PROXY names refuses the connection (ECONNREFUSED)",
      advice: "Check HTTPS_PROXY.",
    });
  });

  it("takes a proxy without a scheme for one that is spoken to by http", () => {
    process.env.HTTPS_PROXY = "proxy.example.com:3128";
    expect(proxyFor("https://api.example.com/")).to.deep.equal({
      url: "http://proxy.example.com:3128",
      variable: "HTTPS_PROXY",
    });
    process.env.https_proxy = "https://proxy.example.com:3129";
    expect(proxyFor("https://api.example.com/")).to.deep.equal({
      url: "https://proxy.example.com:3129",
      variable: "https_proxy",
    });
  });

  for (const [value, why] of [
    ["socks5://FAKE-user:FAKE-pass@proxy.example.com:1080", /SOCKS/u],
    ["socks://proxy.example.com", /SOCKS/u],
    ["http://FAKE-user:FAKE-pass@", /not the URL of a proxy/u],
    ["http://proxy.example.com:port", /not the URL of a proxy/u],
    ["ftp://proxy.example.com", /not the URL of a proxy/u],
  ] as const) {
    it(`refuses ${value} at once, and does not repeat it`, () => {
      process.env.ALL_PROXY = value;
      expect(() => proxyFor("https://api.example.com/"))
        .to.throw(ProxyError, why)
        .with.property("message")
        .that.includes("ALL_PROXY")
        .and.not.includes("FAKE");
    });
  }
});
