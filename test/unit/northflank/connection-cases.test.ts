import { expect } from "chai";
import { detailsOf } from "../../../src/northflank/connection";
import { connectionCases } from "../../support/connection-cases";

describe("the connection of a Northflank add-on, by its documented keys", () => {
  for (const { type, variant, envs, secrets, isExternal = false, connection } of connectionCases) {
    it(`${type}: ${variant}`, () => {
      const details = detailsOf(type, { envs, secrets }, isExternal);
      expect(details).to.deep.equal({ vars: { ...envs, ...secrets }, connection });
    });
  }
});
