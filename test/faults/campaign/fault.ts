import type { Publishers } from './publishers.js';
import type { Random } from './random.js';

export interface Scene {
  publishers: Publishers;
  random: Random;
  /** Share of the full size of what is long: the ten minutes without a store. */
  scale: number;
}

/** One way in which something breaks, and how whoever runs it answers: a process that ended is started again, no more. */
export interface Fault {
  kind: string;
  /** For what has to be arranged before the load starts. */
  prepare?(): Promise<void>;
  /** Resolves when the cause is gone, with the moment from which recovery is counted. */
  strike(scene: Scene): Promise<number>;
  /** Everything is sent twice and out of order. */
  twice?: boolean;
  /** A broker elsewhere forgets what it has acknowledged: that is told, not judged. */
  brokerForgets?: boolean;
  /** Readings of ten minutes of the past, 1,000 a second, as fast as they are taken. */
  past?: boolean;
  /** Others come about so often in one pass. */
  weight: number;
}

export const pastSeconds = 600;
export const pastPerSecond = 1000;
