import { expect } from "chai";
import { parseRecord, recordAt, textOf } from "../../support/json";
import type { Guide } from "./guide";

export const connectApp: Guide = {
  page: "connect-app",
  steps: [
    {
      does: "up",
      program: 5,
      holds: async ({ emulator, outputs }) => {
        const { databaseUrl, redisUrl, jdbc, dotenv, manifest, databaseHost } = await outputs();
        const [password] = emulator.northflank.get("shop-db", "my-project").validPasswords;
        const url = new URL(textOf(databaseUrl));
        expect(url.password).to.equal(password);
        expect(new URL(textOf(redisUrl)).password).to.equal(emulator.miget.addons()[0]?.password);
        expect(jdbc).to.deep.equal({
          url: `jdbc:postgresql://${url.host}${url.pathname}`,
          user: url.username,
          password,
        });
        expect(dotenv).to.equal(
          `DATABASE_URL=${JSON.stringify(databaseUrl)}\nREDIS_URL=${JSON.stringify(redisUrl)}\n`,
        );
        expect(recordAt(parseRecord(textOf(manifest), "manifest"), "stringData")).to.deep.equal({
          DATABASE_URL: databaseUrl,
          REDIS_URL: redisUrl,
        });
        expect(databaseHost).to.equal(url.hostname);
      },
    },
    { does: { pulumi: ["stack", "output"] }, shows: [1] },
    {
      does: "preview",
      program: 6,
      edited: [["  tlsEnabled: true,\n", ""]],
      fails: true,
      shows: [3],
    },
    {
      does: "up",
      program: 6,
      shows: [2],
      ops: { "shop-db": ["update"], sessions: ["same"] },
      holds: async ({ emulator, outputs }) => {
        const { externalUrl, databaseUrl } = await outputs();
        const { uid, validPasswords } = emulator.northflank.get("shop-db", "my-project");
        expect(uid).to.be.a("string");
        expect(validPasswords).to.deep.equal([new URL(textOf(databaseUrl)).password]);
        expect(new URL(textOf(externalUrl)).searchParams.get("sslmode")).to.equal("require");
      },
    },
  ],
};
