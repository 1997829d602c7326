import fc from 'fast-check';
import { generate, parser, type Packet } from 'mqtt-packet';
import { PacketGuard } from './packet-guard.js';
import { anyTopic, oneOf, PublishReader } from './publish-reader.js';

const own = 'sc/fire/c1/smoke-1/telemetry';
const topics = [own, 'sc/fire/c1/smoke-1/event'];
const publish = (fields: object): Packet => ({
  cmd: 'publish',
  topic: own,
  payload: Buffer.from('x'),
  qos: 1,
  messageId: 7,
  dup: false,
  retain: false,
  ...fields,
});

/** What a packet says, comparable whoever read it. */
const told = ({ cmd, ...rest }: Packet): string => {
  const { topic, messageId, payload } = rest as { topic?: string; messageId?: number; payload?: Buffer };
  return JSON.stringify([cmd, topic, messageId, payload?.toString('hex')]);
};

/** As a connection reads: the reader has the first word at each packet's beginning, the library gets the rest. */
function readInChunks(
  bytes: Buffer,
  cuts: readonly number[],
  reader: PublishReader,
  protocolVersion: number,
): { told: string[]; byReader: number } {
  const library = parser({ protocolVersion });
  const out: string[] = [];
  let byReader = 0;
  library.on('packet', (packet: Packet) => out.push(told(packet)));
  const guard = new PacketGuard(1e6, 1e6);
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [index, start] of edges.slice(0, -1).entries()) {
    const chunk = bytes.subarray(start, edges[index + 1]);
    const isInside = guard.inPacket;
    expect(guard.accept(chunk)).toBe(true);
    const taken = isInside
      ? 0
      : reader.read(chunk, (topic, messageId, payload) => {
          byReader += 1;
          out.push(told(publish({ topic, messageId, payload })));
        });
    if (taken < chunk.length) library.parse(chunk.subarray(taken));
  }
  return { told: out, byReader };
}

const packets = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        topic: fc.constantFrom(...topics, 'sc/fire/c1/smoke-2/telemetry', `${own}x`, 'é'),
        payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        qos: fc.constantFrom(0, 1, 1, 1, 2),
        messageId: fc.integer({ min: 1, max: 65_535 }),
        dup: fc.boolean(),
        retain: fc.boolean(),
        properties: fc.constantFrom({}, {}, { messageExpiryInterval: 60 }),
      })
      .map(({ qos, dup, ...fields }) => publish({ ...fields, qos, dup: qos > 0 && dup })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Packet>(
      { cmd: 'pingreq' },
      { cmd: 'subscribe', messageId: 3, subscriptions: [{ topic: 'a/b', qos: 0 }] } as Packet,
      { cmd: 'disconnect' } as Packet,
    ),
  },
);

const readers = {
  'of own topics': { version: 4, make: () => new PublishReader(oneOf(topics), 4) },
  'of any topic, MQTT 5': { version: 5, make: () => new PublishReader(anyTopic, 5) },
};

describe.each(Object.entries(readers))('PublishReader %s', (_name, { version: protocolVersion, make }) => {
  it('reads with the library what the library alone would read, in the same order, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(packets, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 8 }), (sent, cuts) => {
        const bytes = Buffer.concat(sent.map((packet) => generate(packet, { protocolVersion })));
        const alone: string[] = [];
        const library = parser({ protocolVersion });
        library.on('packet', (packet: Packet) => alone.push(told(packet)));
        library.parse(bytes);
        expect(readInChunks(bytes, cuts, make(), protocolVersion).told).toEqual(alone);
      }),
      { numRuns: 500 },
    );
  });

  it('takes what devices usually send, however long', () => {
    const sent = [0, 1, 100, 127, 128, 16_383, 16_384, 300_000].map((size, n) =>
      publish({ payload: Buffer.alloc(size, n), messageId: n + 1, topic: topics[n % 2] }),
    );
    const bytes = Buffer.concat(sent.map((packet) => generate(packet, { protocolVersion })));
    expect(readInChunks(bytes, [], make(), protocolVersion)).toEqual({ told: sent.map(told), byReader: sent.length });
  });

  it.each([
    ['no bytes', []],
    ['an unfinished length', [0x32, 0x80]],
    ['a length of five bytes', [0x32, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ['a packet shorter than its parts', [0x32, 3, 0, 1, 0x61]],
    ['a topic longer than the packet', [0x32, 6, 0, 200, 1, 1, 1, 1]],
    ['an id of zero', [...generate(publish({ messageId: 256 }))].with(2 + 2 + own.length, 0)],
    ['a retained message', [...generate(publish({ retain: true }))]],
    ['QoS 2', [...generate(publish({ qos: 2 }))]],
    ['QoS 3', [...generate(publish({}))].with(0, 0x36)],
    ['half a packet', [...generate(publish({}))].slice(0, -1)],
  ])('leaves %s to the library', (_what, bytes) => {
    expect(
      make().read(Buffer.from(bytes), () => {
        throw new Error('must not be taken');
      }),
    ).toBe(0);
  });
});
