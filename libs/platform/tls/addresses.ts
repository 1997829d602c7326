import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

const dnsName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
/** A machine with hundreds of virtual networks must not get a certificate that phones refuse for its size. */
const mostAddresses = 40;

/** The addresses of this machine that others can reach; without loopback and IPv6 link-local ones, IPv4 first. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !address.toLowerCase().startsWith('fe80'))
    .map(({ address }) => address)
    .sort((a, b) => isIP(a) - isIP(b) || a.localeCompare(b))
    .slice(0, mostAddresses);
}

/** Everything people and devices may call this machine: its own names, its addresses, and the host of PUBLIC_URL. */
export function ownNames(publicUrl: string | undefined): { dns: string[]; ip: string[] } {
  const host = hostname().toLowerCase();
  // "community" is also reached as "community.local", where the network announces names by itself.
  const names = ['localhost', host, host.includes('.') ? '' : `${host}.local`];
  const addresses = ['127.0.0.1', '::1', ...lanAddresses()];
  if (publicUrl) {
    const name = new URL(publicUrl).hostname.replace(/^\[|\]$/g, '').toLowerCase();
    (isIP(name) ? addresses : names).push(name);
  }
  return { dns: unique(names.filter((name) => dnsName.test(name))), ip: unique(addresses) };
}

const unique = (list: string[]): string[] => [...new Set(list)];
