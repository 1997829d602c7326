/** What a rule may do before it is stopped. */
export interface GuardLimits {
  /** Throws within a minute. One strange input must not end a whole rule, and a rule that cannot do its work throws at each. */
  throws: number;
  /** What one device tells of one rule in one minute of its own time is no flood up to here: on, off, and that twice more. */
  calmPerDevice: number;
  /** What counts of one device in a minute: one that plays mad must not end a rule for all others. */
  mostPerDevice: number;
  /**
   * Transitions beyond `calmPerDevice`, of all devices together, in a minute. A storm of thousands of alarms tells one or two
   * of each device and counts nothing here; a rule that flutters with each reading does.
   */
  excess: number;
  /** Microseconds that one input may cost on average: a thousand times what a rule costs. */
  microseconds: number;
}

export const guardLimits: GuardLimits = {
  throws: 5,
  calmPerDevice: 6,
  mostPerDevice: 60,
  excess: 600,
  microseconds: 200,
};
