import { parseJson, type JsonObject, type JsonValue } from "../../test/contract/json";
import type { Recorder } from "./recorder";

export interface Reply {
  readonly status: number;
  readonly body: JsonValue | undefined;
}

/** Calls that the run makes itself, by the way of the recorder like those of the CLI. */
export class Api {
  constructor(private readonly recorder: Recorder) {}

  /** `request`: such as `PATCH /projects/one/addons/two`. */
  async call(request: string, body?: JsonObject, authorization?: string): Promise<Reply> {
    const [method = "GET", path = ""] = request.split(" ");
    const response = await fetch(`${this.recorder.baseUrl}${path}`, {
      method,
      headers: {
        ...(authorization === undefined
          ? { authorization: `Bearer ${this.recorder.pass}` }
          : { "x-probe": "1", ...(authorization !== "" && { authorization }) }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : parseJson(text) };
  }
}
