import { Refusal, type Answer, type Call, type Handler, type PlatformApi } from "../exchange";
import { checkAccess } from "./checks";
import { migetHandlers } from "./operations";
import type { MigetWorld } from "./world";

/** The Miget REST API over its world. */
export class MigetApi implements PlatformApi {
  readonly platform = "miget";
  private readonly handlers: Readonly<Record<string, Handler | undefined>>;

  constructor(private readonly world: MigetWorld) {
    this.handlers = migetHandlers(world);
  }

  handles(operationId: string): boolean {
    return this.handlers[operationId] !== undefined;
  }

  answer(call: Call): Answer {
    const handler = this.handlers[call.operation.operationId];
    try {
      if (!handler) throw new Refusal(404, "Not found");
      checkAccess(this.world, call);
      return handler(call);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const key = error.details?.joined === true ? "errors" : "error";
      return { status: error.status, body: { [key]: error.message } };
    }
  }

  unknown(): Answer {
    return { status: 404, body: { error: "Not found" } };
  }
}
