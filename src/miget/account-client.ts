import type * as t from "io-ts";
import type { HttpClient } from "../http/client";
import type { ApiRequest } from "../http/request";
import type { RequestContext } from "../provider/kind";
import { type App, AppListAnswer } from "./codecs";

/** The calls of the Miget API that are of no app; one method per endpoint, named as the API names it. */
export class MigetAccountClient {
  constructor(
    private readonly http: HttpClient,
    private readonly workspaceId: string | undefined,
  ) {}

  listApps(call: RequestContext): Promise<readonly App[]> {
    return this.send(call, AppListAnswer, {
      operation: "list the apps",
      method: "GET",
      path: "/apps",
      repeatable: true,
      permission: "apps:view",
    });
  }

  protected send<A>(
    call: RequestContext,
    decoder: t.Decoder<unknown, A>,
    request: Omit<ApiRequest<A>, "decoder" | "deadline" | "secrets" | "headers">,
  ): Promise<A> {
    return this.http.send({
      ...request,
      ...call,
      decoder,
      headers: this.workspaceId === undefined ? {} : { "x-workspace-id": this.workspaceId },
    });
  }
}
