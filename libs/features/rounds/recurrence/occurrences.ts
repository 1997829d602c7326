import type { RoundPlanIssue } from '@sc/contracts';
import { RRuleTemporal } from 'rrule-temporal';
import { parseRecurrence, type Recurrence } from './parse.js';

/**
 * How many periods of a rule are looked through before it is said to give nothing: the 29th of February comes again after
 * 2,922 days or 8 years at the latest. A rule that never fires costs a tenth of a second, not five.
 */
const patience: Record<Recurrence['frequency'], number> = { DAILY: 3_000, WEEKLY: 1_000, MONTHLY: 1_000, YEARLY: 200 };
const dayMs = 86_400_000;

const ruleOf = ({ text, frequency }: Recurrence) =>
  new RRuleTemporal({ rruleString: text, maxIterations: patience[frequency], maxCandidateEvaluations: 200_000 });

/**
 * Starts after `after` up to and including `until`, at most `limit` of them, in order. Local times that a change of the
 * clock leaves out have no round, those that it repeats have one (RFC 5545 §3.3.10).
 */
export function occurrences(text: string, after: number, until: number, limit: number): number[] {
  const parsed = parseRecurrence(text);
  if (!('recurrence' in parsed) || until <= after) return [];
  const rule = ruleOf(parsed.recurrence);
  const starts: number[] = [];
  for (let at = after; starts.length < limit;) {
    const next = nextOf(rule, at);
    if (next === undefined || next > until) break;
    starts.push((at = next));
  }
  return starts;
}

/** The next start after that moment, however far away; `undefined` when there is none. */
export function nextOccurrence(text: string, after: number): number | undefined {
  const parsed = parseRecurrence(text);
  return 'recurrence' in parsed ? nextOf(ruleOf(parsed.recurrence), after) : undefined;
}

/** What is wrong with a recurrence that is about to be planned, and its next starts. */
export function checkRecurrence(text: string, now: number): { issue?: RoundPlanIssue; next: number[] } {
  const parsed = parseRecurrence(text);
  if ('issue' in parsed) return { issue: parsed.issue, next: [] };
  const next = upcoming(text, now, 5);
  if (next.length) return { next };
  const ever = nextOccurrence(text, Date.UTC(1999, 11, 31)) !== undefined;
  return { issue: ever ? 'recurrence-over' : 'recurrence-never', next: [] };
}

/** The next few starts within ten years. */
export const upcoming = (text: string, now: number, count: number): number[] =>
  occurrences(text, now, now + 3_660 * dayMs, count);

/** A library that gave up looking has found nothing: to a plan this is the same. */
function nextOf(rule: RRuleTemporal, after: number): number | undefined {
  try {
    return rule.next(new Date(after), false)?.epochMilliseconds;
  } catch {
    return undefined;
  }
}
