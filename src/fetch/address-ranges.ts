/** Why an address is refused. */
export type AddressKind =
  | 'unspecified'
  | 'loopback'
  | 'private'
  | 'shared'
  | 'link-local'
  | 'metadata'
  | 'documentation'
  | 'benchmarking'
  | 'multicast'
  | 'reserved'
  | 'translated';

export interface AddressRange {
  readonly network: string;
  readonly prefix: number;
  readonly kind: AddressKind;
  /** Where the range is set down. */
  readonly source: string;
}

/** Kinds a source may be allowed to reach when its user names the host; all the others stay shut. */
export const ALLOWABLE_KINDS: ReadonlySet<AddressKind> = new Set<AddressKind>([
  'loopback', 'private', 'shared', 'link-local', 'benchmarking',
]);

/**
 * Addresses no public page is served from: the special-purpose registries of IANA (RFC 6890 and what each row names),
 * and the metadata services of the large clouds, which hand out credentials to whoever asks. First match wins.
 */
export const REFUSED_IPV4: readonly AddressRange[] = [
  { network: '169.254.169.254', prefix: 32, kind: 'metadata', source: 'AWS, Azure, Google Cloud and others' },
  { network: '169.254.170.0', prefix: 24, kind: 'metadata', source: 'AWS container credentials' },
  { network: '100.100.100.200', prefix: 32, kind: 'metadata', source: 'Alibaba Cloud' },
  { network: '168.63.129.16', prefix: 32, kind: 'metadata', source: 'Azure wire server, a public address' },
  { network: '192.0.0.192', prefix: 32, kind: 'metadata', source: 'Oracle Cloud' },
  { network: '0.0.0.0', prefix: 8, kind: 'unspecified', source: 'RFC 791, "this network"' },
  { network: '10.0.0.0', prefix: 8, kind: 'private', source: 'RFC 1918' },
  { network: '100.64.0.0', prefix: 10, kind: 'shared', source: 'RFC 6598, carrier-grade NAT' },
  { network: '127.0.0.0', prefix: 8, kind: 'loopback', source: 'RFC 1122' },
  { network: '169.254.0.0', prefix: 16, kind: 'link-local', source: 'RFC 3927' },
  { network: '172.16.0.0', prefix: 12, kind: 'private', source: 'RFC 1918' },
  { network: '192.0.0.0', prefix: 24, kind: 'reserved', source: 'RFC 6890, protocol assignments' },
  { network: '192.0.2.0', prefix: 24, kind: 'documentation', source: 'RFC 5737' },
  { network: '192.31.196.0', prefix: 24, kind: 'reserved', source: 'RFC 7535, AS112' },
  { network: '192.52.193.0', prefix: 24, kind: 'reserved', source: 'RFC 7450, AMT' },
  { network: '192.88.99.0', prefix: 24, kind: 'translated', source: 'RFC 7526, retired 6to4 relays' },
  { network: '192.168.0.0', prefix: 16, kind: 'private', source: 'RFC 1918' },
  { network: '192.175.48.0', prefix: 24, kind: 'reserved', source: 'RFC 7534, AS112' },
  { network: '198.18.0.0', prefix: 15, kind: 'benchmarking', source: 'RFC 2544' },
  { network: '198.51.100.0', prefix: 24, kind: 'documentation', source: 'RFC 5737' },
  { network: '203.0.113.0', prefix: 24, kind: 'documentation', source: 'RFC 5737' },
  { network: '224.0.0.0', prefix: 4, kind: 'multicast', source: 'RFC 5771' },
  { network: '240.0.0.0', prefix: 4, kind: 'reserved', source: 'RFC 1112; 255.255.255.255 is broadcast, RFC 919' },
];

/** As above; whatever lies outside 2000::/3, the only part given out to hosts, is refused without a row of its own. */
export const REFUSED_IPV6: readonly AddressRange[] = [
  { network: 'fd00:ec2::254', prefix: 128, kind: 'metadata', source: 'AWS' },
  { network: 'fd20:ce::254', prefix: 128, kind: 'metadata', source: 'Google Cloud' },
  { network: '::', prefix: 128, kind: 'unspecified', source: 'RFC 4291' },
  { network: '::1', prefix: 128, kind: 'loopback', source: 'RFC 4291' },
  { network: '::ffff:0:0', prefix: 96, kind: 'translated', source: 'RFC 4291, IPv4-mapped' },
  { network: '::ffff:0:0:0', prefix: 96, kind: 'translated', source: 'RFC 2765, IPv4-translated' },
  { network: '::', prefix: 96, kind: 'translated', source: 'RFC 4291, IPv4-compatible' },
  { network: '64:ff9b:1::', prefix: 48, kind: 'translated', source: 'RFC 8215, local NAT64' },
  { network: '100::', prefix: 64, kind: 'reserved', source: 'RFC 6666, discard' },
  { network: '2001::', prefix: 32, kind: 'translated', source: 'RFC 4380, Teredo' },
  { network: '2001:2::', prefix: 48, kind: 'benchmarking', source: 'RFC 5180' },
  { network: '2001::', prefix: 23, kind: 'reserved', source: 'RFC 2928, protocol assignments, ORCHID' },
  { network: '2001:db8::', prefix: 32, kind: 'documentation', source: 'RFC 3849' },
  { network: '2002::', prefix: 16, kind: 'translated', source: 'RFC 7526, retired 6to4' },
  { network: '3fff::', prefix: 20, kind: 'documentation', source: 'RFC 9637' },
  { network: '5f00::', prefix: 16, kind: 'reserved', source: 'RFC 9602, segment routing' },
  { network: 'fc00::', prefix: 7, kind: 'private', source: 'RFC 4193, unique local' },
  { network: 'fe80::', prefix: 10, kind: 'link-local', source: 'RFC 4291' },
  { network: 'fec0::', prefix: 10, kind: 'private', source: 'RFC 3879, retired site-local' },
  { network: 'ff00::', prefix: 8, kind: 'multicast', source: 'RFC 4291' },
];

/** NAT64 (RFC 6052) carries a public IPv4 address on networks without IPv4, so the inner address decides. */
export const NAT64 = { network: '64:ff9b::', prefix: 96 } as const;

export const GLOBAL_UNICAST_IPV6 = { network: '2000::', prefix: 3 } as const;

/** Ports of other protocols that a request could be smuggled to; WHATWG Fetch, "port blocking". */
export const BLOCKED_PORTS: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111,
  113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554,
  556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666,
  6667, 6668, 6669, 6679, 6697, 10080,
]);
