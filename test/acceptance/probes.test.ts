import { expect } from "chai";
import { judge } from "../../scripts/acceptance/report";
import type { Platform } from "../contract/contract";
import type { StartOptions } from "../emulator/index";
import { about, counts, foreign, take } from "./support";

/** The other answer of a question, as a behaviour of the emulated platform, and what it contradicts. */
const others: readonly (readonly [
  platform: Platform,
  StartOptions,
  contradicts: readonly string[],
])[] = [
  ["miget", { migetPartialPut: false }, ["question partial-put", "question shrink"]],
  ["miget", { migetEnvelope: "data" }, ["question envelope"]],
  ["miget", { migetCreateStatus: 202 }, ["question create-status"]],
  ["miget", { migetUpdateAnswer: "message" }, ["question update-answer"]],
  ["miget", { migetUpdateAnswer: "empty" }, ["question update-answer"]],
  ["miget", { migetConnection: "var" }, ["question connection-when"]],
  ["miget", { migetExternalOff: "null" }, ["question external-off"]],
  ["miget", { migetListConnection: true }, ["question list-connection"]],
  ["miget", { staleListMs: 1500 }, ["question list-lag"]],
  ["northflank", { staleListMs: 1500 }, ["question list-lag"]],
  ["northflank", { northflankCreateShape: "nested" }, ["question create-shape"]],
  [
    "northflank",
    { northflankCredentialCase: "camel" },
    ["postgresql", "mysql", "mongodb", "redis", "minio", "rabbitmq"].map(
      (type) => `question keys-${type}`,
    ),
  ],
];

describe("acceptance: probes of the emulated platforms", function () {
  this.timeout(60_000);

  for (const platform of ["miget", "northflank"] as const) {
    it(`${platform}: confirm what contract and package assume, and leave nothing`, async () => {
      const { items, emulator, recording, texts } = await take(platform, "none");
      expect(about(items, "contradicted")).to.deep.equal([]);
      expect(about(items, "confirmed")).to.have.length.above(40);
      expect(counts(emulator, platform)).to.deep.equal({ others: foreign.length, made: 0 });
      expect(
        emulator.requests.filter(
          ({ method, path }) =>
            method !== "GET" && foreign.some((name) => path.split("/").includes(name)),
        ),
      ).to.deep.equal([]);
      // A recording is enough to judge by.
      expect(about(judge(recording), "confirmed")).to.deep.equal(about(items, "confirmed"));
      expect(texts[1]).to.match(/^\+.*measured/mu);
    });
  }

  for (const [platform, behaviours, contradicts] of others) {
    it(`${platform}: tell when ${JSON.stringify(behaviours)}`, async () => {
      const { items, texts } = await take(platform, "none", behaviours);
      expect(about(items, "contradicted")).to.include.members([...contradicts]);
      const asked = about(items, "contradicted").filter((each) => each.startsWith("question"));
      expect(asked.sort()).to.deep.equal([...contradicts].sort());
      expect(texts[0]).to.contain("Change ");
    });
  }
});
