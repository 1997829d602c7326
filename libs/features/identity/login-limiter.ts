import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { ProblemError } from '@sc/platform/http';
import { refusals } from './refusals.js';

const windowMs = 15 * 60_000;
const perLoginAndAddress = 5;
/** A whole control room may sit behind one address. */
const perAddress = 100;
/** Keys remembered; beyond it the one that has not failed for longest is forgotten. */
const mostKeys = 10_000;

interface Failures {
  count: number;
  since: number;
}

/**
 * Counts failed logins per (login, address) and per address. Not per login alone: that would let anybody lock out a
 * person whose login they know.
 */
@Injectable()
export class LoginLimiter {
  private readonly failures = new Map<string, Failures>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws ProblemError `too-many-attempts` with the seconds to wait */
  check(login: string, address: string): void {
    const waits = this.keys(login, address).map(([key, limit]) => this.waitMs(key, limit));
    const waitMs = Math.max(...waits);
    if (waitMs > 0)
      throw new ProblemError('too-many-attempts', refusals.tooManyFailures, undefined, Math.ceil(waitMs / 1000));
  }

  /** Counted before the password is looked at, so that many attempts at once cannot slip through together. */
  begin(login: string, address: string): void {
    const now = this.clock.now();
    for (const [key] of this.keys(login, address)) {
      const current = this.failures.get(key);
      const next =
        current && now - current.since < windowMs ? { ...current, count: current.count + 1 } : { count: 1, since: now };
      this.failures.delete(key);
      this.failures.set(key, next);
    }
    while (this.failures.size > mostKeys) this.failures.delete(this.failures.keys().next().value!);
  }

  succeeded(login: string, address: string): void {
    const [[both], [address_]] = this.keys(login, address);
    this.failures.delete(both);
    const current = this.failures.get(address_);
    if (current) this.failures.set(address_, { ...current, count: Math.max(0, current.count - 1) });
  }

  private waitMs(key: string, limit: number): number {
    const current = this.failures.get(key);
    return current && current.count >= limit ? current.since + windowMs - this.clock.now() : 0;
  }

  private keys(login: string, address: string): [[string, number], [string, number]] {
    return [
      [`${address} ${login.toLowerCase()}`, perLoginAndAddress],
      [address, perAddress],
    ];
  }
}
