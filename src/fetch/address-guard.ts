import { BlockList, isIP, SocketAddress } from 'node:net';
import {
  ALLOWABLE_KINDS, GLOBAL_UNICAST_IPV6, NAT64, REFUSED_IPV4, REFUSED_IPV6, type AddressKind, type AddressRange,
} from './address-ranges.js';

/** Thrown inside the connector, where only throwing reaches undici; becomes a `Fault` at the edge of the fetcher. */
export class RefusedAddressError extends Error {
  readonly code = 'ERR_ADDRESS_REFUSED';
  readonly kind: AddressKind;

  constructor(address: string, kind: AddressKind) {
    super(`${address} is a ${kind} address`);
    this.name = 'RefusedAddressError';
    this.kind = kind;
  }
}

type Family = 'ipv4' | 'ipv6';
interface Net { readonly list: BlockList; readonly kind: AddressKind }

const netOf = (range: Pick<AddressRange, 'network' | 'prefix'>, family: Family): BlockList => {
  const list = new BlockList();
  list.addSubnet(range.network, range.prefix, family);
  return list;
};
const nets = (ranges: readonly AddressRange[], family: Family): readonly Net[] =>
  ranges.map((range) => ({ list: netOf(range, family), kind: range.kind }));

const refusedIpv4 = nets(REFUSED_IPV4, 'ipv4');
const refusedIpv6 = nets(REFUSED_IPV6, 'ipv6');
const nat64 = netOf(NAT64, 'ipv6');
const globalUnicast = netOf(GLOBAL_UNICAST_IPV6, 'ipv6');

const firstMatch = (table: readonly Net[], address: string, family: Family): AddressKind | null =>
  table.find(({ list }) => list.check(address, family))?.kind ?? null;

/**
 * What makes an IP address no place to fetch from; null for a public one.
 *
 * @param address an IPv4 or IPv6 address as text, without brackets; a zone (`%eth0`) is refused as link-local
 */
export function refusedKind(address: string): AddressKind | null {
  const version = isIP(address);
  if (version === 0) return 'reserved';
  if (version === 4) return firstMatch(refusedIpv4, address, 'ipv4');
  if (address.includes('%')) return 'link-local';
  if (nat64.check(address, 'ipv6')) return firstMatch(refusedIpv4, lastFourBytes(address), 'ipv4');
  // The embedded forms come first: BlockList itself takes ::ffff:10.0.0.1 for 10.0.0.1.
  return firstMatch(refusedIpv6, address, 'ipv6') ?? (globalUnicast.check(address, 'ipv6') ? null : 'reserved');
}

/** Whether a connection to this address may be opened. */
export function checkAddress(address: string, allowPrivate: boolean): RefusedAddressError | null {
  const kind = refusedKind(address);
  if (kind === null || (allowPrivate && ALLOWABLE_KINDS.has(kind))) return null;
  return new RefusedAddressError(address, kind);
}

/** The IPv4 address in the last 32 bits of an IPv6 address. */
function lastFourBytes(address: string): string {
  // Canonical form: whatever way it was written, the last two groups are hex, and an elided one is empty.
  const groups = new SocketAddress({ address, family: 'ipv6' }).address.split(':');
  const low = Number.parseInt(groups.at(-1) || '0', 16);
  const high = Number.parseInt(groups.at(-2) || '0', 16);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}
