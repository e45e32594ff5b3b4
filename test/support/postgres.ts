import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { listOf, textOf } from "./json";
import { startCommand, runCommand, type Owner, type RunningCommand } from "./command";
import type { StateBackend } from "./engine";
import { removeFolder, temporaryFolder } from "./temporary";

const user = "test";
const database = "postgres";

/** A PostgreSQL server of our own: its cluster in a temporary folder, reached by a socket there. */
export class PostgresServer {
  private tables = 0;

  private constructor(
    private readonly bin: string,
    private readonly folder: string,
    private readonly running: RunningCommand,
  ) {}

  /** `bin`: the folder with PostgreSQL's programs. */
  static async start(bin: string): Promise<PostgresServer> {
    const folder = temporaryFolder("postgres");
    const data = join(folder, "data");
    mkdirSync(data, { mode: 0o700 });
    const owner = ownerForServer();
    if (owner !== undefined)
      for (const each of [folder, data]) chownSync(each, owner.uid, owner.gid);
    const options = { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: "C" }, owner };
    const made = ["--pgdata", data, "--username", user, "--auth=trust", "--no-sync", "-E", "UTF8"];
    await runCommand(join(bin, "initdb"), made, { ...options, timeout: 120_000 });
    // No port, so that nothing else can be in the way; nothing that is kept has to outlive a crash.
    const settings = ["listen_addresses=", "fsync=off", `unix_socket_directories=${folder}`];
    const args = ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
    const running = startCommand(join(bin, "postgres"), args, { ...options, timeout: 3_600_000 });
    // A test run that is cut off must not leave it behind.
    process.once("exit", () => running.kill("SIGQUIT"));
    await running.waitFor(/ready to accept connections/u, 60_000);
    return new PostgresServer(bin, folder, running);
  }

  /** A backend that nobody else uses. */
  backend(): StateBackend {
    this.tables += 1;
    const table = `state_${String(this.tables)}`;
    const query = new URLSearchParams({ host: this.folder, sslmode: "disable", table });
    return {
      url: `postgres://${user}@/${database}?${query.toString()}`,
      texts: () => this.rows(table),
    };
  }

  async stop(): Promise<void> {
    // A fast shutdown: connections are ended, and nothing is waited for.
    this.running.kill("SIGINT");
    await this.running.done;
    removeFolder(this.folder);
  }

  private rows(table: string): (readonly [string, string])[] {
    const query = `select coalesce(json_agg(json_build_array(key, data->>'data')), '[]') from ${table}`;
    const options = ["--host", this.folder, "--username", user, "--tuples-only", "--no-align"];
    const answer = execFileSync(
      join(this.bin, "psql"),
      [...options, "--no-psqlrc", "--command", query, database],
      { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
    );
    const rows: unknown = JSON.parse(answer);
    return listOf(rows).map((row) => {
      const [key, data] = listOf(row).map(textOf);
      return [key ?? "", Buffer.from(data ?? "", "base64").toString("utf8")] as const;
    });
  }
}

/** The server refuses to run as root; then it runs as the user that is made for it, or as nobody. */
function ownerForServer(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((option) => idOf(name, option));
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error("there is neither a user postgres nor a user nobody to run the server as");
}

function idOf(name: string, option: string): number | undefined {
  try {
    const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
    const id = Number(execFileSync("id", [option, name], { encoding: "utf8", stdio }));
    return Number.isSafeInteger(id) && id > 0 ? id : undefined;
  } catch {
    return undefined;
  }
}
