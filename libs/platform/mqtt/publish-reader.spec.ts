import fc from 'fast-check';
import { generate, parser, type Packet } from 'mqtt-packet';
import { anyTopic, oneOf, PublishReader } from './publish-reader.js';
import { PublishShortcut } from './publish-shortcut.js';

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

/** As MQTT.js does: the first packet of some bytes at once, each other in a tick of its own. */
function aLibrary(protocolVersion: number, handle: (packet: Packet) => void) {
  const waiting: Packet[] = [];
  const library = parser({ protocolVersion });
  library.on('packet', (packet: Packet) => waiting.push(packet));
  let busy = false;
  const work = () => {
    const packet = waiting.shift();
    if (packet) handle(packet);
    busy = waiting.length > 0;
    if (busy) process.nextTick(work);
  };
  const chunks: Buffer[] = [];
  return (bytes: Buffer): boolean => {
    chunks.push(bytes);
    const parse = () => {
      if (busy) return process.nextTick(parse);
      library.parse(chunks.shift()!);
      work();
    };
    parse();
    return true;
  };
}

/** As a connection reads: the reader has the first word at each packet's beginning, the library gets the rest. */
async function readInChunks(
  bytes: Buffer,
  cuts: readonly number[],
  reader: PublishReader,
  protocolVersion: number,
  inOneTick = false,
): Promise<{ told: string[]; byReader: number }> {
  const out: string[] = [];
  let byReader = 0;
  const shortcut = new PublishShortcut({
    reader,
    take: (topic, messageId, payload) => {
      byReader += 1;
      out.push(told(publish({ topic, messageId, payload })));
    },
    maxPacketBytes: 1e6,
    toLibrary: aLibrary(protocolVersion, (packet) => out.push(told(packet))),
    mayTake: () => true,
    tooLarge: () => expect.fail('too large'),
  });
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [index, start] of edges.slice(0, -1).entries()) {
    const chunk = bytes.subarray(start, edges[index + 1]);
    if (chunk.length > 0) shortcut.accept(chunk);
    if (!inOneTick) await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise((resolve) => setImmediate(resolve));
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
  it('reads with the library what the library alone would read, in the same order, wherever the bytes are cut', async () => {
    const sent = fc.array(packets, { maxLength: 20 });
    const cuts = fc.array(fc.nat(), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(sent, cuts, fc.boolean(), async (list, at, inOneTick) => {
        const sentBytes = list.map((packet) => generate(packet, { protocolVersion }));
        const bytes = Buffer.concat(sentBytes);
        const starts = sentBytes.map((_, n) => Buffer.concat(sentBytes.slice(0, n)).length);
        // Every other one within a header: then nobody knows where the packet ends.
        const cutsAt = at.map((cut, n) => (n % 2 && starts.length > 0 ? starts[cut % starts.length]! + 1 : cut));
        const alone: string[] = [];
        const library = parser({ protocolVersion });
        library.on('packet', (packet: Packet) => alone.push(told(packet)));
        library.parse(bytes);
        expect((await readInChunks(bytes, cutsAt, make(), protocolVersion, inOneTick)).told).toEqual(alone);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves the library no more than the one packet that a cut goes through', async () => {
    const sent = Array.from({ length: 1000 }, (_, n) => publish({ messageId: n + 1, payload: Buffer.alloc(200, n) }));
    const bytes = Buffer.concat(sent.map((packet) => generate(packet, { protocolVersion })));
    const cuts = Array.from({ length: 20 }, (_, n) => (n + 1) * 5000);
    const { told: read, byReader } = await readInChunks(bytes, cuts, make(), protocolVersion);
    expect(read).toEqual(sent.map(told));
    expect(byReader).toBeGreaterThanOrEqual(sent.length - cuts.length);
  });

  it('takes what devices usually send, however long', async () => {
    const sent = [0, 1, 100, 127, 128, 16_383, 16_384, 300_000].map((size, n) =>
      publish({ payload: Buffer.alloc(size, n), messageId: n + 1, topic: topics[n % 2] }),
    );
    const bytes = Buffer.concat(sent.map((packet) => generate(packet, { protocolVersion })));
    expect(await readInChunks(bytes, [], make(), protocolVersion)).toEqual({
      told: sent.map(told),
      byReader: sent.length,
    });
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
