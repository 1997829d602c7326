// The library finds its parts by decorators.
import 'reflect-metadata';
import { BlockList, isIP } from 'node:net';
import { Extension, X509Certificate } from '@peculiar/x509';

const oid = '2.5.29.30';

/** Names that exist inside a house only: nobody can own them in the world. */
const localDomains = ['localhost', 'local', 'lan', 'home', 'home.arpa', 'internal'];
/** Private, link-local and loopback networks. */
const localNetworks = [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const;

/** What a root may vouch for: so a stolen root key opens this house, and no bank. */
export interface Permitted {
  dns: string[];
  networks: (readonly [string, number])[];
}

export const permittedFor = (own: { dns: string[]; ip: string[] }): Permitted => ({
  dns: [...new Set([...localDomains, ...own.dns])],
  networks: [...localNetworks, ...own.ip.map((ip) => [ip, isIP(ip) === 6 ? 128 : 32] as const)],
});

/** The part of these names that the root may vouch for. */
export function within(permitted: Permitted, names: { dns: string[]; ip: string[] }): { dns: string[]; ip: string[] } {
  const list = new BlockList();
  for (const [network, prefix] of permitted.networks) list.addSubnet(network, prefix, family(network));
  return {
    dns: names.dns.filter((name) => permitted.dns.some((base) => name === base || name.endsWith(`.${base}`))),
    ip: names.ip.filter((ip) => list.check(ip, family(ip))),
  };
}

/** The extension of RFC 5280 §4.2.1.10, critical as it must be. */
export function nameConstraints({ dns, networks }: Permitted): Extension {
  const subtrees = [
    ...dns.map((name) => der(0x30, der(0x82, Buffer.from(name, 'ascii')))),
    ...networks.map(([network, prefix]) => der(0x30, der(0x87, withMask(network, prefix)))),
  ];
  return new Extension(oid, true, new Uint8Array(der(0x30, der(0xa0, Buffer.concat(subtrees)))));
}

/** What a root of ours was made to vouch for. */
export function readPermitted(rootPem: string): Permitted {
  const value = new X509Certificate(rootPem).getExtension(oid)?.value;
  const permitted: Permitted = { dns: [], networks: [] };
  if (!value) return permitted;
  const [sequence] = elements(Buffer.from(value));
  const [subtrees] = elements(sequence!.content);
  for (const subtree of elements(subtrees!.content)) {
    const [name] = elements(subtree.content);
    if (name?.tag === 0x82) permitted.dns.push(name.content.toString('ascii'));
    if (name?.tag === 0x87) permitted.networks.push(fromMask(name.content));
  }
  return permitted;
}

const family = (ip: string) => (isIP(ip) === 6 ? 'ipv6' : 'ipv4');

/** Address and mask, one after the other. */
function withMask(network: string, prefix: number): Buffer {
  const address = bytesOf(network);
  const mask = address.map((_, i) => (0xff00 >> Math.min(8, Math.max(0, prefix - 8 * i))) & 0xff);
  return Buffer.concat([address, mask]);
}

function fromMask(bytes: Buffer): readonly [string, number] {
  const half = bytes.length / 2;
  const prefix = bytes.subarray(half).reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
  const address = bytes.subarray(0, half);
  if (half === 4) return [address.join('.'), prefix];
  return [address.toString('hex').match(/.{4}/g)!.join(':'), prefix];
}

function bytesOf(ip: string): Buffer {
  if (isIP(ip) === 4) return Buffer.from(ip.split('.').map(Number));
  const [head = '', tail] = ip.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function der(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/** The parts of a DER value that one of ours can hold: lengths of at most two bytes. */
function elements(bytes: Buffer): { tag: number; content: Buffer }[] {
  const found: { tag: number; content: Buffer }[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at + 1]!;
    const more = first < 0x80 ? 0 : first - 0x80;
    const length = more ? bytes.readUIntBE(at + 2, more) : first;
    const start = at + 2 + more;
    found.push({ tag: bytes[at]!, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}
