import { type RoundPlanIssue, roundLimits } from '@sc/contracts';

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;

/** The parts of a recurrence that we take, each already known to be within its range. */
export interface Recurrence {
  timeZone: string;
  /** As RFC 5545 writes them, for the library. */
  text: string;
  frequency: (typeof frequencies)[number];
}

export type Parsed = { recurrence: Recurrence } | { issue: RoundPlanIssue };

/** How often at most, and how far back a count may reach: a rule is walked from its beginning. */
const mostCount = 1_000;
const mostExceptions = 400;
const localTime = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)00$/;
const integers =
  (least: number, most: number, zero = false) =>
  (text: string) =>
    text.split(',').every((one) => /^-?\d{1,5}$/.test(one) && +one >= least && +one <= most && (zero || +one !== 0));

/** Library and RFC know more; what a plan of rounds may use is this, so that no rule can cost more than it is worth. */
const parts: Record<string, (value: string) => boolean> = {
  FREQ: (value) => (frequencies as readonly string[]).includes(value),
  INTERVAL: integers(1, 1_000),
  COUNT: integers(1, mostCount),
  UNTIL: (value) => /^\d{8}(T\d{6}Z?)?$/.test(value),
  BYMONTH: integers(1, 12),
  BYMONTHDAY: integers(-31, 31),
  BYYEARDAY: integers(-366, 366),
  BYWEEKNO: integers(-53, 53),
  BYDAY: (value) => value.split(',').every((day) => /^([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)$/.test(day)),
  BYHOUR: integers(0, 23, true),
  BYMINUTE: integers(0, 59, true),
  BYSETPOS: integers(-366, 366),
  WKST: (value) => /^(MO|TU|WE|TH|FR|SA|SU)$/.test(value),
};

/**
 * Reads `DTSTART;TZID=…`, one `RRULE` and any `EXDATE`, and nothing else: what the library would pass over (a part it
 * does not know, an hour 99, a second rule) is refused here, so that a plan means what it says.
 */
export function parseRecurrence(text: string): Parsed {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const named = (name: string) => lines.filter((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`));
  const [starts, rules, exceptions] = [named('DTSTART'), named('RRULE'), named('EXDATE')];
  if (starts.length !== 1 || rules.length !== 1) return { issue: 'recurrence-unreadable' };
  if (lines.length > 2 + exceptions.length) return { issue: 'recurrence-unsupported' };

  const start = /^DTSTART(?:;TZID=([\w/+-]+))?:(\S+)$/.exec(starts[0]!);
  if (!start) return { issue: 'recurrence-unsupported' };
  const [, timeZone, at] = start;
  if (!timeZone) return { issue: 'recurrence-no-zone' };
  if (!isZone(timeZone)) return { issue: 'recurrence-unknown-zone' };
  if (!isLocalTime(at!)) return { issue: 'recurrence-unreadable' };

  const rule = rules[0]!
    .replace(/^RRULE:/, '')
    .split(';')
    .map(partOf);
  const issue = issueOf(rule);
  if (issue) return { issue };
  const left = exceptions.flatMap((line) => exceptionsOf(line, timeZone));
  if (left.length > mostExceptions || left.includes(undefined)) return { issue: 'recurrence-unsupported' };

  const value = new Map(rule);
  const without = left.length ? `\nEXDATE;TZID=${timeZone}:${left.join(',')}` : '';
  const normal = `DTSTART;TZID=${timeZone}:${at}\nRRULE:${rule.map((part) => part.join('=')).join(';')}${without}`;
  return { recurrence: { timeZone, text: normal, frequency: value.get('FREQ') as Recurrence['frequency'] } };
}

const partOf = (part: string): [name: string, value: string] => {
  const [name = '', ...rest] = part.split('=');
  return [name, rest.join('=')];
};

function issueOf(rule: [string, string][]): RoundPlanIssue | undefined {
  const value = new Map(rule);
  if (!value.has('FREQ') || value.size < rule.length) return 'recurrence-unreadable';
  if (/^(HOURLY|MINUTELY|SECONDLY)$/.test(value.get('FREQ') ?? '')) return 'recurrence-frequency';
  if (rule.some(([name]) => !parts[name])) return 'recurrence-unsupported';
  if (rule.some(([name, one]) => !parts[name]!(one))) return 'recurrence-unreadable';
  if (value.has('COUNT') && value.has('UNTIL')) return 'recurrence-unreadable';
  // Every day that the rule names has all of these times, so their number is exact (BYSETPOS only takes some away).
  const times = (name: string) => new Set(value.get(name)?.split(',').map(Number) ?? [0]).size;
  if (times('BYHOUR') * times('BYMINUTE') > roundLimits.perDay) return 'recurrence-too-often';
  return undefined;
}

/** Local times of the plan's own zone; an exception in another one would not match any start, unnoticed. */
function exceptionsOf(line: string, timeZone: string): (string | undefined)[] {
  const found = /^EXDATE;TZID=([\w/+-]+):(\S+)$/.exec(line);
  if (!found || found[1] !== timeZone) return [undefined];
  return found[2]!.split(',').map((at) => (isLocalTime(at) ? at : undefined));
}

/** A date that exists, with whole minutes, in times that anybody plans for. */
function isLocalTime(text: string): boolean {
  const [, year, month, day, hour, minute] = localTime.exec(text)?.map(Number) ?? [];
  if (year === undefined || year < 2000 || year > 2200) return false;
  const date = new Date(Date.UTC(year, month! - 1, day, hour, minute));
  return date.getUTCMonth() === month! - 1 && date.getUTCDate() === day && date.getUTCHours() === hour && minute! < 60;
}

function isZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone })) && !/^[+-]/.test(timeZone);
  } catch {
    return false;
  }
}
