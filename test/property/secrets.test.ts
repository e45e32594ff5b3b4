import { expect } from "chai";
import fc from "fast-check";
import { isRecord, type Props } from "../../src/fields/values";
import { Resource } from "../support/resource";
import type { Harness } from "../support/harness";
import { type Checks, migetChecks, northflankChecks } from "../unit/support/platforms";
import { anyFaults, faultFor } from "./support/echo";
import { editedProps, placesIn, valueAt } from "./support/edit";
import { migetPrograms, migetSuccessor } from "./support/miget";
import { northflankPrograms, northflankSuccessor } from "./support/northflank";
import { hideSecrets, type Hidden } from "./support/hidden";
import { addOrigin, anyOptions, inWorld } from "./support/worlds";
import { nearby } from "./support/values";

interface Side {
  readonly platform: "miget" | "northflank";
  readonly checks: Checks;
  readonly programs: fc.Arbitrary<Props>;
  readonly successor: (program: Props) => fc.Arbitrary<Props>;
  readonly passwords: (world: Harness) => string[];
}

const sides: readonly Side[] = [
  {
    platform: "miget",
    checks: migetChecks,
    programs: migetPrograms,
    successor: migetSuccessor,
    passwords: (world) => world.emulator.miget.addons().map(({ password }) => password),
  },
  {
    platform: "northflank",
    checks: northflankChecks,
    programs: northflankPrograms,
    successor: northflankSuccessor,
    passwords: (world) =>
      world.emulator.northflank
        .addons()
        .flatMap(({ secrets }) =>
          secrets.flatMap(({ value }) => [value.password, value.adminPassword]),
        ),
  },
];

/** What the engine prints of failures: the messages, and the value of each property named. */
function printed(checks: Checks, news: Props, olds?: Props): string {
  const { failures } = checks.check(news, olds);
  return failures
    .map(
      ({ property, reason }) =>
        `${reason} ${JSON.stringify(property === "" ? "" : news[property])}`,
    )
    .join("\n");
}

function expectNone(text: string, secrets: readonly string[]): void {
  for (const secret of secrets) {
    const found = text.indexOf(secret);
    const around = found < 0 ? "" : text.slice(Math.max(0, found - 200), found + 100);
    expect(around, `the secret ${secret}`).to.equal("");
  }
}

/** A create, then changes of what is not secret, then of a secret. */
function journey({ news }: Hidden, second: Props): Props[] {
  const later = { ...second, ...editedProps(news, ["paused"], undefined) };
  const isFree = second.passwordVersion !== undefined && news.passwordVersion === undefined;
  return [news, later, isFree ? { ...later, passwordVersion: "next" } : later];
}

/** The passwords that the provider has seen: no other can it know again. */
function seenBy({ outs: { connection, credentials } }: Resource): string[] {
  const all = [connection, isRecord(credentials) ? credentials.secrets : undefined];
  return all
    .filter(isRecord)
    .flatMap((each) => Object.entries(each))
    .flatMap(([key, value]) => (/password|secret/iu.test(key) ? [value] : []))
    .filter((value) => typeof value === "string");
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "";
  } catch (error) {
    const { message, stack, reasons } = Object.assign(
      { message: "", stack: "", reasons: [] },
      error,
    );
    const own = error instanceof Error ? error.message : String(error);
    return JSON.stringify([own, message, stack, reasons, String(error)]);
  }
}

for (const side of sides) {
  const { platform, checks, programs, successor, passwords } = side;
  const hidden = fc.tuple(programs, fc.array(fc.nat(), { maxLength: 4 }), fc.uuid());

  describe(`secrets of generated ${platform} add-ons`, () => {
    it("are in no failure of check, whatever else is wrong", () => {
      const wrong = fc.array(fc.tuple(fc.nat(), nearby), { minLength: 1, maxLength: 4 });
      fc.assert(
        fc.property(hidden, wrong, fc.boolean(), ([program, picked, id], edits, isOld) => {
          const { news, markers }: Hidden = hideSecrets(checks, program, picked, id);
          const spoilt = edits.reduce<Props>((props, [choice, value]) => {
            const places = placesIn(props).filter((path) => !String(path[0]).startsWith("__"));
            const path = places[choice % places.length] ?? [];
            // The secret stays, in a place or in a shape where it is wrong.
            const secret = valueAt(props, path);
            const kept = choice % 3 === 0 ? [secret] : choice % 3 === 1 ? { secret } : value;
            return editedProps(props, path, kept ?? undefined);
          }, news);
          const olds = isOld ? checks.check(news).inputs : {};
          expectNone(printed(checks, spoilt, olds), markers);
        }),
        { numRuns: 500 },
      );
    });

    it("are in no message that speaks of the add-on", async () => {
      const [program] = fc.sample(programs, { numRuns: 1, seed: 4 });
      await inWorld({}, async (world) => {
        const resource = new Resource(world, platform);
        const news = {
          ...program,
          name: "hushed",
          label: "hushed",
          __secretInputs: ["name", "label"],
        };
        const plain = Object.entries(news).filter(
          ([key]) => key !== "source" && (key !== "label" || platform === "miget"),
        );
        let said = await messageOf(resource.up(Object.fromEntries(plain)));
        world.emulator.faults.add({ platform, kind: "status", status: 403 });
        said += await messageOf(resource.refresh());
        expect(said).to.not.equal("");
        expectNone(said + world.lines.join("\n"), ["hushed"]);
      });
    });

    for (const [which, methods] of [
      ["what it was sent", ["POST", "PUT", "PATCH"]],
      ["everything, whatever the request", [undefined]],
    ] as const) {
      it(`are in no message of a failing operation, even if the platform repeats ${which}`, async () => {
        const lives = hidden.chain(([first, picked, id]) =>
          fc.tuple(fc.constant(hideSecrets(checks, first, picked, id)), successor(first)),
        );
        await fc.assert(
          fc.asyncProperty(lives, anyOptions, anyFaults, ([secret, second], options, faults) =>
            inWorld(options, async (world) => {
              const programs = journey(secret, second);
              if (secret.news.source !== undefined) addOrigin(world, String(secret.news.type));
              const resource = new Resource(world, platform);
              const spoil = (index: number) => {
                world.emulator.faults.clear();
                const known = [...secret.markers, ...seenBy(resource)];
                for (const method of methods) {
                  for (const fault of faults[index] ?? []) {
                    world.emulator.faults.add(faultFor(platform, fault, known, method));
                  }
                }
              };
              let said = "";
              for (const [index, program] of programs.entries()) {
                spoil(index);
                said += await messageOf(resource.up(program));
                spoil(index);
                if (resource.id !== "") said += await messageOf(resource.refresh());
              }
              spoil(0);
              said += await messageOf(resource.destroy());
              expectNone(said + world.lines.join("\n"), [...secret.markers, ...passwords(world)]);
            }),
          ),
          { numRuns: 40, interruptAfterTimeLimit: 8000 },
        );
      });
    }
  });
}
