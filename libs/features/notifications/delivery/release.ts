/** What the decision rests on; everything else about a message does not matter. */
export interface Waiting {
  /** Danger to life and property: told at once, always, alone. */
  danger: boolean;
  isSummary: boolean;
  /** End of the quiet hours that hold now. */
  quietUntil: number | undefined;
  /** Of this channel to this person (or group) in the last {@link foldWindowMs}; those about danger do not count. */
  releasedLately: number;
}

export type Release = { step: 'send' } | { step: 'hold'; until: number } | { step: 'fold' };

/** So many messages in ten minutes a person still reads; what comes beyond that is a flood, and one message that says so. */
export const foldBeyond = 8;
export const foldWindowMs = 10 * 60_000;
/** A summary waits that long for more to come, and is told anew no more often. */
export const summaryDelayMs = 60_000;

/** Whether a message is let through to its channel now. */
export function decideRelease({ danger, isSummary, quietUntil, releasedLately }: Waiting): Release {
  if (danger) return { step: 'send' };
  if (quietUntil !== undefined) return { step: 'hold', until: quietUntil };
  if (isSummary || releasedLately < foldBeyond) return { step: 'send' };
  return { step: 'fold' };
}
