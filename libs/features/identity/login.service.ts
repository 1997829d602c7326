import { Inject, Injectable } from '@nestjs/common';
import type { Login, Session } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { LoginLimiter } from './login-limiter.js';
import { Passwords } from './passwords.js';
import { refusals } from './refusals.js';
import { Sessions } from './sessions.service.js';

@Injectable()
export class LoginService {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    private readonly limiter: LoginLimiter,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws ProblemError `wrong-credentials` or `too-many-attempts`; the first never tells which of the two was wrong */
  async login({ login, password }: Login, address: string): Promise<{ token: string; session: Session }> {
    this.limiter.check(login, address);
    this.limiter.begin(login, address);
    const row = await this.database
      .selectFrom('people')
      .select(['id', 'login', 'name', 'role', 'areaId', 'locale', 'passwordHash', 'passwordInitial'])
      .where('login', '=', login)
      .where('active', '=', true)
      .executeTakeFirst();
    if (!(await this.passwords.verify(row?.passwordHash, password)) || !row) {
      // A password typed into the wrong field must not end up here: only logins that exist are written down.
      await this.note('login-failed', row?.id ?? 'unknown', address);
      throw new ProblemError('wrong-credentials', refusals.wrongCredentials);
    }
    this.limiter.succeeded(login, address);
    const { token, expiresAt } = await this.sessions.open(row.id);
    await this.note('login', row.id, address);
    const { passwordHash: _, passwordInitial, ...person } = row;
    return { token, session: { person, expiresAt: new Date(expiresAt).toISOString(), passwordInitial } };
  }

  /** Whether the login stands does not depend on whether it could be noted. */
  private async note(kind: 'login' | 'login-failed', actor: string, remoteAddress: string): Promise<void> {
    try {
      const at = new Date(this.clock.now());
      await this.unitOfWork.run(({ db }) =>
        db
          .insertInto('securityLog')
          .values({ id: this.ids.next(), at, kind, actor, remoteAddress, detail: '' })
          .execute(),
      );
    } catch (err) {
      this.logger.warn({ err, kind }, 'security log entry not written');
    }
  }
}
