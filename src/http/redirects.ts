import type { ApiRequest } from "./request";
import type { FetchResponse, Transport } from "./transport";

/** Who sends a request, and how. */
export interface Sender {
  readonly baseUrl: string;
  readonly token: string;
  readonly userAgent: string;
  readonly transport: Transport;
}

/** Bytes. */
const bodyLimit = 10 * 1024 * 1024;
const redirectLimit = 3;

/** Follows redirects of reads within the base URL's origin; the token never goes elsewhere. */
export async function fetchFollowing(
  { baseUrl, token, userAgent, transport }: Sender,
  request: ApiRequest<unknown>,
  signal: AbortSignal,
): Promise<FetchResponse> {
  const query = new URLSearchParams(request.query).toString();
  let url = `${baseUrl}${request.path}${query === "" ? "" : `?${query}`}`;
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    accept: "application/json",
    authorization: `Bearer ${token}`,
    "user-agent": userAgent,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const init = {
    method: request.method,
    headers,
    redirect: "manual" as const,
    signal,
    size: bodyLimit,
    ...(body === undefined ? {} : { body }),
  };
  for (let hops = 0; ; hops += 1) {
    const response = await transport(url, init);
    const location = response.headers.get("location");
    const redirected = response.status >= 300 && response.status < 400 && location !== null;
    if (!redirected || request.method !== "GET" || hops >= redirectLimit) return response;
    const next = urlIn(location, url);
    if (next?.origin !== new URL(baseUrl).origin) return response;
    // What is not read would keep its connection.
    await response.text();
    url = next.toString();
  }
}

function urlIn(location: string, base: string): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
}
