import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Person } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import type { CurrentSession } from '@sc/platform/http';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';

const idleMs = 12 * 3_600_000;
export const longestSessionMs = 24 * 3_600_000;
/** A session is moved on at most this often: not every request should write. */
const renewEveryMs = 10 * 60_000;
const pruneEveryMs = 10 * 60_000;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Logged-in people. The token is known to the browser alone; a copy of the table opens nothing. */
@Injectable()
export class Sessions implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private readonly endListeners = new Set<(tokenHash: Buffer) => void>();

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.prune(), pruneEveryMs);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Called when somebody logs out of this process: their live streams end at once. */
  onEnd(listener: (tokenHash: Buffer) => void): () => void {
    this.endListeners.add(listener);
    return () => this.endListeners.delete(listener);
  }

  async open(personId: string): Promise<{ token: string; expiresAt: number }> {
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const expiresAt = now + idleMs;
    await this.unitOfWork.run(({ db }) =>
      db
        .insertInto('sessions')
        .values({ tokenHash: hashOf(token), personId, createdAt: new Date(now), expiresAt: new Date(expiresAt) })
        .execute(),
    );
    return { token, expiresAt };
  }

  /** Who holds this token, or `undefined` when it is none, has expired, or its person may not log in any more. */
  async find(token: string): Promise<{ person: Person; session: CurrentSession } | undefined> {
    // Anything else cannot be one of ours and need not reach PostgreSQL.
    if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined;
    const found = await this.read(hashOf(token));
    return found && { person: found.person, session: await this.renew(found.session, found.createdAt) };
  }

  /** Who holds these sessions now, by the hexadecimal hash; one that has ended is missing. For connections that outlive a request. */
  async peopleOf(tokenHashes: readonly Buffer[]): Promise<Map<string, Person>> {
    if (tokenHashes.length === 0) return new Map();
    const rows = await this.valid().where('tokenHash', 'in', tokenHashes).execute();
    return new Map(
      rows.map(({ tokenHash, createdAt: _, expiresAt: __, passwordInitial: ___, ...person }) => [
        tokenHash.toString('hex'),
        person,
      ]),
    );
  }

  async end(tokenHash: Buffer): Promise<void> {
    await this.unitOfWork.run(({ db }) => db.deleteFrom('sessions').where('tokenHash', '=', tokenHash).execute());
    this.tellEnded(tokenHash);
  }

  /** After a session was deleted: its live streams end. */
  tellEnded(tokenHash: Buffer): void {
    for (const listener of this.endListeners) listener(tokenHash);
  }

  async prune(): Promise<void> {
    try {
      const now = new Date(this.clock.now());
      await this.unitOfWork.run(({ db }) => db.deleteFrom('sessions').where('expiresAt', '<=', now).execute());
    } catch (err) {
      this.logger.warn({ err }, 'expired sessions not pruned; tried again later');
    }
  }

  private async read(
    tokenHash: Buffer,
  ): Promise<{ person: Person; session: CurrentSession; createdAt: number } | undefined> {
    const row = await this.valid().where('tokenHash', '=', tokenHash).executeTakeFirst();
    if (!row) return undefined;
    const { createdAt, expiresAt, passwordInitial, tokenHash: _, ...person } = row;
    const session = { tokenHash, expiresAt: expiresAt.getTime(), passwordInitial };
    return { person, session, createdAt: createdAt.getTime() };
  }

  private valid() {
    return this.database
      .selectFrom('sessions')
      .innerJoin('people', 'people.id', 'sessions.personId')
      .select([
        'people.id',
        'login',
        'name',
        'role',
        'areaId',
        'locale',
        'passwordInitial',
        'tokenHash',
        'sessions.createdAt',
        'expiresAt',
      ])
      .where('expiresAt', '>', new Date(this.clock.now()))
      .where('people.active', '=', true);
  }

  private async renew(session: CurrentSession, createdAt: number): Promise<CurrentSession> {
    const expiresAt = Math.min(this.clock.now() + idleMs, createdAt + longestSessionMs);
    if (expiresAt - session.expiresAt < renewEveryMs) return session;
    await this.unitOfWork.run(({ db }) =>
      db
        .updateTable('sessions')
        .set({ expiresAt: new Date(expiresAt) })
        .where('tokenHash', '=', session.tokenHash)
        .execute(),
    );
    return { ...session, expiresAt };
  }
}
