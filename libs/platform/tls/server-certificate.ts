import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { type Clock, systemClock } from '@sc/platform/clock';
import type { Settings } from '@sc/platform/config';
import { ownNames } from './addresses.js';
import { makeRoot, makeServer, type Pair } from './make-certificate.js';
import { type Permitted, permittedFor, readPermitted, within } from './name-constraints.js';
import { readGiven, readPair, writePrivate } from './tls-files.js';

type TlsSettings = Pick<Settings, 'DATA_DIR' | 'TLS_CERT' | 'TLS_KEY' | 'PUBLIC_URL'>;

export interface ServerCertificate {
  /** Certificate chain and key, PEM. */
  cert: string;
  key: string;
  /** The root made here, PEM; left out with a given certificate. */
  root?: string;
  /** Names that the root may not vouch for, so that they are missing from the certificate. */
  leftOut: string[];
}

/** Renewed so long before its end that a platform which is seldom started is never caught without. */
const renewBeforeMs = 30 * 86_400_000;

/** One at a time: HTTPS and MQTTS ask at the same moment of the first start, and there must be one root. */
let last: Promise<unknown> = Promise.resolve();

/**
 * The certificate of this machine for HTTPS and MQTTS: the given one, else one made in DATA_DIR/tls. That one is made again
 * when it nears its end or the addresses of the machine have changed; the root stays, because phones have installed it.
 * @throws TlsError whose message is one clear line
 */
export function serverCertificate(settings: TlsSettings, clock: Clock = systemClock): Promise<ServerCertificate> {
  const next = last.then(() => find(settings, clock));
  last = next.catch(() => undefined);
  return next;
}

/** The root that phones and devices install, DER; `undefined` where there is none of ours. */
export async function rootCertificate(settings: TlsSettings): Promise<Buffer | undefined> {
  if (settings.TLS_CERT) return undefined;
  const root = await readPair(paths(settings).root);
  return root && new X509Certificate(root.cert).raw;
}

async function find(settings: TlsSettings, clock: Clock): Promise<ServerCertificate> {
  if (settings.TLS_CERT && settings.TLS_KEY)
    return { ...(await readGiven(settings.TLS_CERT, settings.TLS_KEY)), leftOut: [] };
  const own = ownNames(settings.PUBLIC_URL);
  const { pair: root, permitted, isNew } = await findRoot(settings, clock, own);
  const names = within(permitted, own);
  const leftOut = [...own.dns, ...own.ip].filter((name) => ![...names.dns, ...names.ip].includes(name));
  const kept = isNew ? undefined : await readPair(paths(settings).server);
  const pair = kept && isStillGood(kept, names, clock) ? kept : await makeServer(clock.now(), root, names);
  if (pair !== kept) await writePrivate(paths(settings).server, pair.cert + pair.key);
  return { ...pair, root: root.cert, leftOut };
}

async function findRoot(
  settings: TlsSettings,
  clock: Clock,
  own: { dns: string[]; ip: string[] },
): Promise<{ pair: Pair; permitted: Permitted; isNew: boolean }> {
  const path = paths(settings).root;
  const kept = await readPair(path);
  if (kept && !endsSoon(kept, clock)) return { pair: kept, permitted: readPermitted(kept.cert), isNew: false };
  const permitted = permittedFor(own);
  const pair = await makeRoot(clock.now(), permitted);
  await writePrivate(path, pair.cert + pair.key);
  return { pair, permitted, isNew: true };
}

function isStillGood(pair: Pair, names: { dns: string[]; ip: string[] }, clock: Clock): boolean {
  const said = new X509Certificate(pair.cert).subjectAltName ?? '';
  const there = said.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  // Node writes IPv6 addresses in full; the same on both sides is all that counts.
  const wanted = [...names.dns, ...names.ip.map(plain)];
  return !endsSoon(pair, clock) && wanted.toSorted().join() === there.map(plain).toSorted().join();
}

/** An IPv6 address in one spelling; everything else as it is. */
function plain(name: string): string {
  return name.includes(':') ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name;
}

const endsSoon = (pair: Pair, clock: Clock): boolean =>
  Date.parse(new X509Certificate(pair.cert).validTo) - clock.now() < renewBeforeMs;

const paths = ({ DATA_DIR }: TlsSettings) => ({
  root: join(DATA_DIR, 'tls', 'root.pem'),
  server: join(DATA_DIR, 'tls', 'server.pem'),
});
