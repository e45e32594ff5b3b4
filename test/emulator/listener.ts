import type { AddressInfo, Socket } from "node:net";
import fastify from "fastify";
import type { Exchanges } from "./server";

const HOST = "127.0.0.1";

/** The open port; everything that arrives goes to `exchanges`. */
export interface Listener {
  readonly port: number;
  /** Refuses new connections for real (ECONNREFUSED) and ends the open ones. */
  readonly refuse: () => Promise<void>;
  /** Listens on the same port again. */
  readonly accept: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const isAddress = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === "object" && address !== null;

export async function listen(exchanges: Exchanges, wantedPort: number): Promise<Listener> {
  const app = fastify({ forceCloseConnections: true, bodyLimit: 20 * 1024 * 1024 });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
  app.all("/*", async (request, reply) => {
    reply.hijack();
    try {
      const text = typeof request.body === "string" ? request.body : "";
      await exchanges.serve(request.raw, reply.raw, text);
    } catch (error) {
      // Whatever breaks inside the emulator must fail the test that met it, in words.
      if (!exchanges.closed) {
        exchanges.violations.push(`the emulator failed: ${String(error)}`);
      }
      reply.raw.destroy();
    }
  });
  const { server } = app;
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const dropConnections = () => sockets.forEach((socket) => socket.destroy());
  let closing: Promise<void> | undefined;
  const close = async () => {
    exchanges.close();
    const ended = [...sockets].map(
      (socket) => new Promise((resolve) => socket.once("close", resolve)),
    );
    dropConnections();
    await Promise.all([app.close(), ...ended]);
  };
  await app.listen({ host: HOST, port: wantedPort });
  const address = server.address();
  if (!isAddress(address)) throw new Error("the emulator has no port");
  const { port } = address;
  return {
    port,
    refuse: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        dropConnections();
      }),
    accept: () =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, HOST, () => {
          server.removeListener("error", reject);
          resolve();
        });
      }),
    close: () => (closing ??= close()),
  };
}
