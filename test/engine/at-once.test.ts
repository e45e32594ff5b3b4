import { expect } from "chai";
import { declared, migetAddon, names } from "./addons";
import { describeWithPostgres } from "./backends";
import { did, each, stackFor, stages } from "./stack";

const locked = "the stack is currently locked by";

describeWithPostgres("two runs at once on a stack in PostgreSQL", function (backend) {
  this.timeout(180_000);
  stages();

  const stack = stackFor({}, () => ({ backend: backend() }));
  const creations = () =>
    stack().emulator.requests.filter(({ operationId }) => operationId === "createAddon").length;

  it("are kept apart by the lock: the second one touches nothing, the first one ends well", async () => {
    const { emulator, project } = stack();
    const [orders] = declared();
    stack().declare(orders === undefined ? [] : [orders]);
    emulator.miget.nextOutcome("processing");
    const first = project.spawn("up");
    await first.waitFor(/orders created: /u);

    const second = await project.up({ expect: "failure" });
    expect(second.output).to.contain(`${locked} 1 lock(s)`);
    expect(did(second)).to.deep.equal({});
    expect(creations()).to.equal(1);

    emulator.miget.setState(migetAddon(emulator, "postgres").uuid, "healthy");
    expect(did(await first.expected())).to.deep.equal({ orders: ["create"] });
    expect(did(await stack().up())).to.deep.equal({ orders: ["same"] });
  });

  it("that start in the same moment leave nothing behind that another run does not put right", async () => {
    const { emulator, project } = stack();
    stack().declare(declared());
    const both = [project.spawn("up"), project.spawn("up")];
    for (const { code, output } of await Promise.all(both.map(({ done }) => done))) {
      // The lock may turn both away, and never lets both through.
      if (code !== 0) expect(output).to.contain(locked);
    }
    await stack().up();
    expect(did(await stack().refresh())).to.deep.include(each(names, "same"));
    const resources = await project.resources();
    expect(resources.map(({ name }) => name)).to.have.members(names);
    const there = [...emulator.miget.addons(), ...emulator.northflank.addons()];
    expect(there).to.have.length(names.length);
    await stack().destroy();
  });
});
