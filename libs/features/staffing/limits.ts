const day = 24 * 3_600_000;

/** Of plans, not of what is in them: that is in the contract. */
export const plansKept = {
  /** Of all: one takes a processor to itself. */
  running: 1,
  /** Waiting and running, of one person and of all. */
  openPerPerson: 2,
  open: 20,
  /** Results and failures that one person keeps. */
  keptPerPerson: 30,
  /** After its end. */
  keptMs: 30 * day,
  /** A run that has not been heard of for so long is begun again, at most so often. */
  silentMs: 30_000,
  attempts: 3,
} as const;
