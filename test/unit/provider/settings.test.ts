import { memoryJournal } from "../../../src/provider/journal";
import { expect } from "chai";
import { Clients } from "../../../src/provider/clients";
import { type PlatformSettings, settingOf } from "../../../src/provider/settings";
import type { Transport } from "../../../src/http/transport";
import { MigetKind } from "../../../src/miget/kind";
import { NorthflankKind } from "../../../src/northflank/kind";
import { VirtualClock } from "../../support/virtual-clock";

const settings: PlatformSettings = {
  advise: () => undefined,
  platform: "Miget",
  token: { key: "miget:apiToken", variables: ["MIGET_API_TOKEN", "OTHER_TOKEN"] },
  baseUrl: {
    key: "miget:baseUrl",
    variables: ["MIGET_BASE_URL"],
    default: "https://app.example.com/api",
  },
};
const fake = "FAKE-token";
const unused: Transport = () => Promise.reject(new Error("no request is made here"));

function runtime(env: Record<string, string | undefined> = {}) {
  return {
    clock: new VirtualClock(),
    random: () => 0.5,
    transport: unused,
    env,
    log: () => undefined,
    isAbandoned: () => false,
    journal: memoryJournal(),
  };
}

const reader = (values: Record<string, string>) => (key: string) => values[key];

function open(config: Record<string, string>, env: Record<string, string> = {}) {
  return new Clients(settings).open(reader(config), runtime(env));
}

function failure(config: Record<string, string>, env: Record<string, string> = {}): string {
  try {
    open(config, env);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error("expected it to fail");
}

describe("settings", () => {
  const { token } = settings;
  const table: readonly (readonly [
    string,
    Record<string, string>,
    Record<string, string>,
    string | undefined,
  ])[] = [
    ["configuration before environment", { "miget:apiToken": "a" }, { MIGET_API_TOKEN: "b" }, "a"],
    ["environment", {}, { MIGET_API_TOKEN: "b", OTHER_TOKEN: "c" }, "b"],
    ["the second variable", {}, { OTHER_TOKEN: "c" }, "c"],
    [
      "empty counts as not set",
      { "miget:apiToken": "" },
      { MIGET_API_TOKEN: " ", OTHER_TOKEN: "c" },
      "c",
    ],
    ["blanks around it", { "miget:apiToken": " a\n" }, {}, "a"],
    ["nothing", {}, {}, undefined],
    ["nothing but blanks", { "miget:apiToken": "\n" }, { MIGET_API_TOKEN: "" }, undefined],
  ];
  for (const [title, config, env, expected] of table) {
    it(title, () => expect(settingOf(token, reader(config), env)).to.equal(expected));
  }
});

describe("a missing token", () => {
  it("is said with the command and the variables", () => {
    expect(failure({})).to.include("`pulumi config set --secret miget:apiToken <token>`");
    expect(failure({})).to.include("MIGET_API_TOKEN or OTHER_TOKEN");
  });

  it("is said for each platform with its own names, and only once a call is made", async () => {
    const opening = { config: () => undefined, runtime: runtime() };
    const said = async (opened: Promise<unknown>) => {
      const error: unknown = await opened.catch((reason: unknown) => reason);
      return error instanceof Error ? error.message : "";
    };
    const miget = new MigetKind().open({ ...opening, props: { appUuid: "a" } });
    expect(await said(miget)).to.match(
      /pulumi config set --secret miget:apiToken .*MIGET_API_TOKEN/u,
    );
    const northflank = new NorthflankKind().open({ ...opening, props: { projectId: "p" } });
    expect(await said(northflank)).to.match(
      /pulumi config set --secret northflank:apiToken .*NORTHFLANK_API_TOKEN or NF_API_TOKEN/u,
    );
  });
});

describe("the base URL", () => {
  const token = { "miget:apiToken": fake };
  for (const [given, used] of [
    ["https://api.example.com", "https://api.example.com"],
    ["https://api.example.com/", "https://api.example.com"],
    ["https://api.example.com/v1//", "https://api.example.com/v1"],
    ["HTTPS://API.example.com/V1", "https://api.example.com/V1"],
    ["https://api.example.com:8443/v1", "https://api.example.com:8443/v1"],
    ["http://localhost:8080/api/", "http://localhost:8080/api"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["http://127.9.8.7", "http://127.9.8.7"],
    ["http://[::1]:8080/api", "http://[::1]:8080/api"],
    ["", "https://app.example.com/api"],
  ] as const) {
    it(`${JSON.stringify(given)} is used as ${used}`, () => {
      expect(open({ ...token, "miget:baseUrl": given }).account).to.equal(`${used} ${fake}`);
      expect(open(token, { MIGET_BASE_URL: given }).account).to.equal(`${used} ${fake}`);
    });
  }

  for (const [given, why] of [
    ["http://api.example.com", /must begin with https/u],
    ["http://127.0.0.1.example.com", /must begin with https/u],
    ["http://localhost.example.com", /must begin with https/u],
    ["http://10.0.0.1", /must begin with https/u],
    ["http://[::2]", /must begin with https/u],
    ["http://0.0.0.0", /must begin with https/u],
    ["ftp://localhost", /must begin with https/u],
    ["api.example.com", /not a URL/u],
    ["localhost:8080", /must begin with https/u],
    ["https://", /not a URL/u],
    ["https://demo:FAKE-password@api.example.com", /must not hold credentials/u],
    ["http://FAKE-user@localhost", /must not hold credentials/u],
    ["https://api.example.com/v1?key=FAKE", /baseUrl/u],
    ["https://api.example.com/v1#part", /baseUrl/u],
  ] as const) {
    it(`${given} is refused, where it was set`, () => {
      const message = failure({ ...token, "miget:baseUrl": given });
      expect(message).to.match(why).and.include("miget:baseUrl");
      expect(message).to.not.include("FAKE");
    });
  }
});

describe("clients", () => {
  it("share one budget for one account, and have their own for another", () => {
    const clients = new Clients(settings);
    const at = (token: string, url = "https://a.example.com") =>
      clients.open(reader({ "miget:apiToken": token, "miget:baseUrl": url }), runtime());
    expect(at("one").budget).to.equal(at("one", "https://a.example.com/").budget);
    expect(at("one").client).to.equal(at("one").client);
    expect(at("two").budget).to.not.equal(at("one").budget);
    expect(at("one", "https://b.example.com").budget).to.not.equal(at("one").budget);
  });
});
