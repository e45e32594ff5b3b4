import assert from "node:assert/strict";
import { contractOf, examples, operations, platforms } from "./contract";

describe("contract examples", () => {
  for (const platform of platforms) {
    const contract = contractOf(platform);
    for (const example of examples(contract)) {
      const { operationId, direction, status, name } = example;
      it(`${platform} ${operationId} ${direction} ${status ?? ""} ${name}`, () => {
        assert.deepEqual(contract.validateAt(example.schema, example.value), []);
      });
    }
  }
  it("cover every operation", () => {
    const covered = new Set(
      platforms.flatMap((platform) =>
        examples(contractOf(platform)).map((example) => `${platform} ${example.operationId}`),
      ),
    );
    const all = operations().map(({ platform, operationId }) => `${platform} ${operationId}`);
    assert.deepEqual(
      all.filter((operation) => !covered.has(operation)),
      [],
    );
    assert.ok(all.length > 30);
  });
});
