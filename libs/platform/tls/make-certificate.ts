// The library finds its parts by decorators.
import 'reflect-metadata';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { nameConstraints, type Permitted } from './name-constraints.js';

export interface Pair {
  /** PEM. */
  cert: string;
  key: string;
}

const day = 86_400_000;
/** Clocks of phones and detectors are late at times. */
const leewayMs = day;
const rootDays = 3650;
/** Phones refuse a server certificate that counts more than 398 days, the leeway included. */
const serverDays = 396;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** The root that people install once: it can vouch for this house's names only, and for ten years. */
export async function makeRoot(now: number, permitted: Permitted): Promise<Pair> {
  const keys = await newKeys();
  // Told apart in the settings of a phone that has met several sites.
  const name = `CN=Smart Community root ${randomBytes(3).toString('hex')}`;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name,
    serialNumber: serial(),
    notBefore: new Date(now - leewayMs),
    notAfter: new Date(now + rootDays * day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      nameConstraints(permitted),
    ],
  });
  return pairOf(certificate, keys);
}

export async function makeServer(now: number, root: Pair, names: { dns: string[]; ip: string[] }): Promise<Pair> {
  const keys = await newKeys();
  const issuer = new X509Certificate(root.cert);
  const until = Math.min(now + serverDays * day, issuer.notAfter.getTime());
  const certificate = await X509CertificateGenerator.create({
    subject: 'CN=Smart Community',
    issuer: issuer.subject,
    serialNumber: serial(),
    notBefore: new Date(now - leewayMs),
    notAfter: new Date(until),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: await signingKey(root.key),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...names.dns.map((value) => ({ type: 'dns' as const, value })),
        ...names.ip.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return pairOf(certificate, keys);
}

const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

/** 20 bytes at most and never negative (RFC 5280 §4.1.2.2). */
const serial = (): string => `01${randomBytes(16).toString('hex')}`;

function pairOf(certificate: X509Certificate, keys: CryptoKeyPair): Pair {
  const key = KeyObject.from(keys.privateKey as webcrypto.CryptoKey).export({ type: 'pkcs8', format: 'pem' });
  return { cert: `${certificate.toString('pem')}\n`, key: String(key) };
}

function signingKey(pem: string): Promise<CryptoKey> {
  const body = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return webcrypto.subtle.importKey('pkcs8', body, algorithm, false, ['sign']) as Promise<CryptoKey>;
}
