import { type AlarmAction, type AlarmState, compareSeverity, isLifeSafety, isSilenced } from '@sc/contracts';
import { nextState } from './machine.js';
import { type Moving, type Silence, type Step, stepOf, unsilenced } from './moving.js';

/** What silences alarms of one device now, other than what people shelved. Instants in ms. */
export interface InForce {
  windows: readonly { id: string; until: number; lifeSafety: boolean; reason: string; by: string }[];
  /** `ruleId` null: the whole device. */
  outOfService: readonly { ruleId: string | null; reason: string; by: string }[];
}

export const nothingInForce: InForce = { windows: [], outOfService: [] };

type SilencedState = 'suppressed-by-design' | 'out-of-service';
type Wanted = { state: SilencedState; silence: Silence };

const begin = { 'suppressed-by-design': 'suppress', 'out-of-service': 'take-out-of-service' } as const;
const end: Partial<Record<AlarmState, AlarmAction>> = {
  shelved: 'unshelve',
  'suppressed-by-design': 'unsuppress',
  'out-of-service': 'return-to-service',
};

/**
 * Brings the alarms of one device in accord with what silences them now: begins silences, ends those that are over. A shelf
 * goes before out of service, that before maintenance, that before a graver alarm of the group. Only what holds is silenced
 * anew: what is over and unseen makes no noise. Pure, and a second time changes nothing.
 * @param alarms all of one device that are not back to normal
 * @returns the alarms that changed, and how
 */
export function settle(alarms: readonly Moving[], inForce: InForce, now: number): { changed: Moving[]; steps: Step[] } {
  const steps: Step[] = [];
  const changed: Moving[] = [];
  const wantedOf = wishes(alarms, inForce, now);
  for (const alarm of alarms) {
    const wanted = wantedOf(alarm);
    const settled = wanted === 'stays' ? alarm : brought(alarm, wanted, now, steps);
    if (settled !== alarm) changed.push(settled);
  }
  return { changed, steps };
}

/** For each alarm what is to silence it; `stays`: the shelf that a person gave it. */
function wishes(alarms: readonly Moving[], inForce: InForce, now: number) {
  const own = new Map<Moving, Wanted | 'stays' | undefined>(
    alarms.map((alarm) => [alarm, shelfStands(alarm, now) ? 'stays' : ofDevice(alarm, inForce, now)]),
  );
  const leaders = new Map<string, Moving>();
  for (const alarm of alarms) {
    const { suppressionGroup: group } = alarm;
    if (!group || !alarm.conditionActive || own.get(alarm)) continue;
    const leader = leaders.get(group);
    if (!leader || isBefore(alarm, leader)) leaders.set(group, alarm);
  }
  return (alarm: Moving): Wanted | 'stays' | undefined => {
    const leader = leaders.get(alarm.suppressionGroup ?? '');
    return own.get(alarm) ?? (leader && leader !== alarm ? byLeader(alarm, leader, now) : undefined);
  };
}

const shelfStands = ({ state, silence }: Moving, now: number): boolean =>
  state === 'shelved' && (silence?.until ?? 0) > now;

/** The gravest of a group leads it; of equals the one that was there first. */
const isBefore = (a: Moving, b: Moving): boolean =>
  (compareSeverity(a.severity, b.severity) || a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1)) < 0;

function ofDevice(alarm: Moving, { windows, outOfService }: InForce, now: number): Wanted | undefined {
  const none = { window: null, alarm: null };
  const out = outOfService.find(({ ruleId }) => ruleId === null || ruleId === alarm.ruleId);
  if (out)
    return { state: 'out-of-service', silence: { at: now, until: null, by: out.by, reason: out.reason, ...none } };
  const [window] = windows
    .filter(({ until, lifeSafety }) => until > now && (lifeSafety || !isLifeSafety(alarm.severity)))
    // The one that lasts longest, so that its end is the end.
    .toSorted((a, b) => b.until - a.until || (a.id < b.id ? -1 : 1));
  if (!window) return undefined;
  const { id, until, by, reason } = window;
  return { state: 'suppressed-by-design', silence: { ...none, at: now, until, by, reason, window: id } };
}

const byLeader = (alarm: Moving, leader: Moving, now: number): Wanted => ({
  state: 'suppressed-by-design',
  silence: { at: now, until: null, by: null, reason: null, window: null, alarm: leader.id },
});

function brought(alarm: Moving, wanted: Wanted | undefined, now: number, steps: Step[]): Moving {
  if (wanted && alarm.state === wanted.state) return resourced(alarm, wanted.silence);
  let moved = alarm;
  const ending = end[alarm.state];
  if (ending) {
    const free = { ...unsilenced(alarm, now), state: nextState(alarm.state, ending, alarm) ?? alarm.state };
    steps.push(stepOf(alarm, free, { at: now, action: ending, cause: causeOf(alarm.silence) }));
    moved = free;
  }
  const action = wanted && moved.conditionActive ? begin[wanted.state] : undefined;
  const state = action && !isSilenced(moved.state) ? nextState(moved.state, action, moved) : undefined;
  if (!wanted || !action || !state) return moved;
  const silenced = { ...moved, state, silence: wanted.silence };
  steps.push(stepOf(moved, silenced, { at: now, action, cause: causeOf(wanted.silence) }));
  return silenced;
}

/** Silenced as before, perhaps by something else or for longer: since when stays. */
function resourced(alarm: Moving, silence: Silence): Moving {
  const before = alarm.silence;
  const same =
    before &&
    before.until === silence.until &&
    before.window === silence.window &&
    before.alarm === silence.alarm &&
    before.by === silence.by &&
    before.reason === silence.reason;
  return same ? alarm : { ...alarm, silence: { ...silence, at: before?.at ?? silence.at } };
}

/** What a step says of a silence: why, until when, because of what. */
export function causeOf(silence: Silence | null): Record<string, unknown> {
  if (!silence) return {};
  const { until, reason, window, alarm } = silence;
  return {
    ...(until === null ? {} : { until: new Date(until).toISOString() }),
    ...(reason === null ? {} : { reason }),
    ...(window === null ? {} : { windowId: window }),
    ...(alarm === null ? {} : { suppressedBy: alarm }),
  };
}
