import { compareSeverity, type Alarm, isLifeSafety, type Severity } from '@sc/contracts';
import { tones } from './tones.js';

/** Silence that a person asked for, with its end. Epoch ms of the platform's clock. */
export interface Mute {
  at: number;
  until: number;
}

const minute = 60_000;
/** A mute ends; a shift at most, as with shelves. */
export const longestMuteMs = 8 * 60 * minute;
/**
 * Danger to life that was there when somebody muted stays silent this long and no longer, whatever end was chosen. One that is new
 * is heard at once: a silenced sounder must sound again for every new fire (EN 54-2).
 */
export const longestLifeSafetyMuteMs = 5 * minute;

export interface SoundMemory {
  /** What called at the last look: an alarm that calls anew is a new call. */
  known: ReadonlySet<string>;
  playedAt: Partial<Record<Severity, number>>;
}

type Sounding = Pick<Alarm, 'id' | 'severity' | 'state' | 'raisedAt' | 'occurrences'>;

const callOf = ({ id, occurrences }: Sounding) => `${id} ${occurrences}`;
/** It is over and nobody saw it: heard as long as somebody could still be in danger. */
const calls = ({ state, severity }: Sounding): boolean =>
  state === 'unacknowledged' || (state === 'returned-unacknowledged' && isLifeSafety(severity));

export const isMuted = ({ severity, raisedAt }: Sounding, mute: Mute | undefined, now: number): boolean => {
  if (!mute || now >= mute.until) return false;
  if (!isLifeSafety(severity)) return true;
  return Date.parse(raisedAt) <= mute.at && now < mute.at + longestLifeSafetyMuteMs;
};

/**
 * What is to be heard now: the gravest that calls anew, or the gravest that has waited long enough to be told again. `before` is
 * undefined at the first look: what then waits for somebody already is heard only where its tone repeats.
 */
export function nextSound(
  alarms: readonly Sounding[],
  before: SoundMemory | undefined,
  mute: Mute | undefined,
  now: number,
): { severity: Severity | undefined; memory: SoundMemory } {
  const calling = alarms.filter(calls);
  const playedAt = { ...before?.playedAt };
  // What is muted is not known yet: it is heard when the mute is over.
  const heard = calling.filter((alarm) => !isMuted(alarm, mute, now));
  const known = new Set([...heard.map(callOf), ...calling.filter((a) => !tones[a.severity].againMs).map(callOf)]);
  const due = heard.filter((alarm) => {
    const { againMs } = tones[alarm.severity];
    const last = playedAt[alarm.severity];
    if (againMs !== undefined && (last === undefined || now - last >= againMs)) return true;
    return before !== undefined && !before.known.has(callOf(alarm));
  });
  const severity = due.map((alarm) => alarm.severity).toSorted(compareSeverity)[0];
  if (severity) playedAt[severity] = now;
  return { severity, memory: { known, playedAt } };
}
