import { Inject, Injectable } from '@nestjs/common';
import type { Locale, Person, Role } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Actor, type Transaction, UnitOfWork, violatedUnique } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { newFirstPassword, Passwords } from './passwords.js';
import { refusals } from './refusals.js';

export interface NewPerson {
  login: string;
  password: string;
  name: string;
  role: Role;
  areaId: string;
  locale: Locale;
}

export interface PreparedPerson {
  person: Person;
  passwordHash: string;
  /** Known to whoever adds the person, who hands it over. */
  passwordInitial: boolean;
}

/** PostgreSQL takes at most 65,535 parameters in a statement. */
const rowsPerStatement = 1000;

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
    const prepared = await this.prepare(facts);
    try {
      await this.unitOfWork.run((transaction) => this.insert(transaction, [prepared], actor));
    } catch (error) {
      if (violatedUnique(error)) throw new ProblemError('already-exists', commonRefusals.loginTaken);
      throw error;
    }
    return prepared.person;
  }

  /** The slow half, outside of any transaction: hashing a password that a person chose. */
  async prepare({ password, ...facts }: NewPerson): Promise<PreparedPerson> {
    return {
      person: { id: this.ids.next(), ...facts },
      passwordHash: await this.passwords.hash(password),
      passwordInitial: false,
    };
  }

  /** With a first password of ours, which whoever adds the person hands over. */
  async prepareWithFirstPassword(facts: Omit<NewPerson, 'password'>): Promise<PreparedPerson & { password: string }> {
    const password = newFirstPassword();
    const passwordHash = await this.passwords.hashFirst(password);
    return { person: { id: this.ids.next(), ...facts }, passwordHash, passwordInitial: true, password };
  }

  /** Adds prepared people, audited. A taken login violates the unique key of `people`. */
  async insert({ db, audit }: Transaction, prepared: readonly PreparedPerson[], actor: Actor): Promise<void> {
    const createdAt = new Date(this.clock.now());
    for (let start = 0; start < prepared.length; start += rowsPerStatement)
      await db
        .insertInto('people')
        .values(
          prepared.slice(start, start + rowsPerStatement).map(({ person, passwordHash, passwordInitial }) => ({
            ...person,
            passwordHash,
            passwordInitial,
            createdAt,
          })),
        )
        .execute();
    for (const { person } of prepared) {
      const change = { role: person.role, areaId: person.areaId };
      audit({ actor, action: 'person.created', subjectType: 'person', subjectId: person.id, change });
    }
  }

  /** A new first password, answered once; every session of this person ends. @throws ProblemError `not-found` */
  async resetToFirstPassword(login: string, actor: Actor): Promise<string> {
    const password = newFirstPassword();
    await this.resetPassword(login, password, actor, true);
    return password;
  }

  /** Sets a new password and ends every session of this person. @throws ProblemError `not-found` */
  async resetPassword(
    login: string,
    password: string,
    actor: Actor = { kind: 'system', id: 'setup' },
    passwordInitial = false,
  ): Promise<void> {
    const passwordHash = await this.passwords.hash(password);
    await this.unitOfWork.run(async ({ db, audit }) => {
      const row = await db
        .updateTable('people')
        .set({ passwordHash, passwordInitial })
        .where('login', '=', login)
        .returning('id')
        .executeTakeFirst();
      if (!row) throw new ProblemError('not-found', refusals.noLogin);
      await db.deleteFrom('sessions').where('personId', '=', row.id).execute();
      audit({ actor, action: 'person.password-reset', subjectType: 'person', subjectId: row.id, change: {} });
    });
  }
}
