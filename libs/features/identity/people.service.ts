import { Inject, Injectable } from '@nestjs/common';
import type { Locale, Person, Role } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Actor, type Transaction, UnitOfWork, violatedUnique } from '@sc/platform/database';
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
  async create(facts: NewPerson, actor: Actor = { kind: 'system', id: 'setup' }): Promise<Person> {
    const { person, insert } = await this.prepare(facts);
    try {
      await this.unitOfWork.run((transaction) => insert(transaction, actor));
    } catch (error) {
      if (violatedUnique(error)) throw new ProblemError('already-exists', 'this login is taken');
      throw error;
    }
    return person;
  }

  /** The slow half, outside of any transaction: hashing a password. `insert` then adds the person, audited. */
  async prepare({ password, ...facts }: NewPerson): Promise<{
    person: Person;
    insert: (transaction: Transaction, actor: Actor) => Promise<void>;
  }> {
    const passwordHash = await this.passwords.hash(password);
    const person: Person = { id: this.ids.next(), ...facts };
    const insert = async ({ db, audit }: Transaction, actor: Actor): Promise<void> => {
      const createdAt = new Date(this.clock.now());
      await db
        .insertInto('people')
        .values({ ...person, passwordHash, createdAt })
        .execute();
      const change = { role: person.role, areaId: person.areaId };
      audit({ actor, action: 'person.created', subjectType: 'person', subjectId: person.id, change });
    };
    return { person, insert };
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
