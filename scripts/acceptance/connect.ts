import { connect as dial } from "node:net";
import postgres from "postgres";

const patience = 15_000;

/**
 * Enters the database by its external address with the engine's client library: `entered`, `refused`
 * where it answers and does not let us in, or why it could not be tried.
 */
export async function tryToConnect(uri: string): Promise<string> {
  if (uri === "") return "not tried: there is no external address";
  const { hostname, port } = new URL(uri);
  if (!(await canReach(hostname, Number(port === "" ? 5432 : port)))) {
    return "not tried: the address cannot be reached from this machine";
  }
  const client = postgres(uri, {
    max: 1,
    connect_timeout: patience / 1000,
    onnotice: () => undefined,
    ...(uri.includes("sslmode=require") && { ssl: "require" as const }),
  });
  try {
    await client`select 1`;
    return "entered";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    // 28: invalid authorization.
    return code.startsWith("28") ? "refused" : `failed: ${code}`;
  } finally {
    await client.end({ timeout: 1 });
  }
}

function canReach(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial({ host, port, timeout: patience });
    const end = (reached: boolean) => () => {
      socket.destroy();
      resolve(reached);
    };
    socket.once("connect", end(true)).once("timeout", end(false)).once("error", end(false));
  });
}
