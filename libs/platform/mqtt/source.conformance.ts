import { setTimeout as wait } from 'node:timers/promises';
import { connectAsync, type MqttClient } from 'mqtt';
import type { BatchHandler, InboundBatch, InboundMessage, Keep } from './message.js';
import type { MqttSource } from './mqtt-strategy.js';

export interface SourceUnderTest {
  /** With `maxPayloadBytes` 1000 and `keptPayloadBytes` 10; `fire` is life safety, `parking` is not. */
  source: MqttSource;
  /** Where devices connect. */
  url: string;
  dispose: () => Promise<void>;
}

const bay = 'sc/parking/c1/bay-1/telemetry';
const smoke = 'sc/fire/c1/smoke-1/telemetry';

/** What every source promises, wherever its broker is; a source's test calls this with a way to open one. */
export function mqttSourceConformance(name: string, create: (handle: BatchHandler) => Promise<SourceUnderTest>): void {
  describe(`${name} as MqttSource`, () => {
    let subject: SourceUnderTest;
    let clients: MqttClient[];
    /** Batches with messages as they were handed in, the failed ones too. */
    let batches: InboundBatch[];
    let handled: InboundBatch[];
    let failures: number;
    /** What a batch leaves to be kept; unset: nothing. */
    let keepWith: ((batch: InboundBatch) => ReturnType<Keep>) | undefined;
    let hold: Promise<void> | undefined;
    let release: () => void;

    beforeEach(async () => {
      [clients, batches, handled, failures] = [[], [], [], 0];
      [hold, release] = [undefined, () => undefined];
      keepWith = undefined;
      subject = await create(async (batch) => {
        if (batch.messages.length === 0) return undefined;
        batches.push(batch);
        if (hold) await hold;
        if (failures > 0) {
          failures -= 1;
          throw new Error('store is away');
        }
        handled.push(batch);
        const keep = keepWith;
        return keep && (() => keep(batch));
      });
    });
    afterEach(async () => {
      release();
      for (const client of clients) client.end(true);
      await subject.source.close();
      await subject.dispose();
    });

    const device = async (id: string) => {
      const options = { username: id, clientId: id, password: 'right', reconnectPeriod: 0 };
      const client = await connectAsync(subject.url, options);
      client.on('error', () => undefined);
      clients.push(client);
      return client;
    };
    const holdBatches = () => (hold = new Promise((resolve) => (release = resolve)));
    const messages = () => handled.flatMap((batch) => batch.messages);
    const texts = (topic: string) =>
      messages()
        .filter((message) => message.topic === topic)
        .map(({ payload }) => payload.toString());
    const numbers = (count: number) => Array.from({ length: count }, (_, n) => String(n));
    const injected = (topic: string, text: string): InboundMessage => ({
      topic,
      payload: Buffer.from(text),
      payloadBytes: text.length,
      qos: 1,
      retain: false,
      deviceId: topic.split('/').slice(2, 4).join('/'),
      receivedAt: 1,
      firstReceivedAt: 1,
    });

    it('hands on what was published, by whom, with its size', async () => {
      const client = await device('c1/bay-1');
      const before = Date.now();
      await client.publishAsync(bay, 'one', { qos: 1 });
      await client.publishAsync(bay, '', { qos: 1 });
      await client.publishAsync(bay, 'x'.repeat(1000), { qos: 1 });
      await client.publishAsync(bay, 'y'.repeat(1001), { qos: 1 });
      await client.publishAsync(bay, 'none', { qos: 0 });
      await waitUntil(() => messages().length === 5);
      const expected = [
        ['one', 3, 1],
        ['', 0, 1],
        ['x'.repeat(1000), 1000, 1],
        // of what is too large only the beginning
        ['y'.repeat(10), 1001, 1],
        ['none', 4, 0],
      ] as const;
      for (const [n, [text, payloadBytes, qos]] of expected.entries()) {
        const { payload, receivedAt, ...rest } = messages()[n]!;
        expect(payload.toString()).toBe(text);
        expect(rest).toEqual({ topic: bay, payloadBytes, qos, retain: false, deviceId: 'c1/bay-1' });
        expect(receivedAt).toBeGreaterThanOrEqual(before);
      }
    });

    it('keeps the order of each device', async () => {
      const parked = await device('c1/bay-1');
      const smoking = await device('c1/smoke-1');
      const sent = numbers(500).flatMap((text) => [
        parked.publishAsync(bay, text, { qos: 1 }),
        smoking.publishAsync(smoke, text, { qos: 1 }),
      ]);
      await Promise.all(sent);
      await waitUntil(() => messages().length >= 1000);
      expect(texts(bay)).toEqual(numbers(500));
      expect(texts(smoke)).toEqual(numbers(500));
    });

    it('hands the same batch in again until it is handled, and counts it as waiting until then', async () => {
      failures = 2;
      const client = await device('c1/bay-1');
      holdBatches();
      const sent = client.publishAsync(bay, 'again', { qos: 1 });
      await waitUntil(() => batches.length === 1);
      expect(subject.source.status().pendingMessages).toBe(1);
      release();
      hold = undefined;
      await waitUntil(() => subject.source.status().stalledSince !== undefined);
      await waitUntil(() => handled.length === 1);
      await sent;
      expect(batches).toHaveLength(3);
      expect(new Set(batches).size).toBe(1);
      await waitUntil(() => subject.source.status().pendingMessages === 0);
      expect(subject.source.status().stalledSince).toBeUndefined();
    });

    it('takes life safety first, however long the others wait', async () => {
      const parked = await device('c1/bay-1');
      const smoking = await device('c1/smoke-1');
      holdBatches();
      const sent = [parked.publishAsync(bay, 'first', { qos: 1 })];
      await waitUntil(() => batches.length === 1);
      sent.push(...numbers(100).map((text) => parked.publishAsync(bay, text, { qos: 1 })));
      await waitUntil(() => subject.source.status().pendingMessages === 101);
      sent.push(smoking.publishAsync(smoke, 'fire', { qos: 1 }));
      await waitUntil(() => subject.source.status().pendingMessages === 102);
      release();
      hold = undefined;
      await Promise.all(sent);
      await waitUntil(() => messages().length === 102);
      expect(messages()[1]).toMatchObject({ topic: smoke });
    });

    it('handles the next batch while one is being kept, and acknowledges in order whatever is kept first', async () => {
      const client = await device('c1/bay-1');
      const disks: { text: string; done: () => void }[] = [];
      keepWith = ({ messages: [first] }) =>
        new Promise((done) => disks.push({ text: first!.payload.toString(), done: () => done() }));
      const acknowledged: string[] = [];
      for (const text of ['a', 'b', 'c']) {
        void client.publishAsync(bay, text, { qos: 1 }).then(() => acknowledged.push(text));
        await waitUntil(() => disks.some((disk) => disk.text === text));
      }
      expect(texts(bay)).toEqual(['a', 'b', 'c']);
      disks[2]!.done();
      disks[1]!.done();
      await wait(50);
      expect(subject.source.status().pendingMessages).toBe(3);
      disks[0]!.done();
      await waitUntil(() => acknowledged.length === 3 && subject.source.status().pendingMessages === 0);
      expect(acknowledged).toEqual(['a', 'b', 'c']);
    });

    it('goes on with life safety while nothing can be kept, within bounds for all others, and tries until it can', async () => {
      const parked = await device('c1/bay-1');
      const smoking = await device('c1/smoke-1');
      let away = true;
      let tries = 0;
      keepWith = async () => {
        tries += 1;
        if (away) throw new Error('disk is full');
      };
      let acknowledged = 0;
      const publish = async (client: MqttClient, topic: string, text: string) => {
        void client.publishAsync(topic, text, { qos: 1 }).then(() => (acknowledged += 1));
        await waitUntil(() => subject.source.status().pendingMessages > 0);
      };
      for (const text of numbers(10)) {
        const before = subject.source.status().pendingMessages;
        await publish(parked, bay, text);
        await waitUntil(() => subject.source.status().pendingMessages === before + 1);
      }
      await waitUntil(() => subject.source.status().stalledSince !== undefined);
      for (const text of numbers(10)) {
        await publish(smoking, smoke, text);
        await waitUntil(() => texts(smoke).length === Number(text) + 1);
      }
      // of the others only a few batches are taken, the rest waits where it is bounded
      expect(batches.filter(({ messages: [first] }) => first?.topic === bay).length).toBeLessThan(10);
      expect(subject.source.status().pendingMessages).toBe(20);
      away = false;
      await waitUntil(() => acknowledged === 20 && subject.source.status().pendingMessages === 0);
      expect(texts(bay)).toEqual(numbers(10));
      expect(texts(smoke)).toEqual(numbers(10));
      expect(tries).toBeGreaterThan(batches.length);
      await waitUntil(() => subject.source.status().stalledSince === undefined);
    });

    it('takes in what nobody sends now, and tells when it is handled or will not be', async () => {
      holdBatches();
      let done = false;
      const taken = subject.source.inject(injected(bay, 'late'), AbortSignal.timeout(30_000)).then(() => (done = true));
      await waitUntil(() => batches.length === 1);
      expect(done).toBe(false);
      const impatient = new AbortController();
      const left = subject.source.inject(injected(smoke, 'never'), impatient.signal);
      impatient.abort();
      await expect(left).rejects.toThrow();
      release();
      hold = undefined;
      await taken;
      expect(messages()).toMatchObject([{ ...injected(bay, 'late') }]);
    });

    it('finishes the running batch at a stop and takes no other', async () => {
      const client = await device('c1/bay-1');
      holdBatches();
      const running = client.publishAsync(bay, 'running', { qos: 1 });
      await waitUntil(() => batches.length === 1);
      client.publishAsync(bay, 'waiting', { qos: 1 }).catch(() => undefined);
      await waitUntil(() => subject.source.status().pendingMessages === 2);
      const injecting = subject.source.inject(injected(bay, 'too late'), AbortSignal.timeout(30_000));
      const refused = expect(injecting).rejects.toThrow();
      const closed = subject.source.close();
      await refused;
      release();
      await closed;
      await running;
      expect(texts(bay)).toEqual(['running']);
    });
  });
}

async function waitUntil(predicate: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; !predicate(); await wait(10))
    if (Date.now() > end) throw new Error(`did not happen: ${predicate.toString()}`);
}
