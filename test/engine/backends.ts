import type { EmulatorOptions } from "../emulator/index";
import type { StateBackend } from "../support/engine";
import { PostgresServer } from "../support/postgres";
import { describeWithCli } from "../support/skip";
import { stackFor, type Stack } from "./stack";

/** Where the engine keeps the state of a suite's stack. */
export interface Backend {
  /** A test of what no backend can make different: on files only. */
  readonly further: (title: string, test: Mocha.AsyncFunc) => void;
  readonly stackFor: (options?: EmulatorOptions) => () => Stack;
}

/** A suite with the real engine that is run with state in files, and its core with PostgreSQL. */
export function describeOnBackends(
  title: string,
  suite: (this: Mocha.Suite, backend: Backend) => void,
): void {
  describeWithCli(title, function () {
    suite.call(this, {
      further: (name, test) => it(name, test),
      stackFor,
    });
  });
  describeWithPostgres(`${title}, with state in PostgreSQL`, function (backend) {
    suite.call(this, {
      further: () => undefined,
      stackFor: (options) => stackFor(options, () => ({ backend: backend() })),
    });
  });
}

/**
 * A suite that needs the real engine and a PostgreSQL server, which is started for it. Where there
 * is none its tests are reported as pending, and the reason is printed.
 */
export function describeWithPostgres(
  title: string,
  suite: (this: Mocha.Suite, backend: () => StateBackend) => void,
): void {
  describeWithCli(title, function () {
    let server: PostgresServer | undefined;
    before(async function () {
      this.timeout(120_000);
      const { findPostgres } = await import("../../scripts/lib/postgres.mjs");
      const postgres = findPostgres();
      if (!postgres.found) {
        console.warn(`\n  "${title}" is skipped: ${postgres.reason}`);
        this.skip();
      }
      server = await PostgresServer.start(postgres.bin);
    });
    after(async () => {
      await server?.stop();
    });
    suite.call(this, () => {
      if (server === undefined) throw new Error("there is no server before the tests");
      return server.backend();
    });
  });
}
