import { expect } from "chai";
import { isRight } from "fp-ts/Either";
import type * as t from "io-ts";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  decodeRecording,
  succeeded,
  type Exchange,
  type Recording,
} from "../../scripts/acceptance/recording";
import { judge } from "../../scripts/acceptance/report";
import * as miget from "../../src/miget/codecs";
import * as northflank from "../../src/northflank/codecs";
import { contractOf, platforms } from "../contract/contract";
import { repository } from "../support/pack";
import { take } from "./support";

/** How the package reads the answers. */
const codecs: Readonly<Record<string, t.Decoder<unknown, unknown>>> = {
  "miget getAddon": miget.AddonAnswer,
  "miget createAddon": miget.AddonAnswer,
  "miget listAddons": miget.AddonListAnswer,
  "miget listApps": miget.AppListAnswer,
  "northflank getAddon": northflank.AddonAnswer,
  "northflank createAddon": northflank.AddonAnswer,
  "northflank listAddons": northflank.AddonListAnswer,
  "northflank getAddonCredentials": northflank.CredentialsAnswer,
  "northflank getAddonVersion": northflank.VersionAnswer,
  "northflank listAddonBackupSchedules": northflank.ScheduleListAnswer,
  "northflank listAddonTypes": northflank.AddonTypeListAnswer,
  "northflank listPlans": northflank.PlanListAnswer,
};

const folder = join(repository, "test/recordings");
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

/** What of an answer the contract does not allow, as it is now. */
function departures({ platform }: Recording, { method, path, status, response }: Exchange) {
  if (path === "/unknown") return [];
  return contractOf(platform).validateResponse({ method, path, status, body: response });
}

function check(recording: Recording): void {
  let read = 0;
  for (const exchange of recording.exchanges) {
    expect(departures(recording, exchange), exchange.step).to.deep.equal([]);
    const codec = codecs[`${recording.platform} ${exchange.operation}`];
    if (codec === undefined || !succeeded(exchange)) continue;
    expect(isRight(codec.decode(exchange.response)), exchange.step).to.equal(true);
    read += 1;
  }
  expect(read).to.be.above(0);
  const wrong = judge(recording).filter(({ verdict }) => verdict === "contradicted");
  expect(wrong).to.deep.equal([]);
}

describe("acceptance: recordings", function () {
  this.timeout(60_000);

  for (const file of files) {
    it(`${file} is as contract and package have it now`, () => {
      check(decodeRecording(JSON.parse(readFileSync(join(folder, file), "utf8"))));
    });
  }

  for (const platform of platforms) {
    it(`a new one of the emulated ${platform} is as contract and package have it`, async () => {
      check((await take(platform)).recording);
    });
  }
});
