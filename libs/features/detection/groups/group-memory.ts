import type { GroupCondition, Rule } from '@sc/contracts';
import type { Scene } from '../scene.js';
import { type ConditionState, newCondition } from '../state.js';
import { clear, raise, tellWhatHoursOpened } from '../transition.js';
import { countingAt, countsUntil, type Episode, holds, holdsAt, isEnoughAt, stillMatter } from './episodes.js';

/** A condition of a group: that of the place, or with `alarmOn` that of one device. */
export interface GroupConditionState extends ConditionState {
  /** Its alarm stands on this device. */
  deviceId: string;
  /** When what holds began, or what held ended, device time. */
  turnedTs: number;
}

/** What one group remembers of one place. Plain JSON; bounded by `mostEpisodes`. */
export interface GroupMemory {
  key: string;
  subject: string;
  episodes: Episode[];
  conditions: GroupConditionState[];
  /** Before it not everything is remembered: what was told of that time stays as it was told. */
  knownFrom: number;
  /** Newest device time known of the place. */
  seenTs: number;
  /** How far device time lay behind ours then. */
  lagMs: number;
}

export type GroupRule = Rule & { condition: GroupCondition };

export const newGroupMemory = (key: string, subject: string): GroupMemory => ({
  key,
  subject,
  episodes: [],
  conditions: [],
  knownFrom: 0,
  seenTs: 0,
  lagMs: 0,
});

/** The most turns of one condition that one look can find: each needs an episode that begins or ends. */
const mostTurns = 64;

/**
 * Tells what of this place begins and ends by what is known now. Pure in (rule, memory): who was told what in which order matters
 * only for what had to be told before the rest was known.
 */
export function settle(rule: GroupRule, memory: GroupMemory, scene: Scene): void {
  for (const condition of conditionsToLookAt(rule, memory))
    for (let turn = 0; turn < mostTurns && turnOnce(rule, memory, condition, scene); turn += 1);
}

/** Hours open by themselves. */
export function followGroupHours(rule: GroupRule, memory: GroupMemory, scene: Scene): void {
  for (const one of memory.conditions) tellWhatHoursOpened(rule, one, one.deviceId, memory.seenTs, scene);
}

/** Of the time in which what is forgotten counted nothing can be said any more: what was told of it stays as it was told. */
export function forgetWhatIsOver({ condition }: GroupRule, memory: GroupMemory): void {
  const { windowMs } = condition;
  const kept = stillMatter(memory.episodes, windowMs, memory.seenTs);
  if (kept.length === memory.episodes.length) return;
  for (const episode of memory.episodes)
    if (!kept.includes(episode)) memory.knownFrom = Math.max(memory.knownFrom, countsUntil(episode, windowMs));
  memory.episodes = kept;
}

/** The condition of the place, or of a device; opened if need be. */
export function conditionOn(rule: GroupRule, memory: GroupMemory, deviceId: string): GroupConditionState {
  const perDevice = rule.condition.alarmOn !== undefined;
  const known = memory.conditions.find((one) => !perDevice || one.deviceId === deviceId);
  if (known) return known;
  const added = { ...newCondition(perDevice ? '' : memory.subject), deviceId, turnedTs: 0 };
  memory.conditions.push(added);
  return added;
}

function conditionsToLookAt(rule: GroupRule, memory: GroupMemory): readonly GroupConditionState[] {
  const { alarmOn } = rule.condition;
  const [first] = memory.episodes;
  if (alarmOn === undefined) {
    if (first) conditionOn(rule, memory, first.deviceId);
  } else
    for (const { memberId, deviceId } of memory.episodes) if (memberId === alarmOn) conditionOn(rule, memory, deviceId);
  return memory.conditions;
}

/** @returns whether it began or ended */
function turnOnce(rule: GroupRule, memory: GroupMemory, one: GroupConditionState, scene: Scene): boolean {
  const at = turningPoints(rule, memory, one).find((t) => holdsNow(rule, memory, one, t) !== one.active);
  if (at === undefined) return false;
  one.turnedTs = at;
  if (one.active) {
    clear(rule, one, one.deviceId, at, { kind: 'group', over: true, atLeast: rule.condition.atLeast }, scene);
    return true;
  }
  if (rule.condition.alarmOn === undefined) one.deviceId = completer(memory.episodes, rule, at) ?? one.deviceId;
  raise(rule, one, one.deviceId, at, causeAt(rule, memory, at), scene);
  return true;
}

/** What began on a device beside others lasts as long as it does there, whatever becomes of the others. */
function holdsNow({ condition }: GroupRule, { episodes }: GroupMemory, one: GroupConditionState, t: number): boolean {
  if (condition.alarmOn === undefined) return isEnoughAt(episodes, condition, t);
  const own = episodes.filter((episode) => episode.deviceId === one.deviceId && holdsAt(episode, t));
  const marked = own.filter(({ memberId }) => memberId === condition.alarmOn);
  if (one.active) return marked.length > 0;
  return marked.length > 0 && marked.length === own.length && isEnoughAt(episodes, condition, t);
}

/** Moments at which it may have begun or ended since it last did, as far as device time has come. */
function turningPoints(
  rule: GroupRule,
  { episodes, knownFrom, seenTs }: GroupMemory,
  one: GroupConditionState,
): number[] {
  const { windowMs } = rule.condition;
  const from = Math.max(one.turnedTs, knownFrom);
  const moments = one.active
    ? episodes.flatMap((episode) => [countsUntil(episode, windowMs), holds(episode) ? Infinity : episode.endedTs])
    : episodes.flatMap((episode) => [episode.since, episode.beganTs]);
  const since = moments.filter((t) => t > from && t <= seenTs).sort((a, b) => a - b);
  return from > 0 ? [from, ...since] : since;
}

/**
 * Whose begin made it enough: of devices of the rule's own domain, as an alarm belongs to the domain of its device, so that a camera that
 * saw the smoke does not make a case for those who look after cameras. Of several at one moment the first by name, whoever was told first.
 */
function completer(episodes: readonly Episode[], { domain, condition }: GroupRule, at: number): string | undefined {
  const isOwn = ({ memberId }: Episode): boolean =>
    (condition.members.find(({ id }) => id === memberId)?.domain ?? domain) === domain;
  const [newest] = countingAt(episodes, at, condition.windowMs).sort(
    (a, b) => Number(isOwn(b)) - Number(isOwn(a)) || b.since - a.since || (a.deviceId < b.deviceId ? -1 : 1),
  );
  return newest?.deviceId;
}

/** So many are named, and as many as it takes: the alarm's page must stay readable, and after a start they are found again by it. */
const mostNamed = 12;

function causeAt({ condition }: GroupRule, { key, episodes }: GroupMemory, at: number): Record<string, unknown> {
  const counted = countingAt(episodes, at, condition.windowMs).sort((a, b) => a.since - b.since);
  return {
    kind: 'group',
    within: condition.within,
    place: key,
    atLeast: condition.atLeast,
    counting: condition.counting,
    counted: counted.length,
    members: named(counted, condition).map(({ memberId, deviceId, since, holding, cause }) => ({
      member: memberId,
      deviceId,
      at: since,
      ...(holding[0] ? { subject: holding[0] } : {}),
      cause,
    })),
  };
}

/** First those that make it enough, each once, then the others. */
function named(counted: readonly Episode[], { counting, atLeast }: GroupCondition): Episode[] {
  const firsts = new Map<string, Episode>();
  for (const one of counted) {
    const key =
      counting === 'device' ? one.deviceId : counting === 'member' ? one.memberId : `${one.memberId} ${one.deviceId}`;
    if (!firsts.has(key)) firsts.set(key, one);
  }
  const chosen = new Set([...firsts.values(), ...counted].slice(0, Math.max(mostNamed, atLeast)));
  return counted.filter((one) => chosen.has(one));
}
