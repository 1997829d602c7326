import { telemetryPayloadSchema } from '@sc/contracts';
import fc from 'fast-check';
import { readTelemetry, toMs } from './telemetry-payload.js';

const name = fc.oneof(
  fc.constantFrom(
    'smoke',
    'temperature',
    '__proto__',
    'constructor',
    'toString',
    '',
    '1a',
    'a b',
    'a'.repeat(64),
    'a'.repeat(65),
    'é',
  ),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,5}$/),
  fc.string(),
);
const value = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.string(),
  fc.constantFrom('x'.repeat(256), 'x'.repeat(257), null, {}, [], -0, 1e308, Number.MAX_SAFE_INTEGER + 2),
);
const ts = fc.oneof(
  fc.integer({ min: -5, max: 2 ** 31 }),
  fc.constantFrom(
    0,
    8.64e15,
    8.64e15 + 1,
    1.5,
    2 ** 53,
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00+08:00',
    '2026-01-01T00:00:00',
    '2026-02-30T00:00:00Z',
    'now',
    null,
  ),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);
const values = fc.oneof(
  fc.array(fc.tuple(name, value), { maxLength: 6 }).map((pairs) => json(pairs)),
  fc
    .array(fc.tuple(fc.stringMatching(/^[a-z]{1,3}$/), fc.double({ noNaN: true, noDefaultInfinity: true })), {
      minLength: 50,
      maxLength: 90,
    })
    .map((pairs) => json(pairs)),
  fc.constantFrom([], null, 'x', [1]),
);
const entry = fc.record({ ts, values, extra: fc.anything() }, { requiredKeys: [] });
const payload = fc.oneof(entry, fc.array(entry, { maxLength: 4 }), fc.anything());

/** An object with own keys whatever their names, as JSON.parse makes it. */
function json(pairs: [string, unknown][]): unknown {
  return JSON.parse(
    `{${pairs.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one) ?? 'null'}`).join(',')}}`,
  );
}

describe('readTelemetry', () => {
  it('accepts exactly what the schema of the contract accepts, with the same result', () => {
    fc.assert(
      fc.property(payload, (generated) => {
        let input: unknown;
        try {
          input = JSON.parse(JSON.stringify(generated) ?? 'null');
        } catch {
          return;
        }
        const expected = telemetryPayloadSchema.safeParse(input);
        const actual = readTelemetry(input);
        expect(Array.isArray(actual)).toBe(expected.success);
        if (!expected.success || !Array.isArray(actual)) return;
        const entries = Array.isArray(expected.data) ? expected.data : [expected.data];
        expect(actual.map((one) => ({ ts: one.ts, values: Object.entries(one.values) }))).toEqual(
          entries.map((one) => ({ ts: toMs(one.ts), values: Object.entries(one.values) })),
        );
      }),
      { numRuns: 5000 },
    );
  });

  it('refuses more than 1,000 readings and takes 1,000', () => {
    const readings = (count: number) => Array.from({ length: count }, (_, n) => ({ ts: n, values: { smoke: 1 } }));
    expect(readTelemetry(readings(1000))).toHaveLength(1000);
    expect(readTelemetry(readings(1001))).toHaveProperty('issue');
    expect(readTelemetry([])).toHaveProperty('issue');
  });

  it('gives every accepted time as a number', () => {
    fc.assert(
      fc.property(ts, (one) => {
        const read = readTelemetry({ ts: one, values: { smoke: 1 } });
        if (Array.isArray(read)) expect(Number.isSafeInteger(read[0]!.ts)).toBe(true);
      }),
    );
  });
});
