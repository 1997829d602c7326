import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackTest } from '@sc/contracts';
import { readAsked } from './read-asked.js';
import { reportLines } from './report-lines.js';

describe('what the command asks', () => {
  it('takes the id of a rule, and dates alone', async () => {
    expect(await readAsked({ rule: 'fire-smoke', from: '2026-05-01', to: '2026-06-01', area: 'g1' })).toEqual({
      ruleId: 'fire-smoke',
      from: '2026-05-01T00:00:00.000Z',
      to: '2026-06-01T00:00:00.000Z',
      areaId: 'g1',
    });
  });

  it('reads a rule from a file, and says what is wrong with it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'back-test-'));
    const range = { from: '2026-05-01', to: '2026-06-01' };
    await writeFile(join(folder, 'rule.json'), '{"id":"mine"}');
    await writeFile(join(folder, 'bad.json'), '{');
    expect(await readAsked({ rule: join(folder, 'rule.json'), ...range })).toMatchObject({ rule: { id: 'mine' } });
    await expect(readAsked({ rule: join(folder, 'bad.json'), ...range })).rejects.toThrow('is not JSON');
    await expect(readAsked({ rule: join(folder, 'none.json'), ...range })).rejects.toThrow('there is no file');
    await rm(folder, { recursive: true });
  });

  it.each([
    ['2026-06-01', '2026-05-01', 'must be after from'],
    ['yesterday', '2026-05-01', '--from is a time'],
  ])('refuses %s to %s', async (from, to, message) => {
    await expect(readAsked({ rule: 'fire-smoke', from, to })).rejects.toThrow(message);
  });
});

it('reports totals, days, devices and alarms, and what it cannot know', () => {
  const counts = { would: 1, was: 0, wouldMinutes: 3, wasMinutes: 0 };
  const lines = reportLines({
    state: 'done',
    error: null,
    from: '2026-05-01T00:00:00.000Z',
    result: {
      coveredFrom: '2026-05-02T00:00:00.000Z',
      ...{ readings: 1_000_000, events: 2, devices: 3, ruleErrors: 0, moreDevices: 0, moreAlarms: 4, wasCut: false },
      totals: { ...counts, both: 0, onlyNew: 1, onlyOld: 0 },
      days: [{ day: '2026-05-03', ...counts, wouldIn10Minutes: 1, wasIn10Minutes: 0 }],
      byDevice: [{ deviceId: 'c1/a', would: 1, was: 0 }],
      alarms: [
        {
          ...{ found: 'only-new', deviceId: 'c1/a', subject: '', severity: 'severe', cause: {}, was: null },
          would: { begin: '2026-05-03T01:00:00.000Z', end: null },
        },
      ],
    },
  } as unknown as BackTest);
  const text = lines.join('\n');
  expect(text).toContain('! readings before 2026-05-02T00:00:00.000Z are deleted');
  expect(text).toContain('would have raised 1 (3 minutes), was raised 0 (0 minutes)');
  expect(text).toContain('1,000,000 readings');
  expect(text).toContain('only new  c1/a    severe    2026-05-03T01:00:00.000Z  holds');
  expect(text).toContain('and 4 more alarms');
});
