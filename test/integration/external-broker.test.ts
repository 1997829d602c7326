import { systemClock } from '@sc/platform/clock';
import { createLogger } from '@sc/platform/logging';
import { ExternalBroker, type ExternalLimits, type ForeignTopics, type InboundBatch } from '@sc/platform/mqtt';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { describeWith, provide } from '../support/services/index.js';
import { waitUntil } from '../support/wait.js';

const config = ['allow_anonymous true', 'persistence false', 'max_inflight_messages 0', 'max_queued_messages 0'].join(
  '\n',
);
const mosquitto = await provide('mosquitto', { control: true, config });
const bay = 'sc/parking/c1/bay-1/telemetry';
const smoke = 'sc/fire/c1/smoke-1/telemetry';
const lines: string[] = [];

describeWith(mosquitto, 'a broker elsewhere', (service) => {
  let site = 0;
  let broker: ExternalBroker;
  let devices: MqttClient[];
  let batches: InboundBatch[];
  let hold: boolean;
  let release: () => void;
  let failures: number;

  /** Each test has an account of its own, and with it sessions of its own. */
  beforeEach(() => {
    site += 1;
    devices = [];
    batches = [];
    hold = false;
    failures = 0;
    release = () => undefined;
    lines.length = 0;
  });
  afterEach(async () => {
    hold = false;
    release();
    for (const client of devices) client.end(true);
    await broker?.close();
    await service.restart();
  });
  afterAll(() => service.stop());

  const open = async (limits: Partial<ExternalLimits> = {}, foreignTopics?: ForeignTopics) => {
    broker = new ExternalBroker(
      {
        url: service.url.replace('//', `//site-${site}:hidden-word@`),
        domains: [
          { name: 'fire', lifeSafety: true },
          { name: 'parking', lifeSafety: false },
        ],
        foreignTopics,
        clock: systemClock,
        logger: createLogger('silent'),
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
    await connected();
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

  it('acknowledges after the commit: cut off before it, everything comes again, and nothing else', async () => {
    await open();
    const client = await device();
    await publishMany(client, bay, 100);
    await waitUntil(() => messages().length === 100);
    hold = true;
    await publishMany(client, bay, 500, 100);
    await waitUntil(() => broker.status().pendingMessages === 500);
    // the connections break, not we: what waits is dropped here, and the broker has it still
    await service.kill();
    await waitUntil(() => broker.status().disconnectedSince !== undefined);
    expect(broker.status().pendingMessages).toBeLessThan(500);
    // it is one batch that runs meanwhile: what the handler is given later comes from the broker again
    await service.restart();
    await connected();
  });

  it('takes up again where another process was killed with hundreds unacknowledged', async () => {
    await open({ stopTimeoutMs: 0 });
    hold = true;
    const client = await device();
    await publishMany(client, bay, 800);
    await waitUntil(() => broker.status().pendingMessages === 800);
    await broker.close();
    await publishMany(client, bay, 200, 800);
    expect(messages()).toEqual([]);
    const late = release;
    hold = false;
    await open();
    // the batch of the dead one ends now: its acknowledgements would be those of other messages
    late();
    await waitUntil(() => new Set(texts()).size === 1000);
  });
});
