import { expect } from "chai";
import { EngineLog, type Line } from "../../../src/doors/row";

describe("what a call says to the engine", () => {
  const setUp = (fails = false) => {
    const lines: Line[] = [];
    const printed: string[] = [];
    const sink = (line: Line) => {
      if (fails) return Promise.reject(new Error("gone"));
      lines.push(line);
      return Promise.resolve();
    };
    return { lines, printed, log: new EngineLog(sink, (line) => printed.push(line)) };
  };

  it("is there, at the row of its resource, before the call answers", async () => {
    const { log, lines } = setUp();
    await Promise.all(
      ["urn:a", "urn:b"].map((urn) =>
        log.about(urn, async () => {
          const status = log.statuses().status();
          await Promise.resolve();
          log.say(`created ${urn}`);
          log.say("warning: odd");
          log.debug("GET /");
          // Called by a loop that another operation has begun.
          setImmediate(() => status("pending"));
          await new Promise((resolve) => setImmediate(resolve));
        }),
      ),
    );
    const of = (urn: string) => lines.filter((line) => line.urn === urn);
    for (const urn of ["urn:a", "urn:b"]) {
      expect(
        of(urn).map(({ severity, message, ephemeral }) => [severity, message, ephemeral]),
      ).to.deep.equal([
        ["INFO", `created ${urn}`, false],
        ["WARNING", "odd", false],
        ["DEBUG", "GET /", false],
        ["INFO", "pending", true],
      ]);
    }
  });

  it("is at the stack's row where it is about all", async () => {
    const { log, lines } = setUp();
    await log.about("urn:a", () => {
      log.statuses().stackStatus("+4.00 USD a month");
      return Promise.resolve();
    });
    expect(lines).to.deep.equal([
      { severity: "INFO", message: "+4.00 USD a month", urn: "", ephemeral: true },
    ]);
  });

  it("is printed where the engine does not take it, but for what passes", async () => {
    const { log, printed } = setUp(true);
    await log.about(undefined, () => {
      log.say("warning: odd");
      log.statuses().status()("pending");
      return Promise.resolve();
    });
    expect(printed).to.deep.equal(["warning: odd"]);
  });
});
