import { eventPayloadSchema, telemetrySchema, type EventPayload } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { random } from '../../prng.js';
import { lives } from './index.js';

const start = Date.UTC(2026, 0, 5);
const everyMs = 30_000;
const hourMs = 3_600_000;

interface Said {
  ts: number;
  channel: string;
  payload: { ts: number; values: Record<string, number | boolean> } & EventPayload;
}

/** A stretch of one device's life, turn by turn. */
function live(domain: string, deviceId: string, hours: number, stepMs = everyMs): Said[] {
  const source = random('life').fork(deviceId);
  const behaviour = lives.get(domain)!(deviceId, source.fork('life'));
  const said: Said[] = [];
  for (let age = 0; age < hours * hourMs; age += stepMs)
    for (const { channel, payload } of behaviour({ now: start + age, age, random: source }))
      said.push({ ts: start + age, channel, payload: JSON.parse(payload) as Said['payload'] });
  return said;
}
const events = (said: Said[], type: string) => said.filter(({ payload }) => payload.type === type);

const kinds = [
  ['access', 'sunshine/door-b1'],
  ['parking', 'sunshine/lot-centre'],
  ['parking', 'sunshine/bay-1'],
  ['parking', 'sunshine/fire-lane-centre'],
  ['sanitation', 'sunshine/bin-1'],
  ['camera', 'sunshine/camera-gate-south'],
  ['water', 'sunshine/leak-b1-pumps'],
] as const;

describe.each(kinds)('a device of %s, %s', (domain, id) => {
  it('lives the same life again from the same seed', () => {
    expect(JSON.stringify(live(domain, id, 6))).toBe(JSON.stringify(live(domain, id, 6)));
  });

  it('says only what its domain knows, within what is possible, never ahead of its clock', () => {
    const { metrics, events: known } = domainByName(domain)!;
    const wrong = live(domain, id, 26).filter(({ ts, channel, payload }) => {
      if (payload.ts > ts) return true;
      if (channel === 'event') return !eventPayloadSchema.safeParse(payload).success || !(payload.type in known);
      if (!telemetrySchema.safeParse(payload).success) return true;
      return Object.entries(payload.values).some(([name, value]) => {
        const { type, alsoType, min = -Infinity, max = Infinity, atMost } = metrics[name]!;
        if (typeof value !== type && typeof value !== alsoType) return true;
        return typeof value === 'number' && (value < min || value > Number(atMost ? payload.values[atMost] : max));
      });
    });
    expect(wrong).toEqual([]);
  });
});

describe('a day of the demo', () => {
  it('opens and shuts every door as often, and nobody forces one', () => {
    const said = live('access', 'sunshine/door-b1', 24);
    const opened = events(said, 'door.opened').length;
    expect(opened).toBeGreaterThan(10);
    expect(Math.abs(opened - events(said, 'door.closed').length)).toBeLessThanOrEqual(1);
    expect(events(said, 'door.forced')).toEqual([]);
  });

  it('holds doors open, fills bins and blocks the lane now and then, a few times a day all together', () => {
    const days = 4;
    // Seldom turns miss no episode: each is told with its own times.
    const slow = 120_000;
    let held = 0;
    for (let i = 0; i < 11; i += 1) {
      const said = live('access', `sunshine/door-${i}`, days * 24, slow);
      const moves = said.filter(({ payload }) => payload.type?.startsWith('door.'));
      held += moves.filter(
        ({ payload }, at) =>
          payload.type === 'door.closed' && payload.ts - (moves[at - 1]?.payload.ts ?? payload.ts) > 60_000,
      ).length;
    }
    let full = 0;
    for (let i = 0; i < 6; i += 1) {
      let over = false;
      for (const { payload } of live('sanitation', `sunshine/bin-${i}`, days * 24, slow)) {
        const fill = payload.values?.['fillPercent'];
        if (fill === undefined) continue;
        if (!over && Number(fill) >= 85) full += 1;
        over = over ? Number(fill) >= 50 : Number(fill) >= 85;
      }
    }
    const blocked = events(live('parking', 'sunshine/fire-lane-centre', days * 24, slow), 'fire-lane.blocked').length;
    const reviews = [1, 2, 3, 4].flatMap((i) =>
      events(live('camera', `sunshine/camera-${i}`, days * 24), 'review.started'),
    );
    for (const count of [held, full, blocked, reviews.length]) expect(count).toBeGreaterThan(0);
    // The operator is not drowned: a couple an hour at the most, over some days.
    expect((held + full + blocked + reviews.length) / (days * 24)).toBeLessThan(2);
    const sent = reviews.filter(({ payload }) => payload.data!['severity'] === 'alert').length;
    expect((held + full + blocked + sent) / days).toBeLessThan(12);
  });

  it('empties a bin with an event, and the level after it is low', () => {
    const said = live('sanitation', 'sunshine/bin-1', 48);
    const emptied = events(said, 'bin.emptied');
    expect(emptied.length).toBeGreaterThan(2);
    for (const { ts } of emptied) {
      const after = said.find((one) => one.ts >= ts && one.channel === 'telemetry')!;
      expect(after.payload.values['fillPercent']).toBeLessThan(10);
    }
  });
});
