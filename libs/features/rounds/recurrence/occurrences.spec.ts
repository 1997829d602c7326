import fc from 'fast-check';
import { checkRecurrence, nextOccurrence, occurrences } from './occurrences.js';
import { parseRecurrence } from './parse.js';

const shanghai = (time: string, rule: string, more = '') =>
  `DTSTART;TZID=Asia/Shanghai:${time}\nRRULE:${rule}${more ? `\n${more}` : ''}`;
const berlin = (time: string, rule: string) => `DTSTART;TZID=Europe/Berlin:${time}\nRRULE:${rule}`;
const iso = (starts: number[]) => starts.map((at) => new Date(at).toISOString().slice(0, 16));
const all = (text: string, limit = 50) => iso(occurrences(text, Date.UTC(2000, 0), Date.UTC(2100, 0), limit));
const issueOf = (text: string, now = Date.UTC(2026, 0)) => checkRecurrence(text, now).issue;

describe('when rounds start', () => {
  it('keeps the hour of the wall, whatever the clocks do', () => {
    expect(all(berlin('20260328T220000', 'FREQ=DAILY;COUNT=3'))).toEqual([
      '2026-03-28T21:00',
      '2026-03-29T20:00',
      '2026-03-30T20:00',
    ]);
  });

  it('leaves out a time that does not exist that night, and has one where it comes twice', () => {
    expect(all(berlin('20260328T023000', 'FREQ=DAILY;UNTIL=20260331T235900Z'))).toEqual([
      '2026-03-28T01:30',
      '2026-03-30T00:30',
      '2026-03-31T00:30',
    ]);
    expect(all(berlin('20261024T023000', 'FREQ=DAILY;COUNT=3'))).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it('knows the ends of months and leap years', () => {
    expect(all(shanghai('20260131T080000', 'FREQ=MONTHLY;COUNT=3'))).toEqual([
      '2026-01-31T00:00',
      '2026-03-31T00:00',
      '2026-05-31T00:00',
    ]);
    expect(all(shanghai('20260131T080000', 'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3'))[1]).toBe('2026-02-28T00:00');
    expect(all(shanghai('20250301T080000', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'), 2)).toEqual([
      '2028-02-29T00:00',
      '2032-02-29T00:00',
    ]);
    expect(all(shanghai('20250301T080000', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29'), 1)).toEqual(['2028-02-29T00:00']);
  });

  it('takes days of the week, times of the day, exceptions, an end', () => {
    expect(all(shanghai('20260101T080000', 'FREQ=WEEKLY;BYDAY=MO,FR;COUNT=3'))).toEqual([
      '2026-01-02T00:00',
      '2026-01-05T00:00',
      '2026-01-09T00:00',
    ]);
    expect(all(shanghai('20260101T000000', 'FREQ=DAILY;BYHOUR=2,22;COUNT=3'))).toEqual([
      '2025-12-31T18:00',
      '2026-01-01T14:00',
      '2026-01-01T18:00',
    ]);
    const without = 'EXDATE;TZID=Asia/Shanghai:20260102T080000,20260103T080000';
    expect(all(shanghai('20260101T080000', 'FREQ=DAILY;COUNT=4', without))).toEqual([
      '2026-01-01T00:00',
      '2026-01-04T00:00',
    ]);
    expect(all(shanghai('20260101T080000', 'FREQ=DAILY;UNTIL=20260103T000000Z'))).toHaveLength(3);
  });

  it('finds the next start of an endless rule at once, however long ago it began', () => {
    const text = shanghai('20000101T220000', 'FREQ=DAILY');
    expect(iso([nextOccurrence(text, Date.UTC(2026, 4, 1))!])).toEqual(['2026-05-01T14:00']);
    expect(occurrences(text, 0, Date.UTC(2100, 0), 7)).toHaveLength(7);
  });
});

describe('a recurrence that cannot be planned', () => {
  it.each([
    ['recurrence-unreadable', 'every night'],
    ['recurrence-unreadable', 'RRULE:FREQ=DAILY'],
    ['recurrence-unreadable', shanghai('20260230T080000', 'FREQ=DAILY')],
    ['recurrence-unreadable', shanghai('20260101T080000', 'FREQ=DAILY;BYHOUR=99')],
    ['recurrence-unreadable', shanghai('20260101T080000', 'FREQ=DAILY;INTERVAL=0')],
    ['recurrence-unreadable', shanghai('20260101T080000', 'FREQ=DAILY;FREQ=WEEKLY')],
    ['recurrence-unreadable', shanghai('20260101T080000', 'FREQ=DAILY', 'RRULE:FREQ=WEEKLY')],
    ['recurrence-no-zone', 'DTSTART:20260101T080000\nRRULE:FREQ=DAILY'],
    ['recurrence-no-zone', 'DTSTART:20260101T080000Z\nRRULE:FREQ=DAILY'],
    ['recurrence-unknown-zone', 'DTSTART;TZID=Mars/Base:20260101T080000\nRRULE:FREQ=DAILY'],
    ['recurrence-unsupported', shanghai('20260101T080000', 'FREQ=DAILY;FOO=1')],
    ['recurrence-unsupported', shanghai('20260101T080000', 'FREQ=DAILY', 'RDATE:20260102T000000Z')],
    ['recurrence-unsupported', shanghai('20260101T080000', 'FREQ=DAILY', 'EXDATE:20260102T000000Z')],
    ['recurrence-frequency', shanghai('20260101T080000', 'FREQ=SECONDLY')],
    ['recurrence-frequency', shanghai('20260101T080000', 'FREQ=HOURLY')],
    ['recurrence-too-often', shanghai('20260101T080000', `FREQ=DAILY;BYMINUTE=0,30;BYHOUR=${[...Array(13).keys()]}`)],
    ['recurrence-never', shanghai('20260101T080000', 'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30')],
    ['recurrence-never', shanghai('20260101T080000', 'FREQ=YEARLY;BYWEEKNO=1;BYYEARDAY=180')],
    ['recurrence-over', shanghai('20200101T080000', 'FREQ=DAILY;COUNT=5')],
  ])('%s: %s', (issue, text) => {
    expect(issueOf(text)).toBe(issue);
  });

  it('never throws and never gives what it refused, whatever is typed', () => {
    const word = fc.constantFrom(
      'DTSTART',
      'RRULE',
      'EXDATE',
      'FREQ=',
      'DAILY',
      'TZID=',
      'Asia/Shanghai',
      '20260101T080000',
    );
    const typed = fc.array(fc.oneof(word, fc.constantFrom(';', ':', '=', '\n', ','), fc.string()), { maxLength: 12 });
    fc.assert(
      fc.property(typed, (words) => {
        const text = words.join('');
        if ('issue' in parseRecurrence(text)) expect(occurrences(text, 0, Date.UTC(2100, 0), 3)).toEqual([]);
      }),
    );
  });
});

const formatOf = (timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' });

/** Date and time on the wall of a zone, without the library. */
function wall(at: number, format: Intl.DateTimeFormat) {
  const [day, month, year, hour, minute] = format.format(at).match(/\d+/g)!.map(Number);
  const date = new Date(Date.UTC(year!, month! - 1, day));
  return {
    date,
    hour,
    minute,
    weekday: date.getUTCDay(),
    day,
    last: new Date(Date.UTC(year!, month!, 0)).getUTCDate(),
  };
}

const dayNames = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const cases = fc.record({
  zone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
  hours: fc.uniqueArray(fc.integer({ min: 4, max: 23 }), { minLength: 1, maxLength: 3 }),
  kind: fc.constantFrom('DAILY' as const, 'WEEKLY' as const, 'MONTHLY' as const),
  weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }),
  monthDay: fc.constantFrom(1, 15, 29, 30, 31, -1),
  offset: fc.integer({ min: 0, max: 700 }),
});
const textOf = ({ zone, hours, kind, weekdays, monthDay }: typeof cases extends fc.Arbitrary<infer T> ? T : never) =>
  `DTSTART;TZID=${zone}:20260101T000000\nRRULE:FREQ=${kind};BYHOUR=${hours};BYMINUTE=15` +
  (kind === 'WEEKLY'
    ? `;BYDAY=${weekdays.map((d) => dayNames[d])}`
    : kind === 'MONTHLY'
      ? `;BYMONTHDAY=${monthDay}`
      : '');

describe('any rule that is taken', () => {
  const day = 86_400_000;

  it('starts exactly when a walk over every quarter of an hour says so', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const from = Date.UTC(2026, 0, 5) + one.offset * day;
        const format = formatOf(one.zone);
        const expected: number[] = [];
        for (let at = from + 900_000; at <= from + 35 * day; at += 900_000) {
          if (at % 3_600_000 !== 900_000 && one.zone !== 'Australia/Lord_Howe') continue;
          const { hour, minute, weekday, day: date, last } = wall(at, format);
          if (minute !== 15 || !one.hours.includes(hour!)) continue;
          if (one.kind === 'WEEKLY' && !one.weekdays.includes(weekday)) continue;
          if (one.kind === 'MONTHLY' && date !== (one.monthDay === -1 ? last : one.monthDay)) continue;
          expected.push(at);
        }
        expect(iso(occurrences(textOf(one), from, from + 35 * day, 1_000))).toEqual(iso(expected));
      }),
      { numRuns: 15 },
    );
  });

  it('gives the same starts in one look as in two, each once and in order', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 20 * day }), (one, cut) => {
        const from = Date.UTC(2026, 0, 5) + one.offset * day;
        const text = textOf(one);
        const whole = occurrences(text, from, from + 20 * day, 1_000);
        expect(whole).toEqual([
          ...occurrences(text, from, from + cut, 1_000),
          ...occurrences(text, from + cut, from + 20 * day, 1_000),
        ]);
        expect(whole).toEqual([...new Set(whole)].sort((a, b) => a - b));
      }),
      { numRuns: 10 },
    );
  });
});
