import { v7 as uuidV7 } from 'uuid';

/** The only source of time. Tests inject {@link FakeClock}; nothing else calls `Date.now()`. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/** The only source of new identities: UUID version 7 (RFC 9562), so that ids sort by their time of birth. */
export interface Ids {
  next(): string;
}

export const systemClock: Clock = { now: () => Date.now() };
export const systemIds: Ids = { next: () => uuidV7() };

/** Injection tokens. */
export const CLOCK = Symbol('Clock');
export const IDS = Symbol('Ids');
