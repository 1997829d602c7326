import { Injectable } from '@nestjs/common';
import type { CreatePerson, Person, PersonCredentials, Role, Staff, UpdatePerson } from '@sc/contracts';
import { PeopleService } from '@sc/features/identity';
import { type Transaction, UnitOfWork, violatedUnique } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { areaScope } from './area-scope.js';
import { refusals } from './refusals.js';
import { assertArea } from './within-scope.js';

/** A manager runs their area; who is an administrator is for administrators to say. */
export const mayManage = (actor: Person, role: Role): boolean => actor.role === 'admin' || role !== 'admin';

const forbidden = () => new ProblemError('forbidden', refusals.onlyAdministrators);

/** Changes of the staff, within the area of whoever makes them; each is in the audit trail. */
@Injectable()
export class StaffService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: PeopleService,
  ) {}

  /** @throws ProblemError `not-found` (area), `forbidden` (role), `already-exists` (login) */
  async create(actor: Person, facts: CreatePerson): Promise<PersonCredentials> {
    if (!mayManage(actor, facts.role)) throw forbidden();
    const prepared = await this.people.prepareWithFirstPassword(facts);
    try {
      await this.unitOfWork.run(async (transaction) => {
        await assertArea(transaction, actor, facts.areaId);
        await this.people.insert(transaction, [prepared], { kind: 'person', id: actor.id });
      });
    } catch (error) {
      if (violatedUnique(error)) throw new ProblemError('already-exists', commonRefusals.loginTaken);
      throw error;
    }
    return { person: { ...prepared.person, active: true }, password: prepared.password };
  }

  /**
   * Nobody changes their own role, area or access: so nobody locks themselves out, and there is always an administrator.
   * @throws ProblemError `not-found`, `forbidden` (role), `action-not-allowed` (oneself)
   */
  async update(actor: Person, id: string, change: UpdatePerson): Promise<Staff> {
    return this.unitOfWork.run(async (transaction) => {
      const { db, audit } = transaction;
      const before = await this.lock(transaction, actor, id);
      const { name, ...rest } = change;
      const changes = Object.entries(rest).some(
        ([key, value]) => value !== undefined && value !== before[key as 'role'],
      );
      if (!changes && (name === undefined || name === before.name)) return before;
      if (change.role && !mayManage(actor, change.role)) throw forbidden();
      if (id === actor.id && touchesAccess(before, change))
        throw new ProblemError('action-not-allowed', refusals.ownAccess);
      if (change.areaId) await assertArea(transaction, actor, change.areaId);
      const after = { ...before, ...defined(change) };
      await db
        .updateTable('people')
        .set({ name: after.name, role: after.role, areaId: after.areaId, locale: after.locale, active: after.active })
        .where('id', '=', id)
        .execute();
      if (!after.active) await db.deleteFrom('sessions').where('personId', '=', id).execute();
      audit({
        actor: { kind: 'person', id: actor.id },
        action: 'person.updated',
        subjectType: 'person',
        subjectId: id,
        // The name itself is personal data, and the trail is for ever.
        change: { ...rest, ...(name === undefined ? {} : { name: true }) },
      });
      return after;
    });
  }

  /** A new first password, answered once. @throws ProblemError `not-found`, `forbidden` */
  async resetPassword(actor: Person, id: string): Promise<PersonCredentials> {
    const person = await this.unitOfWork.run((transaction) => this.lock(transaction, actor, id));
    const password = await this.people.resetToFirstPassword(person.login, { kind: 'person', id: actor.id });
    return { person, password };
  }

  private async lock({ db }: Transaction, actor: Person, id: string): Promise<Staff> {
    // Two administrators who switch each other off follow each other: the second is one no more.
    const admins = await db
      .selectFrom('people')
      .select('id')
      .where('role', '=', 'admin')
      .where('active', '=', true)
      .orderBy('id')
      .forUpdate()
      .execute();
    if (actor.role === 'admin' && !admins.some((admin) => admin.id === actor.id)) throw forbidden();
    const row = await db
      .selectFrom('people')
      .innerJoin('areas', 'areas.id', 'people.areaId')
      .select(['people.id', 'login', 'people.name', 'role', 'areaId', 'locale', 'active'])
      .where('people.id', '=', id)
      .where(areaScope(actor.areaId))
      .forUpdate('people')
      .executeTakeFirst();
    if (!row) throw new ProblemError('not-found', commonRefusals.noPerson);
    if (!mayManage(actor, row.role)) throw forbidden();
    return row;
  }
}

const touchesAccess = (before: Staff, { role, areaId, active }: UpdatePerson): boolean =>
  (role ?? before.role) !== before.role ||
  (areaId ?? before.areaId) !== before.areaId ||
  (active ?? before.active) !== before.active;

const defined = (change: UpdatePerson): Partial<Staff> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
