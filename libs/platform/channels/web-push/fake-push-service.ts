import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { FakeHttpServer, type Reply, type ServerRequest } from '../fake-http-server.js';

export interface Pushed {
  payload: Record<string, unknown>;
  ttl: number;
  urgency: string;
  topic: string;
}

/** A push service and a browser behind it: checks VAPID (RFC 8292), decrypts (RFC 8291 over RFC 8188), keeps what the browser would show. */
export class FakePushService {
  readonly shown: Pushed[] = [];
  /** What the service answers instead of taking a message. */
  refusal: Reply | undefined;
  private readonly browser: ECDH = createECDH('prime256v1');
  private readonly secret = randomBytes(16);
  private server!: FakeHttpServer;

  private constructor(private readonly publicKey: () => string) {
    this.browser.generateKeys();
  }

  /** @param publicKey what the browser was given as `applicationServerKey` */
  static async start(publicKey: () => string): Promise<FakePushService> {
    const service = new FakePushService(publicKey);
    service.server = await FakeHttpServer.start((request) => service.take(request));
    return service;
  }

  get host(): string {
    return this.server.host;
  }
  get requests(): number {
    return this.server.requests.length;
  }
  get subscription() {
    return {
      endpoint: `${this.server.url}/push/v1/secret-capability`,
      keys: { p256dh: this.browser.getPublicKey('base64url'), auth: this.secret.toString('base64url') },
    };
  }
  stop(): Promise<void> {
    return this.server.stop();
  }

  private take(request: ServerRequest): Reply {
    if (this.refusal) return this.refusal;
    const { headers } = request;
    if (!this.isFromUs(headers.authorization ?? '')) return { status: 403 };
    if (headers['content-encoding'] !== 'aes128gcm' || !headers['ttl']) return { status: 400 };
    if (request.raw.length > 4096) return { status: 413 };
    this.shown.push({
      payload: JSON.parse(this.decrypt(request.raw)) as Record<string, unknown>,
      ttl: Number(headers['ttl']),
      urgency: String(headers['urgency']),
      topic: String(headers['topic']),
    });
    return { status: 201, headers: { location: `${this.server.url}/message/1` } };
  }

  /** RFC 8292: `vapid t=<JWT>, k=<public key>`, ES256, for this origin, for less than a day. */
  private isFromUs(authorization: string): boolean {
    const [, jwt, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? [];
    if (!jwt || key !== this.publicKey()) return false;
    const [header, claims, signature] = jwt.split('.') as [string, string, string];
    const point = Buffer.from(key, 'base64url');
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    };
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    const signed = Buffer.from(`${header}.${claims}`);
    if (!verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')))
      return false;
    const { aud, exp, sub } = decode(claims);
    const seconds = performance.timeOrigin / 1000 + performance.now() / 1000;
    return (
      aud === this.server.url &&
      Number(exp) > seconds &&
      Number(exp) <= seconds + 86_400 &&
      /^(https:|mailto:)/.test(String(sub))
    );
  }

  private decrypt(body: Buffer): string {
    const [salt, size, idLength] = [body.subarray(0, 16), body.readUInt32BE(16), body.readUInt8(20)];
    const sender = body.subarray(21, 21 + idLength);
    const own = this.browser.getPublicKey();
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, sender]);
    const key = Buffer.from(hkdfSync('sha256', this.browser.computeSecret(sender), this.secret, info, 32));
    const derive = (label: string, bytes: number) =>
      Buffer.from(hkdfSync('sha256', key, salt, Buffer.from(`Content-Encoding: ${label}\0`), bytes));
    const record = body.subarray(21 + idLength);
    if (record.length > size) throw new Error('more than one record');
    const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
    decipher.setAuthTag(record.subarray(-16));
    const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
    // the delimiter of the last record, then padding
    return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8');
  }
}

const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
