import ipaddr from "ipaddr.js";
import type { IpPolicy } from "./codecs";

/** True for an IPv4 or IPv6 address or CIDR range. */
export function isAddress(text: string): boolean {
  return canonical(text) !== undefined;
}

/** One spelling for an address or range: `192.0.2.10` and `192.0.2.10/32` are the same. */
export function canonical(text: string): string | undefined {
  try {
    if (!text.includes("/")) {
      if (
        !ipaddr.isValid(text) ||
        (!text.includes(":") && !ipaddr.IPv4.isValidFourPartDecimal(text))
      )
        return undefined;
      const address = ipaddr.process(text);
      return `${address.toNormalizedString()}/${address.kind() === "ipv4" ? 32 : 128}`;
    }
    const [address, bits] = ipaddr.parseCIDR(text);
    const network =
      address.kind() === "ipv4"
        ? ipaddr.IPv4.networkAddressFromCIDR(text)
        : ipaddr.IPv6.networkAddressFromCIDR(text);
    return `${network.toNormalizedString()}/${bits}`;
  } catch {
    return undefined;
  }
}

/**
 * Whether two lists of rules mean the same: neighbouring rules with one action are one set of
 * addresses, in whatever order and spelling. The order of different actions counts.
 */
export function samePolicies(a: unknown, b: unknown): boolean {
  const [left, right] = [meaning(a), meaning(b)];
  return (
    left !== undefined && right !== undefined && JSON.stringify(left) === JSON.stringify(right)
  );
}

function meaning(policies: unknown): { action: string; addresses: string[] }[] | undefined {
  if (!Array.isArray(policies)) return undefined;
  const groups: { action: string; addresses: string[] }[] = [];
  for (const policy of policies) {
    if (!isPolicy(policy)) return undefined;
    const addresses = policy.addresses.map((address) => canonical(address) ?? address);
    const last = groups.at(-1);
    if (last?.action === policy.action) last.addresses.push(...addresses);
    else if (addresses.length > 0) groups.push({ action: policy.action, addresses });
  }
  return groups.map(({ action, addresses }) => ({
    action,
    addresses: [...new Set(addresses)].sort(),
  }));
}

function isPolicy(value: unknown): value is IpPolicy {
  return (
    typeof value === "object" &&
    value !== null &&
    "addresses" in value &&
    Array.isArray(value.addresses) &&
    value.addresses.every((address) => typeof address === "string") &&
    "action" in value &&
    typeof value.action === "string"
  );
}
