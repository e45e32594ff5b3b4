import { findCli, type FoundCli } from "../../scripts/cli/index";

let answer: ReturnType<typeof findCli> | undefined;
let told = false;

/** The CLI that the setup found or made; asked for once a test run, nothing is built here. */
export function cliForTests(): ReturnType<typeof findCli> {
  answer ??= findCli({ allowBuild: false });
  return answer;
}

/** The CLI, or an error that says why there is none. */
export async function requireCli(): Promise<FoundCli> {
  const cli = await cliForTests();
  if (cli.found) return cli;
  throw new Error(`this needs the Pulumi CLI. ${cli.reason}`);
}

/**
 * A suite that needs the real engine. Without a CLI its tests are reported as pending and the reason
 * is printed; where that must not pass (CI=true or REQUIRE_CLI=1) it is an error.
 */
export function describeWithCli(title: string, suite: (this: Mocha.Suite) => void): Mocha.Suite {
  return describe(title, function () {
    before(async function () {
      const cli = await cliForTests();
      if (cli.found) return;
      if (cliIsRequired()) await requireCli();
      if (!told) {
        told = true;
        console.warn(`\n  Tests with the real engine are skipped: ${cli.reason}`);
      }
      this.skip();
    });
    suite.call(this);
  });
}

function cliIsRequired(): boolean {
  return process.env.CI === "true" || process.env.REQUIRE_CLI === "1";
}
