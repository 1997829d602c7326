import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { FrigateCodec } from './frigate-codec.js';

const now = 1_718_987_200_000;
const read = (path: string, payload: unknown, codec = new FrigateCodec(), receivedAt = now) =>
  codec.read('c1/nvr', path, Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)), receivedAt);
const events = (path: string, payload: unknown, codec = new FrigateCodec(), receivedAt = now) => {
  const words = read(path, payload, codec, receivedAt);
  if (!Array.isArray(words)) throw new Error(JSON.stringify(words));
  return words.map((word) => (word.kind === 'event' ? word : undefined)!);
};

const review = (change: object = {}, data: object = {}) => ({
  id: '1718987129.308396-fqk5ka',
  camera: 'front_cam',
  start_time: 1718987129.308396,
  end_time: null,
  severity: 'detection',
  thumb_path: '/media/frigate/clips/review/thumb-front_cam-1718987129.308396-fqk5ka.webp',
  data: {
    detections: ['1718987128.947436-g92ztx'],
    objects: ['person', 'car'],
    sub_labels: [],
    zones: [],
    audio: [],
    ...data,
  },
  ...change,
});
const alert = review({ severity: 'alert' }, { sub_labels: ['Bob'], zones: ['front_yard'] });

describe('a review', () => {
  it('is the same three events whenever it is told, and the documented update is one of them', () => {
    const codec = new FrigateCodec();
    const told = [
      { type: 'new', before: review(), after: review() },
      { type: 'update', before: review(), after: alert },
      { type: 'end', before: alert, after: { ...alert, end_time: 1718987300.5 } },
    ];
    const once = told.flatMap((one) => events('reviews', one, codec));
    expect(once.map(({ type, ts }) => [type, ts])).toEqual([
      ['review.started', 1_718_987_129_308],
      ['review.changed', now],
      ['review.ended', 1_718_987_300_500],
    ]);
    expect(once[1]!.data).toEqual({
      reviewId: '1718987129.308396-fqk5ka',
      severity: 'alert',
      labels: ['person', 'car'],
      zones: ['front_yard'],
      subLabels: 1,
      detections: ['1718987128.947436-g92ztx'],
      thumbnail: 'thumb-front_cam-1718987129.308396-fqk5ka.webp',
    });
    const again = told.flatMap((one) => events('reviews', one, codec, now + 60_000));
    expect(again.map(({ id }) => id)).toEqual(once.map(({ id }) => id));
    expect(new Set(once.map(({ id }) => id)).size).toBe(3);
  });

  it('never ends before its last change, though Frigate sets the end to the last activity', () => {
    const codec = new FrigateCodec();
    const end = { type: 'end', before: alert, after: { ...alert, end_time: 1718987190 } };
    events('reviews', { type: 'new', before: review(), after: review() }, codec);
    const [changed] = events('reviews', { type: 'update', before: review(), after: alert }, codec);
    const [ended] = events('reviews', end, codec, now + 120_000);
    expect(ended!.ts).toBe(changed!.ts + 1);
    expect(ended!.data['endedAt']).toBe('2024-06-21T16:26:30.000Z');
    // after a restart it is not known what was told, but it was told before now
    expect(events('reviews', end, new FrigateCodec(), now + 120_000)[0]!.ts).toBe(now + 120_000);
  });

  it('changes only when something changed, and grows with its clock ahead of ours', () => {
    expect(events('reviews', { type: 'update', before: alert, after: { ...alert, thumb_path: 'x' } })).toEqual([]);
    const ahead = review({ start_time: (now + 60_000) / 1000 });
    const codec = new FrigateCodec();
    const steps = [
      { type: 'new', before: ahead, after: ahead },
      { type: 'update', before: ahead, after: { ...ahead, severity: 'alert' } },
      { type: 'end', before: ahead, after: { ...ahead, end_time: now / 1000 } },
    ].flatMap((one) => events('reviews', one, codec));
    expect(steps.map(({ ts }) => ts - now)).toEqual([60_000, 60_001, 60_002]);
  });

  it('keeps nobody’s name, face or plate', () => {
    const [one] = events('reviews', {
      type: 'new',
      after: review({}, { sub_labels: ['Bob', 'Alice'], objects: ['person-verified'], description: 'Bob at the door' }),
    });
    expect(JSON.stringify(one)).not.toMatch(/Bob|Alice|verified/);
    expect(one!.data).toMatchObject({ labels: ['person'], subLabels: 2 });
  });

  it('is read from any version: missing, unknown and odd fields do no harm', () => {
    const bare = { id: 'r1', camera: 'cam', start_time: 1718987129 };
    expect(events('reviews', { type: 'new', after: { ...bare, future: { x: 1 } } })[0]!.data).toMatchObject({
      severity: 'unknown',
      labels: [],
    });
    expect(events('reviews', { type: 'genai', after: bare })).toEqual([]);
    const odd = {
      ...bare,
      severity: 7,
      thumb_path: '../../etc/passwd',
      data: { zones: 'yard', objects: [1, 'a\0b', 'dog', 'x'.repeat(65), '\ud800'] },
    };
    expect(events('reviews', { type: 'new', before: 5, after: odd })[0]!.data).toEqual({
      reviewId: 'r1',
      severity: 'unknown',
      labels: ['dog'],
      zones: [],
      subLabels: 0,
      detections: [],
    });
    for (const bad of [
      {},
      { type: 'new' },
      { type: 'new', after: { ...bare, id: 'a/../b' } },
      { type: 'new', after: { ...bare, start_time: '1' } },
      [],
      null,
    ])
      expect(read('reviews', bad)).toMatchObject({ reason: 'schema-mismatch' });
    expect(read('reviews', '{')).toMatchObject({ reason: 'not-json' });
  });
});

const object = (change: object = {}) => ({
  id: '1607123955.475377-mxklsc',
  camera: 'front_door',
  frame_time: 1607123962.082975,
  label: 'person',
  sub_label: ['John Smith', 0.79],
  top_score: 0.958984375,
  false_positive: false,
  start_time: 1607123955.475377,
  end_time: null,
  score: 0.87,
  current_zones: ['yard'],
  entered_zones: ['yard'],
  recognized_license_plate: 'ABC12345',
  ...change,
});

describe('a tracked object', () => {
  it('is one alert for each zone it enters, and says nothing of who it is', () => {
    const told = [
      { type: 'new', before: object({ entered_zones: [] }), after: object({ entered_zones: [] }) },
      { type: 'update', before: object({ entered_zones: [] }), after: object() },
      { type: 'update', before: object(), after: object() },
      { type: 'update', before: object(), after: object({ entered_zones: ['yard', 'driveway'] }) },
      {
        type: 'end',
        before: object({ entered_zones: ['yard', 'driveway'] }),
        after: object({ entered_zones: ['yard', 'driveway'], end_time: 1607124000 }),
      },
    ].flatMap((one) => events('events', one));
    expect(told.map(({ type, data }) => [type, data['zone']])).toEqual([
      ['camera.alert', undefined],
      ['camera.alert', 'yard'],
      ['camera.alert', 'driveway'],
    ]);
    expect(told[1]).toMatchObject({ ts: 1_607_123_962_083, data: { label: 'person', score: 0.958984375 } });
    expect(new Set(told.map(({ id }) => id)).size).toBe(3);
    expect(JSON.stringify(told)).not.toMatch(/John|ABC12345|severity/);
  });

  it('is nothing while it may be a false positive, and everything it entered once it is not', () => {
    const doubtful = object({ false_positive: true });
    expect(events('events', { type: 'new', before: doubtful, after: doubtful })).toEqual([]);
    const [sure, ...more] = events('events', { type: 'update', before: doubtful, after: object() });
    expect([sure!.data['zone'], more]).toEqual(['yard', []]);
  });
});

it('knows who comes and goes, and that a disabled camera is no fault', () => {
  expect(read('available', 'online')).toEqual([{ kind: 'bridge', state: 'online' }]);
  expect(read('available', 'stopped')).toEqual([{ kind: 'bridge', state: 'stopped' }]);
  expect(read('available', 'offline')).toEqual([{ kind: 'bridge', state: 'offline' }]);
  expect(read('yard/status/detect', 'offline')).toEqual([
    { kind: 'part', externalId: 'yard', part: 'detect', works: false },
  ]);
  expect(read('yard/status/record', 'disabled')).toEqual([
    { kind: 'part', externalId: 'yard', part: 'record', works: true },
  ]);
  expect(read('available', 'perhaps')).toMatchObject({ reason: 'schema-mismatch' });
  const codec = new FrigateCodec();
  for (const path of [
    'stats',
    'yard/person',
    'yard/person/snapshot',
    'yard/status/audio',
    'events/x',
    'tracked_object_update',
    '',
  ])
    expect([path, codec.wants(path)]).toEqual([path, false]);
});

it('survives anything', () => {
  const codec = new FrigateCodec();
  const like = fc.record({
    type: fc.constantFrom('new', 'update', 'end', 'x'),
    before: fc.anything(),
    after: fc.anything(),
  });
  const near = fc.record({
    type: fc.constantFrom('new', 'update', 'end'),
    after: fc.record({
      id: fc.constantFrom('a', 'b'),
      camera: fc.constant('cam'),
      start_time: fc.double(),
      end_time: fc.anything(),
      frame_time: fc.anything(),
      label: fc.anything(),
      severity: fc.anything(),
      entered_zones: fc.anything(),
      data: fc.anything(),
    }),
  });
  fc.assert(
    fc.property(
      fc.oneof(like, near, fc.anything()),
      fc.constantFrom('reviews', 'events', 'available'),
      (json, path) => {
        const words = codec.read(
          'c1/nvr',
          path,
          Buffer.from(JSON.stringify(json, (_, v) => (typeof v === 'bigint' ? null : v)) ?? ''),
          now,
        );
        if (!Array.isArray(words)) return;
        for (const word of words)
          if (word.kind === 'event') {
            expect(Number.isSafeInteger(word.ts)).toBe(true);
            expect(word.id.length).toBeLessThanOrEqual(128);
            expect(JSON.stringify(word.data)).not.toMatch(/\\u0000|\\ud[89a-f]/);
          }
      },
    ),
    { numRuns: 500 },
  );
});

const documented = `${process.env['DATASETS_DIR'] ?? ''}/camera-frigate/documented_mqtt_payloads.json`;
const present = existsSync(documented);
(present ? it : it.skip)(
  `reads every documented payload${present ? '' : ' (skipped: DATASETS_DIR has no camera-frigate)'}`,
  () => {
    const samples = JSON.parse(readFileSync(documented, 'utf8')) as { section: string; payload: object }[];
    for (const { section, payload } of samples) {
      const path = section.replace('frigate/', '');
      if (!new FrigateCodec().wants(path)) continue;
      const words = read(path, payload);
      expect(Array.isArray(words)).toBe(true);
      expect(JSON.stringify(words)).not.toMatch(/John|Bob|ABC12345/);
    }
    const changed = events('reviews', samples.find(({ section }) => section === 'frigate/reviews')!.payload);
    expect(changed).toMatchObject([
      { type: 'review.changed', externalId: 'front_cam', data: { severity: 'alert', zones: ['front_yard'] } },
    ]);
  },
);
