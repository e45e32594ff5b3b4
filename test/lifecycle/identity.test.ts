import { expect } from "chai";
import type { FetchResponse, Transport } from "../../src/http/transport";
import { Provider } from "../../src/lifecycle/provider";
import { MigetPlatform } from "../../src/miget/platform";
import { NorthflankPlatform } from "../../src/northflank/platform";
import { recordAt, type JsonRecord } from "../support/json";
import { loader } from "../support/resource";
import { World } from "../support/world";
import { kinds } from "./kinds";

/** Turns the JSON of an answer into another one. */
type Tamper = (request: { method: string; path: string }, body: JsonRecord) => JsonRecord;

const byTitle = (title: string) => {
  const kind = kinds.find((entry) => entry.title === title);
  if (kind === undefined) throw new Error(`there is no kind ${title}`);
  return kind;
};

/** An add-on of each platform, and where its id stands in an answer. */
const cases = [
  {
    title: "Miget",
    inputs: byTitle("Miget valkey").inputs,
    make: (world: World, transport: Transport) =>
      new Provider(new MigetPlatform(), { ...world.runtime(), transport }),
    withKey: (body: JsonRecord, uuid: string) => ({ ...body, uuid }),
  },
  {
    title: "Northflank",
    inputs: byTitle("Northflank redis").inputs,
    make: (world: World, transport: Transport) =>
      new Provider(new NorthflankPlatform(), { ...world.runtime(), transport }),
    withKey: (body: JsonRecord, id: string) => ({
      ...body,
      data: { ...recordAt(body, "data"), id },
    }),
  },
] as const;

for (const { title, inputs, make, withKey } of cases) {
  describe(`an answer of ${title} about an add-on that was not asked for`, () => {
    let world: World;
    let tamper: Tamper;
    let provider: ReturnType<typeof make>;

    beforeEach(async () => {
      world = await World.start();
      tamper = (_request, body) => body;
      const { transport } = world.runtime();
      provider = make(world, async (url, init) => {
        const response = await transport(url, init);
        const text = await response.text();
        const request = { method: init.method, path: new URL(url).pathname };
        const body: unknown = text === "" ? {} : JSON.parse(text);
        const isEntity = response.status < 300 && text !== "" && !Array.isArray(body);
        return answer(response, isEntity ? JSON.stringify(tamper(request, recordAt(body))) : text);
      });
    });

    afterEach(() => world.close());

    const create = async (name: string) => {
      const checked = await provider.check({}, { ...inputs, name, ...loader });
      return provider.create({ ...checked.inputs, ...loader });
    };
    const writes = () => world.requests().filter((line) => !line.startsWith("GET"));

    it("is not taken for the new one after a creation", async () => {
      const mine = await world.run(create("mine"));
      const theirs = mine.id.split("/")[1] ?? "";
      tamper = ({ method }, body) => (method === "POST" ? withKey(body, theirs) : body);
      const second = await world.run(create("second"));
      expect(second.id).not.to.equal(mine.id);
      expect(second.outs.name).to.equal("second");
    });

    for (const id of ["", "..", ".", "a/b", "a\u0000b"]) {
      it(`is not used as an id where it is ${JSON.stringify(id)}`, async () => {
        tamper = ({ method }, body) => (method === "POST" ? withKey(body, id) : body);
        const made = await world.run(create("mine"));
        expect(made.id).to.match(/^[\w-]+\/[\w-]+$/u);
      });
    }

    it("stops an update and a deletion before anything is done to either", async () => {
      const mine = await world.run(create("mine"));
      const other = await world.run(create("other"));
      const theirs = other.id.split("/")[1] ?? "";
      tamper = ({ method, path }, body) =>
        method === "GET" && path.endsWith(mine.id.split("/")[1] ?? "")
          ? withKey(body, theirs)
          : body;
      world.emulator.clearLog();
      const news = { ...mine.outs, ...loader, passwordVersion: "2" };
      const update = await world.failure(provider.update(mine.id, mine.outs, news));
      expect(update.message).to.contain(`answered with another one, "${theirs}"`);
      expect(update.message).to.contain("Nothing was done to either");
      expect(writes()).to.deep.equal([]);
      await world.failure(provider.read(mine.id, mine.outs));
      // Miget never gives a UUID twice, so a deletion need not look first.
      await world.run(provider.delete(mine.id, mine.outs).catch(() => undefined));
      expect(writes().filter((line) => line.includes(theirs))).to.deep.equal([]);
    });
  });
}

describe("an answer about an add-on of another project", () => {
  it("is not taken for the one that was asked for", async () => {
    const world = await World.start();
    try {
      const { transport } = world.runtime();
      const provider = new Provider(new NorthflankPlatform(), {
        ...world.runtime(),
        transport: async (url, init) => {
          const response = await transport(url, init);
          const text = await response.text();
          return answer(response, text.replaceAll("/demo-project/", "/another-project/"));
        },
      });
      const { inputs } = byTitle("Northflank redis");
      const checked = await world.run(provider.check({}, { ...inputs, ...loader }));
      const error = await world.failure(provider.create({ ...checked.inputs, ...loader }));
      expect(error.message).to.contain('one of "another-project"');
    } finally {
      await world.close();
    }
  });
});

function answer(response: FetchResponse, text: string): FetchResponse {
  return { status: response.status, headers: response.headers, text: () => Promise.resolve(text) };
}
