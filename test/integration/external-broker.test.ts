import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { systemClock } from '@sc/platform/clock';
import { createLogger } from '@sc/platform/logging';
import { ExternalBroker, type ExternalLimits, type ForeignTopics, type InboundBatch } from '@sc/platform/mqtt';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { generate } from 'mqtt-packet';
import { describeWith, provide } from '../support/services/index.js';
import { waitUntil } from '../support/wait.js';

const config = ['allow_anonymous true', 'persistence false', 'max_inflight_messages 0', 'max_queued_messages 0'].join(
  '\n',
);
const mosquitto = await provide('mosquitto', { control: true, config });
const bay = 'sc/parking/c1/bay-1/telemetry';
const smoke = 'sc/fire/c1/smoke-1/telemetry';

describeWith(mosquitto, 'a broker elsewhere', (service) => {
  let site = 0;
  let broker: ExternalBroker;
  let devices: MqttClient[];
  let batches: InboundBatch[];
  let hold: boolean;
  let release: () => void;
  let failures: number;
  const log: string[] = [];
  const note = (fields: object, text: string) => void log.push(`${text} ${JSON.stringify(fields)}`);

  /** Each test has an account of its own, and with it sessions of its own. */
  beforeEach(() => {
    site += 1;
    devices = [];
    batches = [];
    hold = false;
    failures = 0;
    release = () => undefined;
    log.length = 0;
  });
  afterEach(async () => {
    hold = false;
    release();
    for (const client of devices) client.end(true);
    await broker?.close();
    await service.restart();
  });
  afterAll(() => service.stop());

  const open = async (limits: Partial<ExternalLimits> = {}, foreignTopics?: ForeignTopics, isThere = true) => {
    broker = new ExternalBroker(
      {
        url: service.url.replace('//', `//site-${site}:hidden-word@`),
        domains: [
          { name: 'fire', lifeSafety: true },
          { name: 'parking', lifeSafety: false },
        ],
        foreignTopics,
        clock: systemClock,
        logger: Object.assign(createLogger('silent'), { info: note, warn: note, error: note }),
        limits: { firstRetryMs: 50, lastRetryMs: 200, keepaliveSeconds: 3, connectTimeoutMs: 1000, ...limits },
      },
      async (batch) => {
        if (hold && batch.messages.length > 0) await new Promise<void>((resolve) => (release = resolve));
        if (failures > 0) {
          failures -= 1;
          throw new Error('store is away');
        }
        batches.push(batch);
      },
    );
    await broker.listen();
    if (isThere) await connected();
  };
  const connected = () => waitUntil(() => broker.status().disconnectedSince === undefined);
  const device = async (options: IClientOptions = {}) => {
    const client = await connectAsync(service.url, { reconnectPeriod: 0, ...options });
    client.on('error', () => undefined);
    devices.push(client);
    return client;
  };
  const messages = () => batches.flatMap((batch) => batch.messages);
  const texts = () => messages().map(({ payload }) => payload.toString());
  const numbers = (count: number) => [...Array(count).keys()].map(String);
  /** Each message at its first coming. */
  const firsts = () => [...new Set(texts())];
  /** Somebody takes our session over and leaves at once: our connection ends, with everything that is on its way. */
  const takeOver = async () => {
    const { hostname, port } = new URL(service.url);
    const socket = connectTcp(Number(port), hostname);
    const connect = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clean: false, keepalive: 60 } as const;
    const properties = { sessionExpiryInterval: 0xff_ff_ff_ff };
    socket.write(generate({ ...connect, clientId: `site-${site}:normal`, properties }, { protocolVersion: 5 }));
    await once(socket, 'data');
    socket.destroy();
  };
  const quiet = () => waitUntil(() => broker.status().pendingMessages === 0);
  const publishMany = (client: MqttClient, topic: string, count: number, from = 0) =>
    Promise.all(Array.from({ length: count }, (_, n) => client.publishAsync(topic, String(from + n), { qos: 1 })));

  it('hands on what devices publish, with the device of the topic, in order', async () => {
    await open();
    const client = await device();
    await publishMany(client, bay, 300);
    await client.publishAsync(smoke, 'fire', { qos: 2 });
    await client.publishAsync(bay, 'last', { qos: 0 });
    await waitUntil(() => messages().length === 302);
    const parked = messages().filter(({ topic }) => topic === bay);
    expect(parked.map(({ payload }) => payload.toString())).toEqual([...Array(300).keys(), 'last'].map(String));
    expect(parked.every(({ deviceId, retain }) => deviceId === 'c1/bay-1' && !retain)).toBe(true);
    expect(messages().find(({ topic }) => topic === smoke)).toMatchObject({ deviceId: 'c1/smoke-1', qos: 1 });
  });

  it('acknowledges after the commit: a connection that breaks before it brings everything again, once committed', async () => {
    await open();
    const client = await device();
    await publishMany(client, bay, 100);
    await waitUntil(() => messages().length === 100);
    hold = true;
    await publishMany(client, bay, 500, 100);
    await waitUntil(() => broker.status().pendingMessages === 500);
    // somebody takes our session over: the broker ends our connection, and we take it back
    await takeOver();
    // all of it comes again, beside the batch that still runs
    await waitUntil(() => broker.status().pendingMessages > 500);
    const late = release;
    hold = false;
    // the ids of the running batch mean other messages by now: nothing of it may be acknowledged on the new connection
    late();
    await waitUntil(() => new Set(texts()).size === 600);
    await quiet();
    expect(firsts()).toEqual(numbers(600));
  });

  it('takes up again where another process was killed with hundreds unacknowledged', async () => {
    await open({ stopTimeoutMs: 0 });
    hold = true;
    const client = await device();
    await publishMany(client, bay, 800);
    await waitUntil(() => broker.status().pendingMessages === 800);
    // closes without a batch ever done: for the broker the same as kill -9
    await broker.close();
    await publishMany(client, bay, 200, 800);
    expect(messages()).toEqual([]);
    const late = release;
    hold = false;
    await open();
    // the batch of the dead one ends now: its acknowledgements would be those of other messages
    late();
    await waitUntil(() => new Set(texts()).size === 1000);
    expect(firsts()).toEqual(numbers(1000));
  });

  it('loses nothing over many broken connections, whenever they break', async () => {
    await open({ receiveMaximum: 50 });
    const client = await device();
    const sent = publishMany(client, bay, 2000);
    for (let n = 0; n < 6; n += 1) {
      const before = messages().length;
      await waitUntil(() => messages().length > before || new Set(texts()).size === 2000);
      hold = n % 2 === 0;
      await takeOver();
      hold = false;
      release();
      await connected();
    }
    await sent;
    await waitUntil(() => new Set(texts()).size === 2000);
    expect(firsts()).toEqual(numbers(2000));
  });

  it('handles the same batch again until it succeeds, and then goes on', async () => {
    await open();
    failures = 3;
    const client = await device();
    await publishMany(client, bay, 10);
    await waitUntil(() => messages().length === 10);
    expect(texts()).toEqual(numbers(10));
    expect(broker.status()).toMatchObject({ pendingMessages: 0, pendingBytes: 0, stalledSince: undefined });
  });

  it('waits for a broker that is away, tells it, and comes back by itself', async () => {
    await service.kill();
    await open({}, undefined, false);
    expect(broker.status().disconnectedSince).toBeDefined();
    await waitUntil(() => log.filter((line) => line.includes('not connected')).length > 3);
    await service.restart();
    await connected();
    const client = await device();
    await publishMany(client, bay, 3);
    await waitUntil(() => messages().length === 3);
    await service.kill();
    await waitUntil(() => broker.status().disconnectedSince !== undefined);
    await service.restart();
    await connected();
    // it kept nothing on disk: its memory of us is gone, and that is told
    expect(log.some((line) => line.includes('forgotten'))).toBe(true);
    expect(log.join()).not.toContain('hidden-word');
  });

  it('notices a broker that is frozen, and calls no device silent meanwhile', async () => {
    await open();
    await waitUntil(() => batches.length > 1);
    await service.freeze();
    const frozenAt = Date.now();
    await waitUntil(() => broker.status().disconnectedSince !== undefined);
    await waitUntil(() => batches.at(-1)!.asOf > 0 && Date.now() - frozenAt > 4000);
    expect(Math.max(...batches.map(({ asOf }) => asOf))).toBeLessThanOrEqual(frozenAt);
    await service.thaw();
    await connected();
    await waitUntil(() => batches.at(-1)!.asOf > frozenAt);
    const client = await device();
    await publishMany(client, bay, 3);
    await waitUntil(() => messages().length === 3);
  });

  it('takes time only as far as everything sent until then has arrived', async () => {
    await open({ receiveMaximum: 10 });
    hold = true;
    const client = await device();
    await publishMany(client, bay, 30);
    const sentAt = Date.now();
    await waitUntil(() => broker.status().pendingMessages === 10);
    // 20 are still at the broker; two rounds of upkeep later it may not say that it has seen all
    await waitUntil(() => Date.now() - sentAt > 2500);
    const early = batches.length;
    hold = false;
    release();
    await waitUntil(() => messages().length === 30);
    const last = batches.findLastIndex((batch) => batch.messages.length > 0);
    for (const batch of batches.slice(early, last)) expect(batch.asOf).toBeLessThanOrEqual(sentAt);
    await waitUntil(() => batches.at(-1)!.asOf > sentAt);
  });

  it('has a connection of its own for life safety: a flood that fills the other does not hold it up', async () => {
    await open({ receiveMaximum: 100, maxBatchMessages: 50 });
    hold = true;
    const flood = await device();
    await publishMany(flood, bay, 1000);
    await waitUntil(() => broker.status().pendingMessages === 100);
    const detector = await device();
    await detector.publishAsync(smoke, 'fire', { qos: 1 });
    // 900 wait at the broker before it, and it is here
    await waitUntil(() => broker.status().pendingMessages === 101);
    hold = false;
    release();
    await waitUntil(() => texts().includes('fire'));
    expect(texts().indexOf('fire')).toBeLessThanOrEqual(50);
    await waitUntil(() => messages().length === 1001);
    expect(texts().filter((text) => text !== 'fire')).toEqual(numbers(1000));
  });

  it('stops reading at the bound of waiting bytes, stays connected, and goes on without losing anything', async () => {
    await open({ maxPendingBytes: 100_000 });
    hold = true;
    const client = await device();
    const payload = 'x'.repeat(5000);
    await Promise.all(Array.from({ length: 200 }, () => client.publishAsync(bay, payload, { qos: 1 })));
    await waitUntil(() => broker.status().pendingBytes >= 75_000);
    const since = Date.now();
    // longer than the keepalive of both sides
    await waitUntil(() => Date.now() - since > 5500);
    // What one read of the socket had brought already is taken: at most 64 KiB, and the message that was begun.
    expect(broker.status().pendingBytes).toBeLessThan(75_000 + 65_536 + 2 * 6000);
    expect(broker.status().disconnectedSince).toBeUndefined();
    hold = false;
    release();
    await waitUntil(() => messages().length === 200);
  });

  it('cuts payloads over the limit, and takes strange topics and bytes for what they are', async () => {
    await open();
    const client = await device();
    const strange: [topic: string, deviceId: string][] = [
      ['sc/parking/C1/Bay_1/telemetry', 'C1/Bay_1'],
      ["sc/parking/c1/'; drop table devices; --/telemetry", "c1/'; drop table devices; --"],
      ['sc/parking/<script>/\u202e/telemetry', '<script>/\u202e'],
      ['sc/parking///telemetry', '/'],
      [`sc/parking/${'a'.repeat(3000)}/b/telemetry`, 'a'.repeat(140)],
    ];
    for (const [topic] of strange) await client.publishAsync(topic, Buffer.of(0, 255, 254), { qos: 1 });
    await client.publishAsync(bay, 'x'.repeat(300 * 1024), { qos: 1 });
    await client.publishAsync(bay, '', { qos: 1 });
    await waitUntil(() => messages().length === strange.length + 2);
    expect(
      messages()
        .slice(0, strange.length)
        .map(({ deviceId }) => deviceId),
    ).toEqual(strange.map(([, id]) => id));
    expect(messages().every(({ topic }) => topic.length <= 240)).toBe(true);
    const [large, empty] = messages().slice(strange.length);
    expect([large!.payload.length, large!.payloadBytes]).toEqual([4096, 300 * 1024]);
    expect(empty!.payloadBytes).toBe(0);
    // over the packet limit the broker keeps it from us; the connection stays
    await client.publishAsync(bay, Buffer.alloc(2 * 1024 * 1024), { qos: 1 });
    await client.publishAsync(bay, 'after', { qos: 1 });
    await waitUntil(() => texts().includes('after'));
    expect(broker.status().disconnectedSince).toBeUndefined();
  });

  it('gets retained states only with a new session, marked; retained readings never', async () => {
    const client = await device();
    const status = 'sc/parking/c1/bay-1/status';
    await client.publishAsync(status, '{"state":"online"}', { qos: 1, retain: true });
    await client.publishAsync(bay, 'old', { qos: 1, retain: true });
    await open();
    await waitUntil(() => messages().length === 1);
    expect(messages()[0]).toMatchObject({ topic: status, retain: true, remembered: true });
    await broker.close();
    await open();
    await client.publishAsync(status, '{"state":"offline"}', { qos: 1, retain: true });
    await waitUntil(() => messages().length === 2);
    expect(messages()[1]).toMatchObject({ topic: status, retain: false });
    expect(messages()[1]).not.toHaveProperty('remembered');
    await client.publishAsync(status, '', { qos: 1, retain: true });
    await client.publishAsync(bay, '', { qos: 1, retain: true });
  });

  it('listens to other systems on their topics, as they come and go', async () => {
    const owners = new Map([['frigate/#', 'c1/frigate']]);
    const foreign: ForeignTopics = {
      filters: () => [...owners.keys()],
      ownerOf: (topic) => (topic === 'frigate/nobody' ? undefined : owners.get(`${topic.split('/')[0]}/#`)),
    };
    await open({}, foreign);
    const client = await device();
    await client.publishAsync('frigate/nobody', 'x', { qos: 1 });
    await client.publishAsync('frigate/events', 'seen', { qos: 1 });
    await waitUntil(() => messages().length === 1);
    expect(messages()[0]).toMatchObject({ topic: 'frigate/events', deviceId: 'c1/frigate' });
    owners.clear();
    owners.set('cams/#', 'c1/cams');
    broker.reviewSubscriptions();
    await waitUntil(async () => {
      await client.publishAsync('cams/events', 'new', { qos: 1 });
      return messages().some(({ deviceId }) => deviceId === 'c1/cams');
    });
    await client.publishAsync('frigate/events', 'gone', { qos: 1 });
    await client.publishAsync(bay, 'end', { qos: 1 });
    await waitUntil(() => texts().includes('end'));
    expect(texts()).not.toContain('gone');
  });

  it('finishes and acknowledges the running batch at a stop', async () => {
    await open();
    hold = true;
    const client = await device();
    await publishMany(client, bay, 5);
    await waitUntil(() => broker.status().pendingMessages === 5);
    const closing = broker.close();
    hold = false;
    release();
    await closing;
    await open();
    await publishMany(client, bay, 1, 5);
    await waitUntil(() => texts().includes('5'));
    expect(texts()).toEqual(numbers(6));
  });
});
