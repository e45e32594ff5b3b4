import ipaddr from "ipaddr.js";
import type { IpPolicy } from "./codecs";

/** True for an IPv4 or IPv6 address or CIDR range. */
export function isAddress(text: string): boolean {
  return canonical(text) !== undefined;
}

/** Bits before the IPv4 address in an IPv6 address that stands for one. */
const mappedBits = 96;

/** One spelling for an address or range: `192.0.2.10` and `192.0.2.10/32` are the same. */
export function canonical(text: string): string | undefined {
  const [address = "", bits, ...rest] = text.split("/");
  // Short forms, leading zeros and zones mean different addresses to different readers.
  const isV6 = address.includes(":") && !address.includes("%");
  const plain = isV6 || ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!plain || rest.length > 0 || !ipaddr.isValid(address)) return undefined;
  const all = isV6 ? 128 : 32;
  if (bits !== undefined && (!/^\d{1,3}$/u.test(bits) || Number(bits) > all)) return undefined;
  const size = bits === undefined ? all : Number(bits);
  if (!isV6)
    return `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${size}`).toString()}/${size}`;
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address}/${size}`);
  // An IPv4 address in IPv6's clothes is that address.
  return size >= mappedBits && network.isIPv4MappedAddress()
    ? `${network.toIPv4Address().toString()}/${size - mappedBits}`
    : `${network.toNormalizedString()}/${size}`;
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
