import type { Domain } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import type { RegisteredDevice } from '@sc/features/devices';
import type { InboundMessage } from '@sc/platform/mqtt';
import { decodeBatch } from './decode-batch.js';
import { LimitValues } from './limit-values.js';
import { MetricCatalogue } from './metric-catalogue.js';
import { Refusals } from './refused-readings.js';

const t0 = Date.UTC(2026, 5, 1);
const lot = 'c1/lot-1';
const text = { 'zh-CN': '一', en: 'a' };
const metric = { type: 'number', unit: '', min: 0, title: text, retention: 'technical' } as const;
const parking: Domain = {
  ...(domainByName('fire') as Domain),
  name: 'parking',
  metrics: { occupied: { ...metric, atMost: 'capacity' }, capacity: { ...metric, max: 1000 } },
};
type Knowledge = Parameters<typeof decodeBatch>[1];
const catalogue = new MetricCatalogue([parking]);

const noBridges = { decode: () => false, presence: () => false, tick: () => undefined } as Partial<
  Knowledge['bridges']
> as Knowledge['bridges'];

function aDecoder() {
  const limits = new LimitValues(catalogue);
  const refusals = new Refusals();
  const device = (id: string) =>
    ({ id, domain: 'parking', state: 'registered' }) as Partial<RegisteredDevice> as RegisteredDevice;
  return (json: unknown, channel = 'telemetry', receivedAt = t0, deviceId = lot) => {
    const payload = Buffer.from(typeof json === 'string' ? json : JSON.stringify(json));
    const message: InboundMessage = {
      topic: `sc/parking/${deviceId}/${channel}`,
      payload,
      payloadBytes: payload.byteLength,
      qos: 1,
      retain: false,
      deviceId,
      receivedAt,
    };
    const batch = { messages: [message], presence: new Map(), asOf: receivedAt };
    const { readings, events, inputs, deadLetters } = decodeBatch(batch as Parameters<typeof decodeBatch>[0], {
      device,
      metrics: catalogue,
      limits,
      refusals,
      bridges: noBridges,
    });
    expect(inputs).toHaveLength(readings.length + events.length);
    return {
      kept: readings.map((one) => `${one.metric} ${String(one.value)}`),
      events: events.map(({ eventKey, data, ts }) => ({ eventKey, ts, ...data })),
      letters: deadLetters.map(({ reason, detail }) => [reason, detail]),
    };
  };
}
const entry = (ts: number, values: Record<string, unknown>) => ({ ts: t0 + ts, values });

describe('a metric that cannot exceed another', () => {
  it('is judged by the other one of the same moment, whatever the order, before what was known', () => {
    const decode = aDecoder();
    expect(decode(entry(0, { occupied: 120, capacity: 100 })).kept).toEqual(['capacity 100']);
    expect(decode(entry(1, { occupied: 120, capacity: 150 })).kept).toEqual(['occupied 120', 'capacity 150']);
    expect(decode(entry(2, { occupied: 150 })).kept).toEqual(['occupied 150']);
    expect(decode(entry(3, { occupied: 151 }))).toMatchObject({
      kept: [],
      letters: [['value-out-of-range', `1 values: occupied@${t0 + 3} value-out-of-range: 151 > capacity 150`]],
    });
  });

  it('is not judged by what is unknown, of another device, late or itself refused', () => {
    const decode = aDecoder();
    expect(decode(entry(0, { occupied: 9999 })).kept).toEqual(['occupied 9999']);
    decode(entry(5, { capacity: 50 }), 'telemetry', t0, 'c1/lot-2');
    decode(entry(5, { capacity: 100 }));
    decode(entry(4, { capacity: 10 }));
    expect(decode(entry(6, { occupied: 80, capacity: 5000 })).kept).toEqual(['occupied 80']);
    expect(decode(entry(7, { occupied: 101, capacity: 5000 })).kept).toEqual([]);
  });
});

describe('refused readings', () => {
  it('become one event for each reason and minute, with an identity that stays', () => {
    const decode = aDecoder();
    const bad = entry(1, { occupied: -1, capacity: 'many' });
    const first = decode(bad).events;
    expect(first.map(({ eventKey }) => eventKey)).toEqual([
      `p:reading.refused:value-out-of-range@${t0 + 1}`,
      `p:reading.refused:wrong-type@${t0 + 1}`,
    ]);
    expect(first[0]).toMatchObject({ reason: 'value-out-of-range', ts: t0 + 1 });
    // the same again is the same, in this minute, in another and in another process; another one of the minute is none
    expect(decode(bad).events).toEqual(first);
    expect(decode(entry(2, { occupied: -1 })).events).toEqual([]);
    expect(decode(bad, 'telemetry', t0 + 120_000).events).toEqual(first);
    expect(aDecoder()(bad).events).toEqual(first);
    expect(decode(entry(3, { occupied: -1 }), 'telemetry', t0 + 240_000).events).toHaveLength(1);
  });

  it('of a bad clock say nothing about what is measured', () => {
    expect(aDecoder()({ ts: t0 + 3_600_000, values: { occupied: 1 } }).events).toEqual([]);
  });

  it('are told by the platform alone', () => {
    const { events, letters } = aDecoder()({ ts: t0, type: 'reading.refused' }, 'event');
    expect(events).toEqual([]);
    expect(letters).toMatchObject([['schema-mismatch', expect.stringContaining('reading.refused')]]);
  });
});

it('refuses an event nested deeper than anybody could write down again, instead of failing on its batch for ever', () => {
  const nested = (levels: number) => `{"type":"x","data":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;
  expect(aDecoder()(nested(32), 'event')).toMatchObject({ events: [{ ts: t0 }], letters: [] });
  for (const levels of [33, 10_000, 40_000])
    expect(aDecoder()(nested(levels), 'event').letters).toEqual([
      ['schema-mismatch', 'data: is nested at most 32 levels'],
    ]);
});
