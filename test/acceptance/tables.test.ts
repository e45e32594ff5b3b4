import { expect } from "chai";
import fc from "fast-check";
import { Anonymiser } from "../../scripts/acceptance/anonymise";
import { lanesFor } from "../../scripts/acceptance/acceptance";
import { marksOf } from "../../scripts/acceptance/marks";
import { askedBy } from "../../scripts/acceptance/questions";
import { notChanged } from "../../scripts/acceptance/steps";
import { isOurs, runName } from "../../scripts/acceptance/target";
import { fields as migetFields } from "../../src/miget/fields";
import { fields as northflankFields } from "../../src/northflank/fields";
import { platforms } from "../contract/contract";
import { addonTypes } from "../emulator/northflank/catalogue";
import { recordAt, textOf, textsOf } from "../support/json";
import { homes } from "./support";

const offer = {
  plan: "nf-compute-10",
  larger: "nf-compute-20",
  perHour: 0.01,
  currency: "usd",
  types: addonTypes
    .filter(({ versions }) => versions !== undefined)
    .map((each) => ({
      type: textOf(each.type),
      versions: textsOf(each.versions),
      storage: [4096, 6144],
    })),
};
const migetOffer = { ...offer, types: [{ type: "postgres", versions: ["17"], storage: [] }] };

describe("acceptance: tables", () => {
  for (const platform of platforms) {
    const lanes = lanesFor(
      { platform, home: homes[platform] },
      platform === "miget" ? migetOffer : offer,
      "paas-acceptance-261128-233015",
    );
    const fields = platform === "miget" ? migetFields : northflankFields;

    for (const { lane, steps, inputs } of lanes.filter(({ lane }) => lane !== "calls")) {
      it(`${platform}, ${lane}: a step makes every update of the field table, or a reason says why not`, () => {
        const type = textOf(inputs.type);
        const made = new Set(steps.flatMap((step) => ("up" in step ? Object.keys(step.up) : [])));
        const updates = Object.entries<{ readonly change: string }>(fields)
          .filter(([path, field]) => {
            const [group, setting = ""] = path.split(".");
            const isOther = group === "typeSpecificSettings" && !setting.startsWith(type);
            return field.change === "update" && !isOther;
          })
          .map(([path]) => path);
        const missing = updates.filter((path) => !made.has(path) && notChanged[path] === undefined);
        expect(missing).to.deep.equal([]);
      });
    }

    for (const { lane, steps } of lanes) {
      it(`${platform}, ${lane}: steps have names of their own`, () => {
        const names = steps.map(({ step }) => step);
        expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
      });
    }

    it(`${platform}: questions ask steps that there are, and settle marks that there are`, () => {
      const names = new Set(lanes.flatMap(({ steps }) => steps.map(({ step }) => step)));
      const places = new Set(marksOf(platform).map(({ place }) => place));
      for (const [id, question] of Object.entries(askedBy(platform)["x-questions"])) {
        const [step] = Object.entries(question.answer).flatMap(([key, value]) =>
          typeof value === "string" && /^(?:in|status|accepted|connection)$/u.test(key)
            ? [value]
            : [],
        );
        if (step !== undefined) expect(names, id).to.include(step);
        for (const place of question.settles ?? []) expect(places).to.include(place);
        expect(question.fine.length).to.be.above(0);
      }
    });

    it(`${platform}: names are this tool's, and short enough`, () => {
      const bodies = lanes.flatMap(({ inputs, steps }) => [
        inputs,
        ...steps.flatMap((step) => ("body" in step ? [step.body] : [])),
      ]);
      const names = bodies.flatMap((body) => (typeof body.name === "string" ? [body.name] : []));
      expect(names.filter((name) => !isOurs(name) || name.length > 39)).to.deep.equal([]);
      expect(names.length).to.be.above(5);
    });

    it(`${platform}: reasons are about marks that there are`, () => {
      const places = marksOf(platform).map(({ place }) => place);
      const idle = askedBy(platform)["x-unasked"].filter(
        (reason) => !places.some((place) => new RegExp(reason.places, "u").test(place)),
      );
      expect(idle).to.deep.equal([]);
      expect(places.length).to.be.above(50);
    });
  }
});

describe("acceptance: names", () => {
  const run = runName(new Date("2026-11-28T23:30:15Z"));
  const cases: readonly (readonly [name: unknown, ours: boolean])[] = [
    [`${run}-main`, true],
    [`${run}-main-abcde`, true],
    ["paas-acceptance-251231-000000-redis", true],
    ["paas-acceptance", false],
    ["paas-acceptance-main", false],
    [`my-${run}-main`, false],
    [`${run}-main.internal.example.com`, false],
    ["orders", false],
    [undefined, false],
  ];
  for (const [name, ours] of cases) {
    it(`${String(name)} is ${ours ? "" : "not "}one of ours`, () => {
      expect(isOurs(name)).to.equal(ours);
    });
  }

  it("of another run are left alone", () => {
    expect(isOurs("paas-acceptance-251231-000000-redis", run)).to.equal(false);
  });
});

describe("acceptance: stand-ins", () => {
  const shapes: readonly (readonly [text: string, shape: RegExp])[] = [
    [
      "postgres://us%65r:p%40ss@db.host.io:5432/data?sslmode=require",
      /^postgres:\/\/value-1:value-2@host-3\.example\.invalid:5432\/value-4\?sslmode=value-5$/u,
    ],
    [
      "server=db.host.io:3306;uid=me;password=secret;database=one",
      /^server=[^;]*;uid=value-\d;password=value-\d;database=value-\d$/u,
    ],
    ["8d1d7d5c-3b52-4f0c-9d0a-0a5d1c2b3a4f", /^00000000-0000-4000-8000-000000000001$/u],
    ["203.0.113.7/32", /^192\.0\.2\.1$/u],
  ];
  for (const [text, shape] of shapes) {
    it(`keep the shape of ${text}`, () => {
      const anonymised = new Anonymiser().body("getAddon", 200, { text });
      expect(recordAt(anonymised).text).to.match(shape);
    });
  }

  it("are the same for a password alone and in an address", () => {
    const { text, uri } = recordAt(
      new Anonymiser().body("getAddon", 200, { text: "p@ss", uri: "redis://:p%40ss@db.host.io" }),
    );
    expect(uri).to.equal(`redis://:${textOf(text)}@host-2.example.invalid`);
  });

  it("stand for any text that is nobody's word, wherever it is", () => {
    const secret = fc.string({ minLength: 6, unit: "grapheme-ascii" }).map((text) => `zq${text}zq`);
    const place = fc.constantFrom("status", "password", "envs", "name", "message", "key", "other");
    fc.assert(
      fc.property(secret, place, fc.constantFrom(200, 404), (text, key, status) => {
        const body = {
          [key]: text,
          list: [{ uri: `redis://:${encodeURIComponent(text)}@h.io/0` }],
        };
        const shown = JSON.stringify(new Anonymiser().body("getAddon", status, body));
        // Ordinary words may stand in messages, and words of the API where it has words.
        if (status === 404 && /^[\sA-Za-z_]*$/u.test(text)) return;
        if (key === "status" && /^[\w .:+-]*$/u.test(text)) return;
        expect(shown).not.to.contain(JSON.stringify(text).slice(1, -1));
        expect(shown).not.to.contain(encodeURIComponent(text));
      }),
    );
  });
});
