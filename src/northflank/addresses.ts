import ipaddr from "ipaddr.js";
import type { IpPolicy } from "./codecs";

/** True for an IPv4 or IPv6 address or CIDR range. */
export function isAddress(text: string): boolean {
  return canonical(text) !== undefined;
}

/** One spelling for an address or range: `192.0.2.10` and `192.0.2.10/32` are the same. */
export function canonical(text: string): string | undefined {
  const [address = "", bits, ...rest] = text.split("/");
  // Short forms and leading zeros mean different addresses to different readers.
  const plain =
    (address.includes(":") && !address.includes("%")) ||
    ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!plain || rest.length > 0 || !ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  const all = parsed.kind() === "ipv4" ? 32 : 128;
  if (bits === undefined) return `${parsed.toNormalizedString()}/${all}`;
  if (!/^\d{1,3}$/u.test(bits) || Number(bits) > all) return undefined;
  const range = `${parsed.toString()}/${Number(bits)}`;
  const network =
    parsed.kind() === "ipv4"
      ? ipaddr.IPv4.networkAddressFromCIDR(range)
      : ipaddr.IPv6.networkAddressFromCIDR(range);
  return `${network.toNormalizedString()}/${Number(bits)}`;
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
