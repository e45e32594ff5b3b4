import { expect } from "chai";
import { advise as migetAdvice } from "../../../src/miget/advice";
import { advise as northflankAdvice } from "../../../src/northflank/advice";

describe("advice about a refusal", () => {
  it("names the input as the program does, not as the API does", () => {
    const advise = (said: string) => migetAdvice({ status: 422, method: "POST", said });
    expect(advise("postgres_version does not have a valid value")).to.match(
      /^That is the input postgresVersion: .*"17"/u,
    );
    expect(advise("ram_size is too small")).to.match(/^That is the input ramSize\. Correct it/u);
    expect(advise("no idea")).to.match(/^Correct the input that it names/u);
  });

  it("speaks of the backup where that is what is not found", () => {
    const advise = (said: string) => northflankAdvice({ status: 404, method: "POST", said });
    expect(advise("Backup not found")).to.match(/^Check source: /u);
    expect(advise("Project not found")).to.match(/^Check projectId/u);
  });
});
