import { describeWithCli } from "../../support/skip";
import type { Guide } from "../guides/guide";
import { guides } from "../guides/index";
import { tell } from "../support/story";

describeWithCli("the guides on the engine", function () {
  this.timeout(180_000);

  const endings = new Map<Guide, Promise<Error | undefined>>();
  const begin = (guide: Guide | undefined) => {
    if (guide === undefined || endings.has(guide)) return;
    const ending = tell(guide).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    endings.set(guide, ending);
  };

  const all = guides();
  for (const [index, guide] of all.entries()) {
    it(`docs/guides/${guide.page}.md does what it says`, async () => {
      begin(guide);
      // Much of a run is waiting, so the next one begins meanwhile.
      begin(all[index + 1]);
      const failure = await endings.get(guide);
      if (failure !== undefined) throw failure;
    });
  }
});
