import type { ProcessReport, System } from '@sc/contracts';
import { pulseOf } from './pulse.js';

const at = '2030-01-01T00:00:00.000Z';
const process = (over: Partial<ProcessReport>): ProcessReport => ({
  instance: '00000000-0000-4000-8000-000000000001',
  kind: 'sensing',
  host: 'secret-host',
  version: '1',
  startedAt: at,
  reportedAt: at,
  ageSeconds: 1,
  state: 'reporting',
  health: { status: 'ok', checks: { database: { status: 'up' } } },
  figures: null,
  ...over,
});
const lane = (name: string, oldestDueSeconds: number | null) => ({
  lane: name,
  due: 1,
  scheduled: 0,
  dead: 0,
  oldestDueSeconds,
});
const system = (over: Partial<System> = {}): System => ({
  at,
  processes: [process({})],
  missing: [],
  backlog: { jobs: [], outbox: { events: 0, oldestSeconds: null }, deadLetters: [] },
  ...over,
});
const troubles = (...processes: ProcessReport[]) =>
  pulseOf(system({ processes })).troubles.map(({ kind, what, check }) => [kind, what, check]);

describe('the pulse of the platform', () => {
  it('is quiet when every process reports that all is well, and names no machine', () => {
    expect(pulseOf(system())).toEqual({ at, troubles: [], lateSeconds: 0 });
  });

  it('tells of a process that is missing, silent, ended without another, or in trouble by its own word', () => {
    expect(pulseOf(system({ missing: ['dispatch'] })).troubles).toEqual([
      { kind: 'dispatch', what: 'missing', check: null, detail: null },
    ]);
    expect(troubles(process({ state: 'silent' }))).toEqual([['sensing', 'silent', null]]);
    expect(troubles(process({ state: 'stopped' }))).toEqual([['sensing', 'stopped', null]]);
    expect(troubles(process({ state: 'stopped' }), process({}))).toEqual([]);
    const checks = { database: { status: 'down' as const }, broker: { status: 'up' as const } };
    expect(troubles(process({ health: { status: 'degraded', checks } }))).toEqual([['sensing', 'check', 'database']]);
  });

  it('counts how late the work of people is, not what goes to other programs', () => {
    const backlog = { outbox: { events: 1, oldestSeconds: 4 }, deadLetters: [] };
    const late = (...jobs: ReturnType<typeof lane>[]) => pulseOf(system({ backlog: { ...backlog, jobs } })).lateSeconds;
    expect(late(lane('outside', 900))).toBe(4);
    expect(late(lane('urgent', 30), lane('default', null))).toBe(30);
  });
});
