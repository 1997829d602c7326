import { Inject, Injectable } from '@nestjs/common';
import type { ChangePassword, Person, Text } from '@sc/contracts';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { LoginLimiter } from './login-limiter.js';
import { Passwords } from './passwords.js';
import { refusals } from './refusals.js';
import { Sessions } from './sessions.service.js';

const refused = (reason: Text) => new ProblemError('invalid-request', reason, [{ path: 'next', message: reason }]);
const same = (a: string, b: string): boolean => a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();

@Injectable()
export class OwnPassword {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    private readonly limiter: LoginLimiter,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Changes the password of whoever asks, and ends every other session of theirs: whoever knew the old one is out.
   * A session left open at the desk must not be a place to guess the password, so attempts count like logins.
   * @throws ProblemError `wrong-credentials`, `too-many-attempts`, `invalid-request` (new one is the login or the old one),
   * `conflict` when somebody gave a new password meanwhile
   */
  async change(person: Person, tokenHash: Buffer, { current, next }: ChangePassword, address: string): Promise<void> {
    if (same(next, person.login)) throw refused(refusals.isLogin);
    if (same(next, current)) throw refused(refusals.isPresentPassword);
    this.limiter.check(person.login, address);
    this.limiter.begin(person.login, address);
    const row = await this.database
      .selectFrom('people')
      .select('passwordHash')
      .where('id', '=', person.id)
      .executeTakeFirst();
    if (!row || !(await this.passwords.verify(row.passwordHash, current)))
      throw new ProblemError('wrong-credentials', refusals.wrongPassword);
    this.limiter.succeeded(person.login, address);
    await this.store(person.id, tokenHash, row.passwordHash, await this.passwords.hash(next));
  }

  private async store(personId: string, tokenHash: Buffer, before: string, passwordHash: string): Promise<void> {
    const ended = await this.unitOfWork.run(async ({ db, audit }) => {
      const changed = await db
        .updateTable('people')
        .set({ passwordHash, passwordInitial: false })
        .where('id', '=', personId)
        .where('passwordHash', '=', before)
        .returning('id')
        .executeTakeFirst();
      if (!changed) throw new ProblemError('conflict', refusals.changedMeanwhile);
      audit({
        actor: { kind: 'person', id: personId },
        action: 'person.password-changed',
        subjectType: 'person',
        subjectId: personId,
        change: {},
      });
      return db
        .deleteFrom('sessions')
        .where('personId', '=', personId)
        .where('tokenHash', '!=', tokenHash)
        .returning('tokenHash')
        .execute();
    });
    for (const session of ended) this.sessions.tellEnded(session.tokenHash);
  }
}
