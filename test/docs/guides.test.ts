import { describeWithCli } from "../support/skip";
import { guides } from "./guides/index";
import { tell } from "./support/story";

describeWithCli("the guides on the engine", function () {
  this.timeout(180_000);

  const endings = new Map<string, Promise<Error | undefined>>();

  before(() => {
    // Much of a run is waiting, so two go on at once.
    const lanes = [Promise.resolve<unknown>(undefined), Promise.resolve<unknown>(undefined)];
    for (const [index, guide] of guides().entries()) {
      const lane = index % lanes.length;
      const ending = Promise.resolve(lanes[lane])
        .then(() => tell(guide))
        .then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
        );
      lanes[lane] = ending;
      endings.set(guide.page, ending);
    }
  });

  for (const { page } of guides()) {
    it(`docs/guides/${page}.md does what it says`, async () => {
      const failure = await endings.get(page);
      if (failure !== undefined) throw failure;
    });
  }
});
