import 'reflect-metadata';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { systemClock } from '@sc/platform/clock';
import { createLogger } from '@sc/platform/logging';
import { type BrokerLimits, EmbeddedBroker, type InboundBatch } from '@sc/platform/mqtt';
import * as x509 from '@peculiar/x509';
import { generate, parser, type Packet } from 'mqtt-packet';
import { connectAsync, type MqttClient } from 'mqtt';
import { untilClosed, waitUntil } from '../support/wait.js';

const bay = 'sc/parking/c1/bay-1/telemetry';
const login = { username: 'c1/bay-1', password: 'right', clientId: 'c1/bay-1', reconnectPeriod: 0 };

async function throwAwayCertificate(): Promise<{ cert: string; key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { cert: certificate.toString('pem'), key: x509.PemConverter.encode(key, 'PRIVATE KEY') };
}

/** The same door as the plain one, with the same limits: here only what TLS could change. */
describe('embedded broker over TLS', () => {
  let certificate: { cert: string; key: string };
  let broker: EmbeddedBroker;
  let batches: InboundBatch[];
  let hold: Promise<void> | undefined;
  const sockets: Socket[] = [];
  const clients: MqttClient[] = [];

  beforeAll(async () => {
    certificate = await throwAwayCertificate();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end(true);
    for (const socket of sockets.splice(0)) socket.destroy();
    await broker.close();
  });

  const start = async (limits: Partial<BrokerLimits> = {}) => {
    batches = [];
    hold = undefined;
    broker = new EmbeddedBroker(
      {
        port: 0,
        host: '127.0.0.1',
        tls: { port: 0, ...certificate },
        clock: systemClock,
        logger: createLogger('silent'),
        limits,
        isLifeSafety: () => false,
        authenticate: async ({ userName, password }) =>
          password.toString() === 'right'
            ? { ok: true, deviceId: userName, domain: 'parking' }
            : { ok: false, reason: 'wrong' },
      },
      async (batch) => {
        if (batch.messages.length > 0) await hold;
        batches.push(batch);
      },
    );
    await broker.listen();
  };
  const device = async (more: object = {}, ca = certificate.cert) => {
    const client = await connectAsync(`mqtts://127.0.0.1:${broker.securePort}`, { ...login, ca, ...more }, false);
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const remember = <T extends Socket>(socket: T): T => {
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket;
  };
  const secured = async (): Promise<TLSSocket> => {
    const socket = remember(connectTls({ port: broker.securePort, host: '127.0.0.1', ca: certificate.cert }));
    await once(socket, 'secureConnect');
    return socket;
  };
  const connectPacket = generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: login.clientId,
    keepalive: 60,
    username: login.username,
    password: Buffer.from(login.password),
  });
  const publishPacket = (messageId: number, payload: string | Buffer) =>
    generate({ cmd: 'publish', topic: bay, payload, qos: 1, messageId, dup: false, retain: false });
  const texts = () => batches.flatMap(({ messages }) => messages.map(({ payload }) => payload.toString()));

  it('carries the same, beside the plain port, and refuses the same', async () => {
    await start();
    const secure = await device();
    const plain = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { ...login, clientId: 'c1/bay-1:plain' });
    clients.push(plain);
    await secure.publishAsync(bay, 'secure', { qos: 1 });
    await plain.publishAsync(bay, 'plain', { qos: 1 });
    expect(texts()).toEqual(['secure', 'plain']);
    await expect(device({ password: 'wrong' })).rejects.toThrow();
    await expect(device({ clientId: 'c1/other' })).rejects.toThrow();
  });

  it('takes TLS 1.2 and newer, and a new certificate without a restart', async () => {
    await start();
    await expect(device({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })).rejects.toThrow();
    const newer = await throwAwayCertificate();
    broker.renewCertificate(newer);
    await expect(device()).rejects.toThrow(/self.signed|certificate/);
    const client = await device({}, newer.cert);
    await client.publishAsync(bay, 'x', { qos: 1 });
  });

  it('ends who does not finish the handshake or says nothing behind it, however slowly, and serves others', async () => {
    await start({ connectTimeoutMs: 500 });
    const silent = remember(connectTcp(broker.securePort!, '127.0.0.1'));
    const slow = remember(connectTcp(broker.securePort!, '127.0.0.1'));
    const garbage = remember(connectTcp(broker.securePort!, '127.0.0.1'));
    const plainMqtt = remember(connectTcp(broker.securePort!, '127.0.0.1'));
    const mute = await secured();
    const gone = [silent, slow, garbage, plainMqtt, mute].map((socket) => untilClosed(socket.resume()));
    // a byte now and then restarts every timer that counts silence: the begin of a ClientHello that never ends
    const hello = Buffer.from([0x16, 3, 1, 0x10, 0, 1, 0, 0x0f, 0xfc, 3, 3, ...Array<number>(500).fill(7)]);
    let sent = 0;
    const drip = setInterval(() => slow.writable && slow.write(hello.subarray(sent, (sent += 1))), 20);
    garbage.write(Buffer.alloc(1000, 0x41));
    plainMqtt.write(connectPacket);
    const client = await device();
    await client.publishAsync(bay, 'served', { qos: 1 });
    await Promise.all(gone);
    clearInterval(drip);
    await client.publishAsync(bay, 'served again', { qos: 1 });
    expect(texts()).toEqual(['served', 'served again']);
    expect(broker.status().connections).toBe(1);
  });

  it('stops reading at the bound of waiting bytes, and loses nothing', async () => {
    await start({ maxPendingBytes: 400_000, maxPendingBytesPerClient: 100_000 });
    let release: () => void = () => undefined;
    hold = new Promise((resolve) => (release = resolve));
    const flood = await secured();
    const acknowledged: number[] = [];
    const parse = parser();
    parse.on('packet', (packet: Packet) => packet.cmd === 'puback' && acknowledged.push(packet.messageId!));
    flood.on('data', (data) => parse.parse(data));
    flood.write(connectPacket);
    const ids = Array.from({ length: 300 }, (_, n) => n + 1);
    for (const id of ids) flood.write(publishPacket(id, 'x'.repeat(10_000)));
    await waitUntil(() => broker.status().pendingBytes >= 100_000);
    const other = await device({ clientId: 'c1/bay-1:other' });
    await waitUntil(() => broker.status().sessions === 1);
    // one TLS record may come on top, not the three megabytes that wait in the socket
    expect(broker.status().pendingBytes).toBeLessThan(250_000);
    expect(acknowledged).toEqual([]);
    release();
    await waitUntil(() => acknowledged.length === 300);
    expect(acknowledged).toEqual(ids);
    await other.publishAsync(bay, 'other', { qos: 1 });
  });

  it('ends a connection that announces a packet over the bound', async () => {
    await start();
    const socket = await secured();
    const parse = parser();
    const connack = new Promise((resolve) => parse.once('packet', resolve));
    socket.on('data', (data) => parse.parse(data));
    socket.write(connectPacket);
    await connack;
    const gone = untilClosed(socket);
    socket.write(Buffer.of(0x32, 0x80, 0x80, 0x80, 0x64));
    await gone;
  });
});
