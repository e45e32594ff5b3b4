import { expect } from "chai";
import { deadlineIn } from "../../../src/http/deadline";
import { json, network, Scripted, type Step } from "./scripted";

const good = json(200, {});
const failing = json(503, { error: "try later" });

/** When requests are sent that are asked for every so often, each with so much time. */
async function sentAt(steps: readonly Step[], asked: readonly number[], limit = 900_000) {
  const scripted = new Scripted(steps);
  const { client, clock } = scripted;
  const outcomes = asked.map(async (at) => {
    await clock.sleep(at);
    const deadline = deadlineIn(clock, limit);
    const request = { ...scripted.request({ path: `/${at}` }), deadline };
    return client.send(request).then(
      () => "answered",
      (error: unknown) => String(error),
    );
  });
  const ends = await clock.run(Promise.all(outcomes));
  return { ends, sent: scripted.sent.map(({ url, at }) => [url.split("/").at(-1), at]) };
}

describe("requests after one that failed", () => {
  it("are held back as long as the platform says", async () => {
    const told = json(503, {}, { "retry-after": "30" });
    const { sent } = await sentAt([told, good], [0, 5000, 40_000]);
    expect(sent).to.deep.equal([
      ["0", 0],
      ["5000", 30_000],
      ["0", 30_000],
      ["40000", 40_000],
    ]);
  });

  it("are held back longer the more have failed in a row, and not after an answer", async () => {
    const asked = [0, 100, 200, 20_000, 20_100];
    const { sent } = await sentAt([failing, failing, failing, failing, good], asked);
    expect(sent.slice(0, 4).map(([, at]) => at)).to.deep.equal([0, 375, 375, 375]);
    // Those that were under way together count as one failure.
    expect(sent[4]?.[1]).to.equal(375 + 750);
    expect(sent.slice(-2)).to.deep.equal([
      ["20000", 20_000],
      ["20100", 20_100],
    ]);
  });

  for (const [title, step] of [
    ["that the platform refuses", json(404, { error: "none" })],
    ["whose answer cannot be read", json(200, "x".repeat(10), { "content-type": "text/html" })],
  ] as const) {
    it(`are sent at once after one ${title}`, async () => {
      const { sent } = await sentAt([step, good], [0, 10]);
      expect(sent).to.deep.include(["10", 10]);
    });
  }

  it("fail with the reason where the platform asks for more time than they have", async () => {
    const told = json(429, { error: "slow down" }, { "retry-after": "3600" });
    const { ends, sent } = await sentAt([told, good], [0, 1000]);
    expect(ends[1]).to.equal(
      "RateLimitError: could not read the add-on: Miget answered 429. Run it again in 59 min 59 s.",
    );
    expect(sent).to.have.length(1);
  });

  it("wait as long as they may where no platform said how long", async () => {
    const refused = network("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:1");
    const { ends } = await sentAt([...Array.from({ length: 7 }, () => refused), good], [0, 1000]);
    expect(ends).to.deep.equal(["answered", "answered"]);
  });
});
