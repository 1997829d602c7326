import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '@sc/platform/http';
import { refusals } from './refusals.js';

/** argon2id as OWASP's password storage cheat sheet has it: 19 MiB, two passes, one lane. About 12 ms on two cores. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** For first passwords that we made: their 79 random bits are too many to guess at any speed, and 5,000 may be needed at once. */
const lightOptions = { memoryCost: 256, timeCost: 1, parallelism: 1 };
const isLight = /\$m=256,/;

/** Hashes in work at once: each takes 19 MiB and one of libuv's four threads, which files need too. */
const atOnce = 2;
/** More waiting than this is not people logging in. */
const mostWaiting = 50;

/** Password hashes for people. Device secrets are random and need no such thing. */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password.normalize('NFC'), options));
  }

  /** Of a password from {@link newFirstPassword}, never of one that a person chose. */
  hashFirst(password: string): Promise<string> {
    return this.inTurn(() => hash(password, lightOptions));
  }

  /** Takes as long without a hash as with one, so that the answer's time does not tell which logins exist. */
  async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
    const decoy = await (this.decoy ??= hash('decoy', options));
    const against = passwordHash?.startsWith('$argon2') ? passwordHash : decoy;
    const fits = await this.inTurn(() => verify(against, password.normalize('NFC')));
    if (isLight.test(against)) await this.inTurn(() => verify(decoy, password));
    return fits && against === passwordHash;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= atOnce) {
      if (this.waiting.length >= mostWaiting)
        throw new ProblemError('unavailable', refusals.tooManyAtOnce, undefined, 2);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

/** Small letters and digits that nobody mistakes for each other. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Like `k7wm-q3vd-…`: 79 random bits that a person can type from a slip of paper. */
export const newFirstPassword = (): string =>
  [0, 1, 2, 3].map(() => [0, 1, 2, 3].map(() => letters.charAt(randomInt(letters.length))).join('')).join('-');
