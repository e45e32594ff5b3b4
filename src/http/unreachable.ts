import { messageOf } from "./errors";
import { sanitize } from "./redact";

/** Why no answer came, as far as the network's error tells. */
export interface NoAnswer {
  /** True where the connection was never made, so that nothing can have reached the platform. */
  readonly unsent: boolean;
  /** True where trying again cannot help. */
  readonly hopeless: boolean;
  /** A sentence without its full stop: `api.example.com is not known (ENOTFOUND)`. */
  readonly reason: string;
  /** What to do, where the reason tells. */
  readonly advice?: string;
}

/** What a connection that was never made fails with: said of the host, or of the proxy before it. */
const unreached: Readonly<Record<string, string>> = {
  ENOTFOUND: "is not known",
  EAI_AGAIN: "could not be looked up",
  ECONNREFUSED: "refuses the connection",
  EHOSTUNREACH: "cannot be reached from here",
  ENETUNREACH: "cannot be reached from here",
  ENETDOWN: "cannot be reached while the network is down",
  EADDRNOTAVAIL: "cannot be reached from here",
  ETIMEDOUT: "does not answer",
};

const untrusted = "has a certificate that nobody here trusts";
/** What TLS fails with. */
const certificates: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "has a certificate that has expired",
  CERT_NOT_YET_VALID: "has a certificate that is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "has a certificate for another name",
  DEPTH_ZERO_SELF_SIGNED_CERT: "has a certificate that it signed itself",
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
};

/** `host`: whom the request was for. */
export function explainNoAnswer(
  error: unknown,
  host: string,
  secrets: readonly string[],
): NoAnswer {
  const code = textIn(error, "code");
  const variable = textIn(error, "proxyVariable");
  const message = sanitize(messageOf(error), secrets);
  const never = { unsent: true, hopeless: true };
  if (code === "ERR_PROXY") {
    return {
      ...never,
      reason: message,
      advice:
        "Set it to an HTTP proxy, such as http://proxy.example.com:3128, or except the host by NO_PROXY.",
    };
  }
  const certificate =
    certificates[code] ?? (/CERT|ALTNAME|SIGNATURE/u.test(code) ? untrusted : undefined);
  if (certificate !== undefined) {
    return {
      ...never,
      reason: `${host} ${certificate} (${code})`,
      advice:
        "Behind a proxy that opens TLS, set NODE_EXTRA_CA_CERTS to the file with its certificate.",
    };
  }
  const reason = unreached[code];
  if (reason !== undefined && isConnecting(error)) {
    const who = variable === "" ? host : `the proxy that ${variable} names`;
    return {
      unsent: true,
      hopeless: false,
      reason: `${who} ${reason} (${code})`,
      ...(variable === "" ? {} : { advice: `Check ${variable}.` }),
    };
  }
  // node-fetch begins with the URL.
  const said = message.replace(/^request to \S* failed, reason: (?=.)/u, "");
  return { unsent: false, hopeless: false, reason: said };
}

/**
 * Whether it failed while connecting: on a connection that was made, the same codes come after the
 * request may have arrived. node-fetch keeps the system call in its message only; where several
 * addresses were tried, the message is empty.
 */
function isConnecting(error: unknown): boolean {
  const call = textIn(error, "syscall");
  if (call !== "") return call === "connect" || call === "getaddrinfo";
  return /\b(?:connect|getaddrinfo) E[A-Z_]+|reason:\s*$/u.test(messageOf(error));
}

function textIn(error: unknown, key: string): string {
  const value: unknown =
    typeof error === "object" && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === "string" ? value : "";
}
