import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Pair } from './make-certificate.js';
import { TlsError } from './tls.error.js';

/** Certificate and key in one file, so that the two always belong together. @throws TlsError when it is not one of ours */
export async function readPair(path: string): Promise<Pair | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new TlsError(`${path} cannot be read (${error.code}).`, { cause: error });
  });
  if (text === undefined) return undefined;
  const [cert, key] = text.split(/(?=-----BEGIN PRIVATE KEY-----)/);
  const pair = { cert: cert ?? '', key: key ?? '' };
  assertPair(pair, `${path} is damaged: restore it, or delete its folder; phones then have to install the new root.`);
  return pair;
}

/** Reads a certificate and key that somebody else looks after. @throws TlsError naming the file and what is wrong */
export async function readGiven(certPath: string, keyPath: string): Promise<Pair> {
  const pair = { cert: await readNamed(certPath, 'TLS_CERT'), key: await readNamed(keyPath, 'TLS_KEY') };
  parse(() => new X509Certificate(pair.cert), `TLS_CERT: ${certPath} holds no certificate in PEM.`);
  parse(() => createPrivateKey(pair.key), `TLS_KEY: ${keyPath} holds no private key in PEM without a pass phrase.`);
  assertPair(pair, `TLS_KEY: ${keyPath} is not the key of the certificate in ${certPath}.`);
  return pair;
}

/** Written beside and renamed; nobody but the owner may read it. */
export async function writePrivate(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${randomBytes(4).toString('hex')}`;
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

function assertPair({ cert, key }: Pair, message: string): void {
  if (!parse(() => new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)), message))
    throw new TlsError(message);
}

function parse<T>(work: () => T, message: string): T {
  try {
    return work();
  } catch (cause) {
    throw new TlsError(message, { cause });
  }
}

async function readNamed(path: string, setting: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new TlsError(`${setting}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`, {
      cause: error,
    });
  }
}
