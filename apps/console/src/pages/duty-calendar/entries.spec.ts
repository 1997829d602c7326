import { daysShown, entriesOf, entriesOn, stepped } from './entries.js';

const zone = 'Asia/Shanghai';
const text = { 'zh-CN': '巡', en: 'Round' };
const shift = (id: string, startsAt: string, endsAt: string) => ({
  id,
  personId: 'p1',
  personName: 'Li',
  areaId: 'g1',
  startsAt,
  endsAt,
  rotationId: null,
});
const none = { shifts: [], overrides: [], leave: [], rounds: undefined };

describe('the days of a duty calendar', () => {
  it('are a week from its Monday', () => {
    expect(daysShown('week', '2026-11-22')).toEqual([
      '2026-11-16',
      '2026-11-17',
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
    ]);
  });

  it('are the whole weeks of a month, never more than the platform is asked for at once', () => {
    for (let month = 1; month <= 12; month += 1) {
      const name = `2026-${String(month).padStart(2, '0')}`;
      const days = daysShown('month', `${name}-15`);
      expect(days.length % 7).toBe(0);
      expect(days.length).toBeLessThanOrEqual(42);
      expect(days.filter((day) => day.startsWith(name))).toHaveLength(new Date(2026, month, 0).getDate());
    }
  });

  it('go on by a month from its last day, and back', () => {
    expect(stepped('month', '2026-01-31', 1)).toBe('2026-02-01');
    expect(stepped('month', '2026-03-31', -1)).toBe('2026-02-01');
    expect(stepped('week', '2026-01-01', -1)).toBe('2025-12-25');
  });
});

describe('what stands on a day', () => {
  const on = (day: string, entries: ReturnType<typeof entriesOf>) =>
    entriesOn(day, entries, zone).map(({ key }) => key);

  it('a night shift where it begins on the wall of the site, one of several days on each', () => {
    const entries = entriesOf({
      ...none,
      shifts: [
        shift('night', '2026-11-21T14:00:00Z', '2026-11-21T22:00:00Z'),
        shift('long', '2026-11-20T16:00:00Z', '2026-11-22T16:00:00Z'),
      ],
    });
    expect(on('2026-11-21', entries)).toEqual(['long', 'night']);
    expect(on('2026-11-22', entries)).toEqual(['long']);
    expect(on('2026-11-23', entries)).toEqual([]);
  });

  it('leave on each of its days, up to the moment it ends', () => {
    const leave = { id: 'away', personId: 'p1', personName: 'Li', kind: null };
    const entries = entriesOf({
      ...none,
      leave: [{ ...leave, startsAt: '2026-11-20T16:00:00Z', endsAt: '2026-11-22T16:00:00Z' }],
    });
    expect(on('2026-11-20', entries)).toEqual([]);
    expect(on('2026-11-21', entries)).toEqual(['away']);
    expect(on('2026-11-22', entries)).toEqual(['away']);
    expect(on('2026-11-23', entries)).toEqual([]);
  });

  it('rounds that are there and those to come, in the order of time', () => {
    const round = { planId: 'plan', title: text, areaId: 'g1', areaName: text };
    const entries = entriesOf({
      ...none,
      rounds: {
        rounds: [
          {
            ...round,
            id: 'made',
            startsAt: '2026-11-22T02:00:00Z',
            dueAt: '2026-11-24T02:00:00Z',
            state: 'planned',
            assigneeId: null,
            assigneeName: null,
          },
        ],
        planned: [{ ...round, startsAt: '2026-11-22T01:00:00Z', dueAt: '2026-11-22T03:00:00Z', personId: 'p1' }],
        isCut: false,
      },
    });
    expect(on('2026-11-22', entries)).toEqual(['plan 2026-11-22T01:00:00Z', 'made']);
    expect(on('2026-11-23', entries)).toEqual([]);
    expect(entries.map(({ people }) => people)).toEqual([['p1'], []]);
  });
});
