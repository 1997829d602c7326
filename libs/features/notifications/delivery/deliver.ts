import type { ChannelMessage, NotificationChannel, Outcome } from '@sc/platform/channels';
import type { Stop } from './destinations.js';

export interface Round {
  outcome: Outcome;
  /** Browsers that have the message now. */
  reached: string[];
  /** Browsers that are no more. */
  gone: string[];
}

/**
 * Tells every place of one person. A browser that has it is not told again when another one has to be tried again: `later` while one
 * of them may still be reached, `delivered` when at least one was, else what the last one said.
 */
export async function deliverTo(
  channel: NotificationChannel,
  message: ChannelMessage,
  stops: readonly Stop[],
  before: readonly string[],
): Promise<Round> {
  const reached = [...before];
  const gone: string[] = [];
  let postponed: Extract<Outcome, { outcome: 'later' }> | undefined;
  let last: Outcome = reached.length ? { outcome: 'delivered' } : { outcome: 'refused', reason: 'no-address' };
  for (const { id, destination } of stops) {
    if (id && reached.includes(id)) continue;
    const outcome = await channel.deliver(message, destination);
    if (outcome.outcome === 'later') postponed = outcome;
    if (outcome.outcome === 'refused' && outcome.gone && id) gone.push(id);
    if (outcome.outcome === 'delivered' && id) reached.push(id);
    if (last.outcome !== 'delivered') last = outcome;
  }
  return { outcome: postponed ?? last, reached, gone };
}
