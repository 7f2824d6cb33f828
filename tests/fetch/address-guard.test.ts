import { isIPv4 } from 'node:net';
import { describe, expect, test } from 'vitest';
import { checkAddress, refusedKind } from '../../src/fetch/address-guard.js';
import { REFUSED_IPV4, REFUSED_IPV6, type AddressRange } from '../../src/fetch/address-ranges.js';
import { checkUrl } from '../../src/fetch/request-url.js';

/** The last address of a range, worked out apart from the code under test. */
function lastAddress({ network, prefix }: AddressRange): string {
  const bits = isIPv4(network) ? 32 : 128;
  const parts = isIPv4(network) ? network.split('.').map(Number) : expand(network);
  const size = isIPv4(network) ? 8 : 16;
  const last = parts.map((part, index) => {
    const fixed = Math.min(size, Math.max(0, prefix - index * size));
    return part | (2 ** (size - fixed) - 1);
  });
  expect(parts.length * size).toBe(bits);
  return size === 8 ? last.join('.') : last.map((part) => part.toString(16)).join(':');
}
function expand(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const before = groups(head);
  const after = groups(tail ?? '');
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

describe('every refused range is refused from its first address to its last', () => {
  test.each([...REFUSED_IPV4, ...REFUSED_IPV6])('$network/$prefix, $kind', (range) => {
    const overlaid = range.network === '::' && range.prefix === 96 ? 'unspecified' : range.network === '2001::' && range.prefix === 23 ? 'translated' : range.kind;
    expect(refusedKind(range.network)).toBe(overlaid);
    expect(refusedKind(lastAddress(range))).toBe(range.kind);
    expect(checkAddress(lastAddress(range), false)?.kind).toBe(range.kind);
  });
});

test.each([
  ['127.0.0.1', 'loopback'], ['127.255.255.254', 'loopback'], ['10.1.2.3', 'private'], ['172.31.255.255', 'private'], ['192.168.1.1', 'private'],
  ['100.64.0.1', 'shared'], ['169.254.1.1', 'link-local'], ['169.254.169.254', 'metadata'], ['0.0.0.0', 'unspecified'],
  ['224.0.0.1', 'multicast'], ['255.255.255.255', 'reserved'], ['198.18.0.1', 'benchmarking'], ['203.0.113.7', 'documentation'],
  ['::', 'unspecified'], ['::1', 'loopback'], ['0:0:0:0:0:0:0:1', 'loopback'], ['fe80::1', 'link-local'], ['fe80::1%eth0', 'link-local'],
  ['fd12:3456::1', 'private'], ['ff02::1', 'multicast'], ['::ffff:127.0.0.1', 'translated'], ['::ffff:8.8.8.8', 'translated'],
  ['::127.0.0.1', 'translated'], ['::ffff:0:7f00:1', 'translated'], ['2002:7f00:1::', 'translated'], ['2001:0:4136:e378::1', 'translated'],
  ['64:ff9b::127.0.0.1', 'loopback'], ['64:ff9b::a9fe:a9fe', 'metadata'], ['64:ff9b::', 'unspecified'], ['64:ff9b::1:0', 'unspecified'],
  ['64:ff9b:1::8.8.8.8', 'translated'], ['4000::1', 'reserved'], ['not an address', 'reserved'], ['', 'reserved'],
])('%s is %s', (address, kind) => {
  expect(refusedKind(address)).toBe(kind);
});

test.each(['1.1.1.1', '8.8.8.8', '93.184.216.34', '172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0', '128.0.0.0', '198.17.255.255',
  '198.20.0.0', '223.255.255.255', '2606:4700:4700::1111', '2a00:1450:4001::200e', '2400:cb00::1', '64:ff9b::8.8.8.8'])('%s is public', (address) => {
  expect(refusedKind(address)).toBeNull();
});

test('a source may name private hosts, never metadata services, multicast or tunnels', () => {
  for (const address of ['127.0.0.1', '::1', '10.0.0.1', 'fd00::1', '100.64.0.1', '169.254.7.7']) expect(checkAddress(address, true)).toBeNull();
  for (const address of ['169.254.169.254', '100.100.100.200', 'fd00:ec2::254', '224.0.0.1', '255.255.255.255', '0.0.0.0', '::ffff:127.0.0.1', '2002:7f00:1::']) {
    expect(checkAddress(address, true)).not.toBeNull();
  }
});

describe('addresses asked for', () => {
  const check = (url: string, hosts: readonly string[] = []) => {
    const checked = checkUrl(url, { mayBePrivate: (host) => hosts.includes(host) });
    return checked.ok ? checked.value.href : checked.fault.code;
  };
  test.each([
    ['http://2130706433/', 'decimal'], ['http://0177.0.0.1/', 'octal'], ['http://0x7f000001/', 'hexadecimal'], ['http://0x7f.1/', 'short and hexadecimal'],
    ['http://127.1/', 'short'], ['http://0/', 'zero'], ['http://127.0.0.1./', 'a dot at the end'], ['http://１２７.0.0.1/', 'full-width digits'],
    ['http://①②⑦.0.0.1/', 'circled digits'], ['http://127。0。0。1/', 'ideographic dots'], ['http://%31%32%37.0.0.1/', 'percent-coded'],
    ['http://[::1]/', 'IPv6'], ['http://[::ffff:7f00:1]/', 'IPv4-mapped'], ['http://[0:0:0:0:0:ffff:127.0.0.1]/', 'IPv4-mapped, written out'],
    ['http://[64:ff9b::7f00:1]/', 'NAT64'], ['http://169.254.169.254/latest/meta-data/', 'metadata'], ['http://3232235777/', 'decimal and private'],
  ])('%s (%s) is refused', (url) => {
    expect(check(url)).toBe('address-refused');
  });
  test.each([
    ['ftp://example.com/feed', 'url-scheme'], ['file:///etc/passwd', 'url-scheme'], ['gopher://example.com/', 'url-scheme'], ['data:text/html,hi', 'url-scheme'],
    ['javascript:alert(1)', 'url-scheme'], ['unix:/var/run/docker.sock', 'url-scheme'], ['http://user:secret@example.com/', 'url-credentials'],
    ['http://user@example.com/', 'url-credentials'], ['http://example.com@127.0.0.1/', 'url-credentials'], ['http://example.com:6667/', 'url-port'],
    ['http://example.com:25/', 'url-port'], ['https://example.com:22/', 'url-port'], ['http://example.com:0/', 'url-port'], ['http://', 'url-invalid'], ['', 'url-invalid'],
    ['not an address', 'url-invalid'], ['http://[::1%25lo]/', 'url-invalid'], ['http://1.2.3.256/', 'url-invalid'], [`http://example.com/${'a'.repeat(9_000)}`, 'url-invalid'],
  ])('%s is %s', (url, code) => {
    expect(check(url)).toBe(code);
  });
  test('public addresses pass, without their fragment', () => {
    expect(check('https://example.com/feed?page=1#top')).toBe('https://example.com/feed?page=1');
    expect(check('http://example.com:8080/')).toBe('http://example.com:8080/');
    expect(check('https://пример.рф/лента')).toBe('https://xn--e1afmkfd.xn--p1ai/%D0%BB%D0%B5%D0%BD%D1%82%D0%B0');
  });
  test('a private host passes by its own name only', () => {
    expect(check('http://127.0.0.1/', ['127.0.0.1'])).toBe('http://127.0.0.1/');
    expect(check('http://2130706433/', ['127.0.0.1'])).toBe('http://127.0.0.1/');
    expect(check('http://127.0.0.2/', ['127.0.0.1'])).toBe('address-refused');
    expect(check('http://169.254.169.254/', ['169.254.169.254'])).toBe('address-refused');
  });
  test('a message shows neither query nor credentials', () => {
    const checked = checkUrl('http://user:secret@example.com/feed?token=secret#secret', { mayBePrivate: () => false });
    expect(JSON.stringify(checked.ok ? '' : [checked.fault.message, checked.fault.hint])).not.toContain('secret');
  });
});
