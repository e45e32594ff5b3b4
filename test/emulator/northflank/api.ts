import { Refusal, type Answer, type Call, type Handler, type PlatformApi } from "../exchange";
import { actionHandlers } from "./actions";
import { backupHandlers } from "./backups";
import { checkAccess } from "./checks";
import { addonHandlers } from "./operations";
import type { NorthflankWorld } from "./world";

/** The Northflank REST API over its world. */
export class NorthflankApi implements PlatformApi {
  readonly platform = "northflank";
  private readonly handlers: Readonly<Record<string, Handler | undefined>>;

  constructor(private readonly world: NorthflankWorld) {
    this.handlers = {
      ...addonHandlers(world),
      ...actionHandlers(world),
      ...backupHandlers(world),
    };
  }

  handles(operationId: string): boolean {
    return this.handlers[operationId] !== undefined;
  }

  answer(call: Call): Answer {
    return this.limited(call.now, () => {
      const handler = this.handlers[call.operation.operationId];
      if (!handler) throw new Refusal(404, "Not found");
      checkAccess(this.world, call);
      return handler(call);
    });
  }

  unknown(now: number): Answer {
    return this.limited(now, () => {
      throw new Refusal(404, "Not found");
    });
  }

  /** Every answer, refusals too, tells how much of the window is left. */
  private limited(now: number, answer: () => Answer): Answer {
    let given: Answer;
    try {
      given = answer();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, message, details } = error;
      given = { status, body: { error: { status, message, ...(details && { details }) } } };
    }
    return { ...given, headers: { ...given.headers, ...this.world.rateLimit.headers(now) } };
  }
}
