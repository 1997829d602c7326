import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Where no camera lives: the own machine by another name, metadata services of clouds, nobody, everybody. */
const unusable = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  unusable.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  unusable.addSubnet(network, bits, 'ipv6');

const mappedIpv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Whether a name from the allow-list may lead to this address. */
export function mayLeadTo(address: string): boolean {
  const plain = mappedIpv4.exec(address)?.[1] ?? address;
  const family = isIP(plain);
  return family !== 0 && !unusable.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Resolves a name for the one connection that is made with the answer, so that nothing is resolved twice. A name that leads
 * where no camera lives fails: whoever answers for the name must not choose our own services as its target.
 */
export const safeLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const usable = hostname === 'localhost' ? addresses : addresses.filter(({ address }) => mayLeadTo(address));
    const [first] = usable;
    if (!first) return callback(new NameRefusedError(`${hostname} leads to no usable address`), '', 0);
    if (options.all) callback(null, usable);
    else callback(null, first.address, first.family);
  });
};

class NameRefusedError extends Error {
  readonly code = 'name-refused';
}
