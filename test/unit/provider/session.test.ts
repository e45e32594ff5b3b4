import { expect } from "chai";
import fc from "fast-check";
import { connectionSecrets, idOf, parseId } from "../../../src/provider/session";
import { detailsOf as miget } from "../../../src/miget/connection";
import { MigetKind } from "../../../src/miget/kind";
import { detailsOf as northflank } from "../../../src/northflank/connection";

const fake = "FAKE-password";
const uri = `postgres://demo:${fake}@db.example.com:5432/orders`;

describe("the secrets in connection data", () => {
  const outputs: readonly (readonly [string, Record<string, unknown>])[] = [
    [
      "Miget",
      { ...miget({ uuid: "u", type: "postgres", state: "healthy", var: { DATABASE_URL: uri } }) },
    ],
    [
      "Northflank",
      { ...northflank("postgresql", { envs: { POSTGRES_URI: uri }, secrets: { PASSWORD: fake } }) },
    ],
    [
      "Northflank's own maps",
      { credentials: { envs: { POSTGRES_URI: uri }, secrets: { password: fake } } },
    ],
    [
      "keys of another kind",
      { vars: { PGPASSWORD: fake, Dsn: uri, S3_SECRET_KEY: "FAKE-key", api_token: "FAKE-t" } },
    ],
    ["an external address", { connection: { password: fake, external: { uri } } }],
  ];
  for (const [title, props] of outputs) {
    it(`are its passwords, keys and URIs: ${title}`, () => {
      const found = connectionSecrets(props);
      expect(found).to.include.members(
        [fake, uri].filter((text) => JSON.stringify(props).includes(text)),
      );
      expect(found).to.not.include("5432").and.not.include("demo").and.not.include("orders");
    });
  }

  it("are all of them texts, whatever the outputs hold", () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(value, value, value, (vars, credentials, connection) => {
        for (const secret of connectionSecrets({ vars, credentials, connection }))
          expect(secret).to.be.a("string");
      }),
    );
  });
});

describe("Pulumi ids", () => {
  const platform = new MigetKind();

  it("are taken apart as they were put together", () => {
    const id = idOf(platform, { appUuid: "an-app" }, "a-uuid");
    expect(id).to.equal("an-app/a-uuid");
    expect(parseId(platform, id)).to.deep.equal({ scope: "an-app", key: "a-uuid" });
  });

  for (const wrong of ["", "/", "app", "app/", "/uuid", "a/b/c"]) {
    it(`have a form that ${JSON.stringify(wrong)} has not`, () => {
      expect(() => parseId(platform, wrong)).to.throw(/form <appUuid>\/<uuid>/u);
    });
  }
});
