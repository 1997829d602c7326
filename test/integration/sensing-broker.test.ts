import { setTimeout as wait } from 'node:timers/promises';
import { connect, type Socket } from 'node:net';
import { generate, parser, type Packet } from 'mqtt-packet';
import { connectAsync, type MqttClient } from 'mqtt';
import { systemClock } from '@sc/platform/clock';
import { createLogger } from '@sc/platform/logging';
import { type BrokerLimits, EmbeddedBroker, type InboundBatch, type Refusal } from '@sc/platform/mqtt';
import { untilClosed, waitUntil } from '../support/wait.js';

const logger = createLogger('silent');
const secret = 'right';

/** A broker whose commits the test lets through one by one, or all at once. */
class Rig {
  readonly batches: InboundBatch[] = [];
  readonly refusals: Refusal[] = [];
  readonly sockets: Socket[] = [];
  readonly clients: MqttClient[] = [];
  held: (() => void) | undefined;
  hold = false;
  failures = 0;
  authDelayMs = 0;
  broker!: EmbeddedBroker;

  async start(limits: Partial<BrokerLimits> = {}): Promise<this> {
    this.broker = new EmbeddedBroker(
      {
        port: 0,
        host: '127.0.0.1',
        clock: systemClock,
        logger,
        limits,
        isLifeSafety: (topic) => topic.startsWith('sc/fire/'),
        onRefused: (refusal) => this.refusals.push(refusal),
        authenticate: async ({ userName, password }) => {
          if (this.authDelayMs > 0) await wait(this.authDelayMs);
          if (password.toString() !== secret) return { ok: false, reason: 'wrong' };
          return { ok: true, deviceId: userName, domain: userName.includes('smoke') ? 'fire' : 'parking' };
        },
      },
      async (batch) => {
        if (this.hold) await new Promise<void>((resolve) => (this.held = resolve));
        if (this.failures > 0) {
          this.failures -= 1;
          this.batches.push(batch);
          throw new Error('store is away');
        }
        this.batches.push(batch);
      },
    );
    await this.broker.listen();
    return this;
  }

  async stop(): Promise<void> {
    this.hold = false;
    this.held?.();
    for (const client of this.clients) client.end(true);
    for (const socket of this.sockets) socket.destroy();
    await this.broker.close();
  }

  async device(id: string, options: object = {}): Promise<MqttClient> {
    const client = await connectAsync(`mqtt://127.0.0.1:${this.broker.port}`, {
      username: id,
      password: secret,
      clientId: id,
      reconnectPeriod: 0,
      ...options,
    });
    client.on('error', () => undefined);
    this.clients.push(client);
    return client;
  }

  /** A bare socket that collects the packets it gets. */
  raw(): {
    socket: Socket;
    packets: Packet[];
    closed: Promise<void>;
    next: (cmd: string, count?: number) => Promise<Packet[]>;
  } {
    const socket = connect(this.broker.port, '127.0.0.1');
    socket.on('error', () => undefined);
    this.sockets.push(socket);
    const packets: Packet[] = [];
    const parse = parser();
    parse.on('packet', (packet) => packets.push(packet));
    socket.on('data', (data) => parse.parse(data));
    const closed = untilClosed(socket);
    const next = async (cmd: string, count = 1): Promise<Packet[]> => {
      await waitUntil(() => packets.filter((packet) => packet.cmd === cmd).length >= count);
      return packets.filter((packet) => packet.cmd === cmd);
    };
    return { socket, packets, closed, next };
  }

  messages(): { topic: string; text: string; deviceId: string }[] {
    return this.batches.flatMap((batch) =>
      batch.messages.map(({ topic, payload, deviceId }) => ({ topic, text: payload.toString(), deviceId })),
    );
  }

  presence(deviceId: string): string[] {
    return this.batches.flatMap((batch) => batch.presence.get(deviceId) ?? []);
  }
}

const connectPacket = (id: string, more: object = {}) =>
  generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: id,
    keepalive: 60,
    username: id,
    password: Buffer.from(secret),
    ...more,
  } as Packet);
const publishPacket = (topic: string, payload: string | Buffer, messageId: number, dup = false) =>
  generate({ cmd: 'publish', topic, payload, qos: 1, messageId, dup, retain: false } as Packet);
const bay = 'sc/parking/c1/bay-1/telemetry';

describe('embedded broker', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = new Rig();
  });
  afterEach(() => rig.stop());

  it('acknowledges a QoS 1 message only after its batch is committed', async () => {
    await rig.start();
    const { socket, packets, next } = rig.raw();
    socket.write(connectPacket('c1/bay-1'));
    await next('connack');
    rig.hold = true;
    socket.write(publishPacket(bay, '1', 7));
    await waitUntil(() => rig.held !== undefined);
    // a PINGREQ behind it is answered, so anything sent before that answer would be here
    socket.write(generate({ cmd: 'pingreq' }));
    await next('pingresp');
    expect(packets.filter(({ cmd }) => cmd === 'puback')).toHaveLength(0);
    rig.hold = false;
    rig.held?.();
    expect((await next('puback'))[0]).toMatchObject({ messageId: 7 });
  });

  it('keeps the order of PUBACKs of one client, whatever the QoS between', async () => {
    await rig.start({ maxBatchMessages: 7 });
    const { socket, next } = rig.raw();
    socket.write(connectPacket('c1/bay-1'));
    await next('connack');
    const ids = Array.from({ length: 500 }, (_, index) => index + 1);
    for (const id of ids)
      socket.write(
        id % 5 === 0
          ? Buffer.concat([
              generate({ cmd: 'publish', topic: bay, payload: 'q0', qos: 0, dup: false, retain: false } as Packet),
              publishPacket(bay, String(id), id),
            ])
          : publishPacket(id % 3 === 0 ? 'sc/parking/c1/other/telemetry' : bay, String(id), id),
      );
    const acks = await next('puback', ids.length).catch(() => []);
    // offences end the connection only after what it is owed
    expect(acks.map((ack) => ack.messageId)).toEqual(ids);
  });

  it('takes CONNECT and hundreds of PUBLISH in one write while the login is slow, in order', async () => {
    rig.authDelayMs = 200;
    await rig.start();
    const { socket, next } = rig.raw();
    const ids = Array.from({ length: 600 }, (_, index) => index + 1);
    socket.write(Buffer.concat([connectPacket('c1/bay-1'), ...ids.map((id) => publishPacket(bay, String(id), id))]));
    socket.write(Buffer.concat([601, 602].map((id) => publishPacket(bay, String(id), id))));
    const acks = await next('puback', 602);
    expect(acks.map((ack) => ack.messageId)).toEqual([...ids, 601, 602]);
    expect(rig.messages().map(({ text }) => Number(text))).toEqual([...ids, 601, 602]);
  });

  it('reads packets that arrive byte by byte', async () => {
    await rig.start();
    const { socket, next } = rig.raw();
    for (const byte of Buffer.concat([
      connectPacket('c1/bay-1'),
      publishPacket(bay, '{"values":{"occupied":true}}', 9),
    ])) {
      socket.write(Buffer.of(byte));
      await wait(1);
    }
    expect((await next('puback'))[0]).toMatchObject({ messageId: 9 });
  });

  it('handles the same batch again until it succeeds, and acknowledges once', async () => {
    await rig.start();
    rig.failures = 3;
    const { socket, packets, next } = rig.raw();
    socket.write(connectPacket('c1/bay-1'));
    await next('connack');
    socket.write(publishPacket(bay, '1', 1));
    await next('puback');
    expect(new Set(rig.batches.slice(0, 4)).size).toBe(1);
    expect(rig.broker.status().stalledSince).toBeUndefined();
    socket.write(generate({ cmd: 'pingreq' }));
    await next('pingresp');
    expect(packets.filter(({ cmd }) => cmd === 'puback')).toHaveLength(1);
  });

  it('lets a life-safety message overtake a flood', async () => {
    await rig.start({ maxBatchMessages: 100 });
    const flood = rig.raw();
    flood.socket.write(connectPacket('c1/bay-1'));
    await flood.next('connack');
    const smoke = rig.raw();
    smoke.socket.write(connectPacket('c1/smoke-1'));
    await smoke.next('connack');
    await waitUntil(() => rig.presence('c1/smoke-1').length > 0);
    rig.hold = true;
    flood.socket.write(Buffer.concat(Array.from({ length: 1000 }, (_, index) => publishPacket(bay, 'x', index + 1))));
    await waitUntil(() => rig.held !== undefined && rig.broker.status().pendingMessages === 1000);
    smoke.socket.write(publishPacket('sc/fire/c1/smoke-1/event', 'fire', 1));
    await waitUntil(() => rig.broker.status().pendingMessages === 1001);
    rig.hold = false;
    rig.held?.();
    await Promise.all([flood.next('puback', 1000), smoke.next('puback')]);
    const urgentBatch = rig.batches.findIndex((batch) =>
      batch.messages.some(({ topic }) => topic.startsWith('sc/fire')),
    );
    const before = rig.batches.slice(0, urgentBatch).reduce((sum, batch) => sum + batch.messages.length, 0);
    expect(before).toBeLessThanOrEqual(100);
    expect(rig.batches[urgentBatch]!.messages).toHaveLength(1);
  });

  it('does not starve telemetry behind a steady stream of urgent messages', async () => {
    await rig.start({ maxBatchMessages: 10 });
    rig.hold = true;
    const smoke = await rig.device('c1/smoke-1');
    const flood = await rig.device('c1/bay-1');
    const all = [
      ...Array.from({ length: 40 }, () => smoke.publishAsync('sc/fire/c1/smoke-1/event', 'f', { qos: 1 })),
      ...Array.from({ length: 3 }, () => flood.publishAsync(bay, 't', { qos: 1 })),
    ];
    await waitUntil(() => rig.broker.status().pendingMessages === 43);
    rig.hold = false;
    rig.held?.();
    await Promise.all(all);
    const kinds = rig.messages().map(({ topic }) => topic.split('/')[1]);
    expect(kinds.indexOf('parking')).toBeGreaterThanOrEqual(0);
    expect(kinds.lastIndexOf('fire')).toBeGreaterThan(0);
  });

  it.each([
    ['wrong secret', { password: 'wrong' }],
    ['client id of another', { clientId: 'c1/smoke-1' }],
    ['empty client id', { clientId: '' }],
    ['client id that only begins with the user name', { clientId: 'c1/bay-11' }],
    ['suffix that is not a name', { clientId: 'c1/bay-1:a/b' }],
    ['will on a topic of another', { will: { topic: 'sc/fire/c1/smoke-1/status', payload: 'x', qos: 1 } }],
    ['MQTT 5', { protocolVersion: 5 }],
  ])('refuses a login: %s', async (_name, options) => {
    await rig.start();
    await expect(rig.device('c1/bay-1', options)).rejects.toThrow();
    expect(rig.broker.status().sessions).toBe(0);
  });

  it('holds off who fails to log in again and again, also with the right secret, and logs no secret', async () => {
    await rig.start({ loginFailures: 3 });
    for (let times = 0; times < 5; times += 1)
      await expect(rig.device('c1/bay-1', { password: 'guess-4711' })).rejects.toThrow();
    await expect(rig.device('c1/bay-1')).rejects.toThrow();
    await expect(rig.device('c1/bay-2')).resolves.toBeDefined();
    expect(rig.refusals).toHaveLength(3);
    expect(JSON.stringify(rig.refusals)).not.toContain('guess');
  });

  it("acknowledges a publish on another's topic, hands it to nobody, logs it and ends the connection after repetition", async () => {
    await rig.start({ topicOffences: 3 });
    const { socket, closed, next } = rig.raw();
    socket.write(connectPacket('c1/bay-1'));
    await next('connack');
    const foreign = [
      'sc/fire/c1/smoke-1/telemetry',
      'sc/fire/c1/bay-1/event',
      '$SYS/x',
      'anything',
      'sc/parking/c1/bay-1/command',
    ];
    foreign.forEach((topic, index) => socket.write(publishPacket(topic, 'x', index + 1)));
    expect(await next('puback', foreign.length)).toHaveLength(foreign.length);
    await closed;
    expect(rig.messages()).toEqual([]);
    expect(rig.refusals.filter(({ kind }) => kind === 'topic-refused')).toHaveLength(foreign.length);
    await expect(rig.device('c1/bay-1')).rejects.toThrow();
  });

  it('lets a device subscribe to its own commands and to nothing else', async () => {
    await rig.start();
    const client = await rig.device('c1/bay-1');
    const own = await client.subscribeAsync('sc/parking/c1/bay-1/command', { qos: 1 });
    expect(own[0]!.qos).toBe(1);
    for (const topic of [
      '#',
      'sc/+/c1/bay-1/command',
      'sc/fire/c1/smoke-1/event',
      '$SYS/#',
      'sc/parking/c1/bay-2/command',
    ])
      await expect(client.subscribeAsync(topic)).rejects.toThrow();
  });

  it('never forwards what a device publishes', async () => {
    await rig.start();
    const client = await rig.device('c1/bay-1');
    await client.subscribeAsync('sc/parking/c1/bay-1/command');
    const got: string[] = [];
    client.on('message', (topic) => got.push(topic));
    await client.publishAsync('sc/parking/c1/bay-1/command', 'self', { qos: 1 });
    await client.publishAsync(bay, 'x', { qos: 1 });
    expect(got).toEqual([]);
  });

  it('acknowledges more than 256 KB and hands on its beginning and its size', async () => {
    await rig.start();
    const client = await rig.device('c1/bay-1');
    await client.publishAsync(bay, Buffer.alloc(300_000, 'a'), { qos: 1 });
    const [message] = rig.batches.flatMap((batch) => batch.messages);
    expect(message).toMatchObject({ payloadBytes: 300_000 });
    expect(message!.payload).toHaveLength(4096);
  });

  it('ends a connection that announces a packet over the bound, before its bytes arrive', async () => {
    await rig.start();
    const { socket, closed, next } = rig.raw();
    socket.write(connectPacket('c1/bay-1'));
    await next('connack');
    socket.write(Buffer.of(0x32, 0xff, 0xff, 0xff, 0x7f));
    await closed;
    expect(rig.refusals).toMatchObject([{ kind: 'packet-too-large', actor: 'c1/bay-1' }]);
  });

  it.each([
    ['garbage', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['zeros', Buffer.alloc(100)],
    ['a publish before connect', publishPacket(bay, 'x', 1)],
    ['a huge connect', Buffer.of(0x10, 0xff, 0xff, 0x7f)],
    ['a length of five bytes', Buffer.of(0x10, 0x80, 0x80, 0x80, 0x80, 0x01)],
  ])('ends a connection that sends %s', async (_name, bytes) => {
    await rig.start();
    const { socket, closed } = rig.raw();
    socket.write(bytes);
    await closed;
    await expect(rig.device('c1/bay-1')).resolves.toBeDefined();
  });

  it('ends a connection that says nothing', async () => {
    await rig.start({ connectTimeoutMs: 100 });
    await rig.raw().closed;
  });

  it('ends a connection that never finishes a packet', async () => {
    await rig.start({ packetTimeoutMs: 100 });
    const { socket, closed, next } = rig.raw();
    socket.write(connectPacket('c1/bay-1'));
    await next('connack');
    socket.write(publishPacket(bay, 'x'.repeat(1000), 1).subarray(0, 500));
    await closed;
  });

  it('calls nobody offline and answers pings while a commit waits longer than the keepalive', async () => {
    await rig.start();
    const client = await rig.device('c1/bay-1', { keepalive: 1 });
    const quiet = rig.raw();
    quiet.socket.write(connectPacket('c1/bay-2', { keepalive: 1 }));
    await quiet.next('connack');
    await waitUntil(() => rig.presence('c1/bay-2').length === 1);
    let closed = false;
    client.on('close', () => (closed = true));
    quiet.socket.on('close', () => (closed = true));
    rig.hold = true;
    const all = Array.from({ length: 200 }, (_, index) => client.publishAsync(bay, String(index), { qos: 1 }));
    // this one does not ping: its keepalive is refreshed because it waits for us
    quiet.socket.write(publishPacket('sc/parking/c1/bay-2/telemetry', '1', 1));
    await wait(5000);
    expect(closed).toBe(false);
    rig.hold = false;
    rig.held?.();
    await Promise.all(all);
    await quiet.next('puback');
    expect(rig.presence('c1/bay-1')).toEqual(['online']);
  }, 120_000);

  it('drops what a closed client sent and nobody acknowledged, keeps its QoS 0, and takes it when it comes again', async () => {
    await rig.start({ maxBatchMessages: 1 });
    const first = rig.raw();
    first.socket.write(connectPacket('c1/bay-1'));
    await first.next('connack');
    await waitUntil(() => rig.presence('c1/bay-1').length === 1);
    rig.hold = true;
    first.socket.write(
      Buffer.concat([
        publishPacket(bay, 'in the running batch', 1),
        publishPacket(bay, 'waiting', 2),
        generate({ cmd: 'publish', topic: bay, payload: 'qos 0', qos: 0, dup: false, retain: false } as Packet),
      ]),
    );
    await waitUntil(() => rig.broker.status().pendingMessages === 3);
    first.socket.destroy();
    await waitUntil(() => rig.broker.status().pendingMessages === 2);
    const second = rig.raw();
    second.socket.write(Buffer.concat([connectPacket('c1/bay-1'), publishPacket(bay, 'waiting', 2, true)]));
    await waitUntil(() => rig.broker.status().pendingMessages === 3);
    rig.hold = false;
    rig.held?.();
    await second.next('puback');
    expect(rig.messages().map(({ text }) => text)).toEqual(['in the running batch', 'qos 0', 'waiting']);
    await waitUntil(() => rig.presence('c1/bay-1').at(-1) === 'online');
    expect(rig.broker.status()).toMatchObject({ pendingMessages: 0, pendingBytes: 0 });
  });

  it('never tells a batch a time that is ahead of a message that still waits', async () => {
    await rig.start({ maxBatchMessages: 1 });
    const { socket, next } = rig.raw();
    socket.write(connectPacket('c1/bay-1'));
    await next('connack');
    await waitUntil(() => rig.presence('c1/bay-1').length === 1);
    rig.hold = true;
    for (const id of [1, 2, 3]) socket.write(publishPacket(bay, String(id), id));
    await waitUntil(() => rig.broker.status().pendingMessages === 3);
    const arrived = Date.now();
    await wait(1200);
    rig.hold = false;
    rig.held?.();
    await next('puback', 3);
    const batches = rig.batches.filter((batch) => batch.messages.length > 0);
    expect(batches).toHaveLength(3);
    for (const [index, batch] of batches.entries())
      if (index < 2)
        expect(batch.asOf).toBeLessThanOrEqual(Math.min(arrived, batches[index + 1]!.messages[0]!.receivedAt));
    const ticks = rig.batches.length;
    await waitUntil(() => rig.batches.length > ticks && rig.batches.at(-1)!.asOf > arrived + 1000);
  });

  it('stops reading at the bound of waiting bytes and goes on without losing anything', async () => {
    await rig.start({ maxPendingBytes: 400_000, maxPendingBytesPerClient: 100_000 });
    const clients = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => rig.device(`c1/${name}`)));
    await waitUntil(() => rig.broker.status().sessions === 6);
    rig.hold = true;
    const payload = 'x'.repeat(10_000);
    const all = clients.flatMap((client, index) =>
      Array.from({ length: 100 }, () =>
        client.publishAsync(`sc/parking/c1/${'abcdef'[index]}/telemetry`, payload, { qos: 1 }),
      ),
    );
    await waitUntil(() => rig.broker.status().pendingBytes >= 300_000);
    await wait(200);
    const held = rig.broker.status().pendingBytes;
    // one chunk of a socket may come on top for each that was still read
    expect(held).toBeLessThan(300_000 + 6 * 80_000);
    // urgent messages still come in
    const smoke = await rig.device('c1/smoke-1');
    const urgent = smoke.publishAsync('sc/fire/c1/smoke-1/event', 'fire', { qos: 1 });
    rig.hold = false;
    rig.held?.();
    await Promise.all([...all, urgent]);
    expect(rig.messages()).toHaveLength(601);
  });

  it('takes a session over without leaving the device offline, and hears the will when the last one is gone', async () => {
    await rig.start();
    const will = {
      topic: 'sc/parking/c1/bay-1/status',
      payload: Buffer.from('{"state":"offline"}'),
      qos: 1 as const,
      retain: true,
    };
    await rig.device('c1/bay-1', { will });
    const second = await rig.device('c1/bay-1', { will });
    await second.publishAsync(bay, 'x', { qos: 1 });
    expect(rig.messages().map(({ topic }) => topic)).toEqual([bay]);
    expect(rig.presence('c1/bay-1')).not.toContain('offline');
    second.stream.destroy();
    await waitUntil(() => rig.presence('c1/bay-1').includes('offline'));
    await waitUntil(() => rig.messages().some(({ topic }) => topic === will.topic));
  });

  it('carries QoS 2', async () => {
    await rig.start();
    const client = await rig.device('c1/bay-1');
    await client.publishAsync(bay, 'two', { qos: 2 });
    expect(rig.messages().map(({ text }) => text)).toEqual(['two']);
  });

  it('acknowledges the running batch before it stops, and calls nobody offline', async () => {
    await rig.start();
    const client = await rig.device('c1/bay-1');
    await waitUntil(() => rig.presence('c1/bay-1').length === 1);
    rig.hold = true;
    const published = client.publishAsync(bay, 'x', { qos: 1 });
    await waitUntil(() => rig.held !== undefined);
    const closing = rig.broker.close();
    rig.hold = false;
    rig.held?.();
    await published;
    await closing;
    expect(rig.presence('c1/bay-1')).toEqual(['online']);
  });
});
