import { type AlarmJudgement, isSilenced, shelvableMs, shelvingLimits } from '@sc/contracts';
import { nextState } from './machine.js';
import { type Moving, type Step, stepOf, unsilenced } from './moving.js';
import { causeOf } from './settle.js';

/** What a person asks of an alarm. */
export type PersonsMove =
  | { action: 'acknowledge' }
  | { action: 'resolve' }
  | { action: 'comment' }
  | { action: 'assign'; assigneeId: string | null }
  | { action: 'shelve'; until: number; reason: string }
  | { action: 'unshelve' }
  | { action: 'judge'; judgement: AlarmJudgement | null };

/** Why a move was not made; `unchanged`: it stands so already. */
export type Refusal = 'unchanged' | 'not-possible' | 'beyond-limit';

export type Outcome = { after: Moving; step: Step } | { refused: Refusal };

/**
 * What a person's move makes of an alarm, or why nothing. Pure.
 * @param by who: a person's id, or the platform's where it resolves for one
 */
export function moveByPerson(
  alarm: Moving,
  move: PersonsMove,
  by: { kind: 'person' | 'device' | 'system'; id: string },
  now: number,
): Outcome {
  const { action } = move;
  if (isDone(alarm, move)) return { refused: 'unchanged' };
  const resolved = action === 'resolve';
  const state = nextState(alarm.state, action, resolved ? { ...alarm, conditionActive: false } : alarm);
  if (!state) return { refused: alarm.state === 'normal' && action === 'acknowledge' ? 'unchanged' : 'not-possible' };
  if (action === 'shelve' && !mayShelve(alarm, move.until - now)) return { refused: 'beyond-limit' };
  const person = by.kind === 'person';
  // Whoever ends it has seen it.
  const sees = action === 'acknowledge' || (resolved && person && alarm.acknowledgedAt === null);
  const after: Moving = {
    ...applied(alarm, move, by.id, now),
    state,
    ...(sees ? { acknowledgedAt: now, acknowledgedBy: by.id } : {}),
  };
  return { after, step: stepOf(alarm, after, { at: now, action, cause: saidOf(alarm, after, move) }) };
}

function isDone(alarm: Moving, move: PersonsMove): boolean {
  if (move.action === 'acknowledge') return alarm.state === 'acknowledged';
  if (move.action === 'assign') return alarm.assigneeId === move.assigneeId;
  if (move.action === 'judge') return alarm.judgement === move.judgement;
  if (move.action === 'resolve') return isSilenced(alarm.state) && !alarm.conditionActive;
  return move.action === 'unshelve' && alarm.state === 'normal';
}

/** Life safety never beyond its limit, all its shelves together, and never before it begins. */
function mayShelve({ severity, shelvedMs, state }: Moving, forMs: number): boolean {
  if (state === 'normal' && !shelvingLimits[severity].whileNormal) return false;
  return forMs > 0 && forMs <= shelvableMs(severity, shelvedMs);
}

function applied(alarm: Moving, move: PersonsMove, by: string, now: number): Moving {
  switch (move.action) {
    case 'resolve':
      // `lastTransitionAt` stays: it is the device's time, by which a repeated begin is known.
      return { ...alarm, conditionActive: false, clearedAt: alarm.clearedAt ?? now };
    case 'assign':
      return { ...alarm, assigneeId: move.assigneeId };
    case 'judge':
      return move.judgement === null
        ? { ...alarm, judgement: null, judgedBy: null, judgedAt: null }
        : { ...alarm, judgement: move.judgement, judgedBy: by, judgedAt: now };
    case 'shelve': {
      const { until, reason } = move;
      return { ...alarm, silence: { at: now, until, by, reason, window: null, alarm: null } };
    }
    case 'unshelve':
      return unsilenced(alarm, now);
    default:
      return alarm;
  }
}

/** What the step says beside who and when. */
function saidOf(before: Moving, after: Moving, { action }: PersonsMove): Record<string, unknown> {
  if (action === 'assign') return { assigneeId: after.assigneeId };
  if (action === 'judge') return { judgement: after.judgement, before: before.judgement };
  return action === 'shelve' ? causeOf(after.silence) : {};
}
