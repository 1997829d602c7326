export interface TimeShift {
  /** `ts` of a reading, ms since the epoch. */
  tsOf(timeS: number): number;
  /** When to send it, ms after the start. */
  sendAfterMs(timeS: number): number;
  /** The `ts` of ignition: TIME 0. */
  ignition: number;
}

/**
 * The contract's replay: spacing kept, moved so that the last reading is now, where "now" is the moment it is sent. With
 * `speed` ≥ 1 no reading is ever ahead of the clock.
 * @param start when the replay begins, ms since the epoch
 */
export function shiftTime(firstS: number, lastS: number, start: number, speed: number): TimeShift {
  const end = start + Math.round(((lastS - firstS) * 1000) / speed);
  const tsOf = (timeS: number): number => end - Math.round((lastS - timeS) * 1000);
  return { tsOf, sendAfterMs: (timeS) => ((timeS - firstS) * 1000) / speed, ignition: tsOf(0) };
}
