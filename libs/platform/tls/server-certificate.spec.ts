import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, get } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '../clock/fake-clock.js';
import { makeRoot, makeServer } from './make-certificate.js';
import { permittedFor } from './name-constraints.js';
import { rootCertificate, serverCertificate } from './server-certificate.js';

const day = 86_400_000;
let folder: string;
let settings: { DATA_DIR: string; PUBLIC_URL?: string };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sc-tls-'));
  settings = { DATA_DIR: folder };
});
afterEach(() => rm(folder, { recursive: true }));

/** What a client that trusts this root alone hears from the server: a status, or the code of the refusal. */
async function visit(server: { cert: string; key: string }, root: string, servername: string): Promise<unknown> {
  const https = createServer(server, (_, response) => void response.end()).listen(0, '127.0.0.1');
  await once(https, 'listening');
  const { port } = https.address() as AddressInfo;
  try {
    return await new Promise((resolve) => {
      get({ host: '127.0.0.1', port, servername, ca: root, agent: false }, (answer) => resolve(answer.statusCode)).on(
        'error',
        (error: NodeJS.ErrnoException) => resolve(error.code === 'UNSPECIFIED' ? error.message : error.code),
      );
    });
  } finally {
    https.close();
  }
}

it('is believed by a client that trusts only the root, under its own names and no other', async () => {
  const made = await serverCertificate({ ...settings, PUBLIC_URL: 'https://sunny.example:3443' });
  expect(await visit(made, made.root!, 'localhost')).toBe(200);
  expect(await visit(made, made.root!, 'sunny.example')).toBe(200);
  expect(await visit(made, made.root!, 'bank.example')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  const other = await makeRoot(Date.now(), permittedFor({ dns: [], ip: [] }));
  expect(await visit(made, other.cert, 'localhost')).not.toBe(200);
});

it('makes a root that can vouch for this house alone', async () => {
  const names = { dns: ['localhost', 'bank.example'], ip: ['127.0.0.1', '8.8.8.8'] };
  const root = await makeRoot(Date.now(), permittedFor({ dns: [], ip: [] }));
  for (const beyond of [{ dns: ['bank.example'], ip: [] }, { dns: ['localhost'], ip: ['8.8.8.8'] }, names]) {
    const forged = await makeServer(Date.now(), root, beyond);
    expect(await visit(forged, root.cert, beyond.dns.at(-1)!)).toBe('permitted subtree violation');
  }
});

it('keeps to what phones accept, and keeps keys to the owner', async () => {
  const made = await serverCertificate(settings);
  const [server, root] = [new X509Certificate(made.cert), new X509Certificate(made.root!)];
  expect((Date.parse(server.validTo) - Date.parse(server.validFrom)) / day).toBeLessThanOrEqual(398);
  expect((Date.parse(root.validTo) - Date.parse(root.validFrom)) / day).toBeGreaterThan(3640);
  expect([root.ca, server.ca]).toEqual([true, false]);
  for (const name of ['DNS:localhost', 'IP Address:127.0.0.1', 'IP Address:0:0:0:0:0:0:0:1'])
    expect(server.subjectAltName).toContain(name);
  for (const file of await readdir(join(folder, 'tls')))
    expect((await stat(join(folder, 'tls', file))).mode & 0o777).toBe(0o600);
  expect((await rootCertificate(settings))!.equals(root.raw)).toBe(true);
});

it('is made once, also when asked twice at the same time', async () => {
  const [a, b] = await Promise.all([serverCertificate(settings), serverCertificate(settings)]);
  expect([b.cert, b.root]).toEqual([a.cert, a.root]);
  expect((await serverCertificate(settings)).cert).toBe(a.cert);
});

it('is renewed before its end and when PUBLIC_URL changes, under the same root', async () => {
  const clock = new FakeClock(Date.now());
  const first = await serverCertificate(settings, clock);
  clock.advance(360 * day);
  expect((await serverCertificate(settings, clock)).cert).toBe(first.cert);
  clock.advance(10 * day);
  const renewed = await serverCertificate(settings, clock);
  expect(renewed.cert).not.toBe(first.cert);
  expect(renewed.root).toBe(first.root);

  const moved = await serverCertificate({ ...settings, PUBLIC_URL: 'https://tower.lan' }, clock);
  expect(new X509Certificate(moved.cert).subjectAltName).toContain('DNS:tower.lan');
  expect([moved.root, moved.leftOut]).toEqual([first.root, []]);
  // The root was made before anybody spoke of this name.
  const beyond = await serverCertificate({ ...settings, PUBLIC_URL: 'https://sunny.example' }, clock);
  expect(beyond.leftOut).toEqual(['sunny.example']);
  expect(new X509Certificate(beyond.cert).subjectAltName).not.toContain('sunny.example');
});

it('makes a new root when the old one nears its end', async () => {
  const clock = new FakeClock(Date.now());
  const first = await serverCertificate(settings, clock);
  clock.advance(3630 * day);
  const next = await serverCertificate(settings, clock);
  expect(next.root).not.toBe(first.root);
  expect(new X509Certificate(next.cert).verify(new X509Certificate(next.root!).publicKey)).toBe(true);
});

it('takes a given certificate as it is, without a root of ours', async () => {
  const root = await makeRoot(Date.now(), permittedFor({ dns: [], ip: [] }));
  const pair = await makeServer(Date.now(), root, { dns: ['localhost'], ip: [] });
  const given = { ...settings, TLS_CERT: join(folder, 'c.pem'), TLS_KEY: join(folder, 'k.pem') };
  await writeFile(given.TLS_CERT, pair.cert + root.cert);
  await writeFile(given.TLS_KEY, pair.key);
  const taken = await serverCertificate(given);
  expect(taken).toEqual({ cert: pair.cert + root.cert, key: pair.key, leftOut: [] });
  expect(await visit(taken, root.cert, 'localhost')).toBe(200);
  expect(await rootCertificate(given)).toBeUndefined();
  expect(createPrivateKey(taken.key).type).toBe('private');
});

it('says in one line which file cannot be used', async () => {
  const given = { ...settings, TLS_CERT: join(folder, 'c.pem'), TLS_KEY: join(folder, 'k.pem') };
  await expect(serverCertificate(given)).rejects.toThrow(/^TLS_CERT: .*c\.pem cannot be read \(ENOENT\)\.$/);
  const [one, two] = await Promise.all([1, 2].map(() => makeRoot(Date.now(), permittedFor({ dns: [], ip: [] }))));
  await writeFile(given.TLS_CERT, 'no certificate');
  await writeFile(given.TLS_KEY, one!.key);
  await expect(serverCertificate(given)).rejects.toThrow(/^TLS_CERT: .*no certificate in PEM/);
  await writeFile(given.TLS_CERT, two!.cert);
  await expect(serverCertificate(given)).rejects.toThrow(/^TLS_KEY: .*is not the key of/);
  await writeFile(given.TLS_KEY, 'no key');
  await expect(serverCertificate(given)).rejects.toThrow(/^TLS_KEY: .*no private key/);

  await serverCertificate(settings);
  await writeFile(join(folder, 'tls', 'root.pem'), 'half a fi');
  await expect(serverCertificate(settings)).rejects.toThrow(/root\.pem is damaged: restore it, or delete its folder/);
});
