import type { GroupCondition } from '@sc/contracts';

/** One member on one device: since when it counts, and until when. Plain JSON; device time. */
export interface Episode {
  memberId: string;
  deviceId: string;
  /** Since when it has counted without a break. */
  since: number;
  /** Newest begin: from there the window runs. */
  beganTs: number;
  /** Newest end; means something only when nothing holds. */
  endedTs: number;
  /** Subjects of the member's condition that hold (reviews of a camera); '' where there is only one. */
  holding: string[];
  cause: Record<string, unknown>;
}

/** Episodes that one place remembers. Of more than that at once the newest are not counted: so many hold anyway. */
export const mostEpisodes = 128;
/** What has stopped counting is remembered so long: what was told late may have begun before. */
const lateMs = 600_000;

export const holds = (episode: Episode): boolean => episode.holding.length > 0;

/** Until when (exclusive) it counts. */
export const countsUntil = (episode: Episode, windowMs: number): number =>
  holds(episode) ? Infinity : Math.max(episode.endedTs, episode.beganTs + windowMs);

/** Whether the member's condition itself holds at `t`. */
export const holdsAt = (episode: Episode, t: number): boolean =>
  episode.since <= t && (holds(episode) || t < episode.endedTs);

export const countingAt = (episodes: readonly Episode[], t: number, windowMs: number): Episode[] =>
  episodes.filter((episode) => episode.since <= t && t < countsUntil(episode, windowMs));

/** Whether enough count at `t`. */
export function isEnoughAt(
  episodes: readonly Episode[],
  { atLeast, counting, windowMs }: Pick<GroupCondition, 'atLeast' | 'counting' | 'windowMs'>,
  t: number,
): boolean {
  const counted = countingAt(episodes, t, windowMs);
  if (counted.length < atLeast) return false;
  if (counting === 'each') return true;
  return new Set(counted.map((one) => (counting === 'device' ? one.deviceId : one.memberId))).size >= atLeast;
}

/** Whether a begin at `at` comes after a break, so that what was before it is remembered no more. */
export function isAnew(
  episodes: readonly Episode[],
  { memberId, deviceId, at }: { memberId: string; deviceId: string; at: number },
  windowMs: number,
): boolean {
  const known = find(episodes, memberId, deviceId);
  return known !== undefined && at > countsUntil(known, windowMs);
}

/** Takes a begin of a member's condition. */
export function beginEpisode(
  episodes: Episode[],
  {
    memberId,
    deviceId,
    subject,
    at,
    cause,
  }: { memberId: string; deviceId: string; subject: string; at: number; cause: Record<string, unknown> },
  windowMs: number,
): void {
  const known = find(episodes, memberId, deviceId);
  if (!known) {
    if (episodes.length >= mostEpisodes && !dropOldest(episodes)) return;
    episodes.push({ memberId, deviceId, since: at, beganTs: at, endedTs: 0, holding: [subject], cause });
    return;
  }
  if (at > countsUntil(known, windowMs)) known.since = at;
  known.beganTs = Math.max(known.beganTs, at);
  if (!known.holding.includes(subject)) known.holding.push(subject);
  known.cause = cause;
}

/** Takes an end of a member's condition. */
export function endEpisode(
  episodes: Episode[],
  { memberId, deviceId, subject, at }: { memberId: string; deviceId: string; subject: string; at: number },
): void {
  const known = find(episodes, memberId, deviceId);
  if (!known) return;
  known.holding = known.holding.filter((one) => one !== subject);
  known.endedTs = Math.max(known.endedTs, at);
}

/** Forgets what can matter no more at device time `seenTs`. */
export const stillMatter = (episodes: readonly Episode[], windowMs: number, seenTs: number): Episode[] =>
  episodes.filter((episode) => countsUntil(episode, windowMs) > seenTs - lateMs);

const find = (episodes: readonly Episode[], memberId: string, deviceId: string): Episode | undefined =>
  episodes.find((one) => one.memberId === memberId && one.deviceId === deviceId);

function dropOldest(episodes: Episode[]): boolean {
  const over = episodes.filter((one) => !holds(one)).sort((a, b) => a.endedTs - b.endedTs)[0];
  if (over) episodes.splice(episodes.indexOf(over), 1);
  return over !== undefined;
}
