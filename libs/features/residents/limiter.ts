import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { ProblemError } from '@sc/platform/http';
import { refusals } from './refusals.js';

const minute = 60_000;

/**
 * What one address may do. Phones of one provider share addresses, a whole building may sit behind one: the numbers stop programs, not
 * neighbours. Per place and per link there are limits of their own, in the database.
 */
const limits = {
  read: { most: 600, windowMs: 5 * minute },
  /** Codes and tokens that do not exist. */
  miss: { most: 40, windowMs: 15 * minute },
  write: { most: 40, windowMs: 60 * minute },
  upload: { most: 120, windowMs: 60 * minute },
} as const;
/** Addresses remembered; beyond it the one that was quiet for longest is forgotten. */
const mostKeys = 20_000;

/** Counts what residents do by address, in memory: no address is ever written down. */
@Injectable()
export class ResidentLimiter {
  private readonly counts = new Map<string, { count: number; since: number }>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws ProblemError `too-many-attempts` with the seconds to wait */
  take(kind: keyof typeof limits, address: string): void {
    this.check('miss', address);
    this.check(kind, address);
    this.count(kind, address);
  }

  miss(address: string): void {
    this.count('miss', address);
  }

  private check(kind: keyof typeof limits, address: string): void {
    const known = this.counts.get(`${kind} ${keyOf(address)}`);
    const { most, windowMs } = limits[kind];
    const waitMs = known && known.count >= most ? known.since + windowMs - this.clock.now() : 0;
    if (waitMs > 0) throw new ProblemError('too-many-attempts', refusals.tooMuch, undefined, Math.ceil(waitMs / 1000));
  }

  private count(kind: keyof typeof limits, address: string): void {
    const key = `${kind} ${keyOf(address)}`;
    const now = this.clock.now();
    const known = this.counts.get(key);
    const running = known && now - known.since < limits[kind].windowMs;
    this.counts.delete(key);
    this.counts.set(key, running ? { ...known, count: known.count + 1 } : { count: 1, since: now });
    while (this.counts.size > mostKeys) this.counts.delete(this.counts.keys().next().value!);
  }
}

/** One household of IPv6 has 2^64 addresses. */
export function keyOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const filled =
    tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - after.length).fill('0')];
  return filled.slice(0, 4).join(':');
}
