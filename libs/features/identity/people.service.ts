import { Inject, Injectable } from '@nestjs/common';
import type { Locale, Person, Role } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Actor, UnitOfWork, violatedUnique } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { Passwords } from './passwords.js';

export interface NewPerson {
  login: string;
  password: string;
  name: string;
  role: Role;
  areaId: string;
  locale: Locale;
}

@Injectable()
export class PeopleService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly passwords: Passwords,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws ProblemError `already-exists` when the login is taken */
  async create({ password, ...facts }: NewPerson, actor: Actor = { kind: 'system', id: 'setup' }): Promise<Person> {
    const passwordHash = await this.passwords.hash(password);
    const person: Person = { id: this.ids.next(), ...facts };
    try {
      await this.unitOfWork.run(async ({ db, audit }) => {
        await db
          .insertInto('people')
          .values({ ...person, passwordHash, createdAt: new Date(this.clock.now()) })
          .execute();
        audit({
          actor,
          action: 'person.created',
          subjectType: 'person',
          subjectId: person.id,
          change: { role: person.role, areaId: person.areaId },
        });
      });
    } catch (error) {
      if (violatedUnique(error)) throw new ProblemError('already-exists', 'this login is taken');
      throw error;
    }
    return person;
  }

  /** Sets a new password and ends every session of this person. @throws ProblemError `not-found` */
  async resetPassword(login: string, password: string, actor: Actor = { kind: 'system', id: 'setup' }): Promise<void> {
    const passwordHash = await this.passwords.hash(password);
    await this.unitOfWork.run(async ({ db, audit }) => {
      const row = await db
        .updateTable('people')
        .set({ passwordHash })
        .where('login', '=', login)
        .returning('id')
        .executeTakeFirst();
      if (!row) throw new ProblemError('not-found', 'nobody has this login');
      await db.deleteFrom('sessions').where('personId', '=', row.id).execute();
      audit({ actor, action: 'person.password-reset', subjectType: 'person', subjectId: row.id, change: {} });
    });
  }
}
