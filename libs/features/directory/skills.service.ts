import { Inject, Injectable } from '@nestjs/common';
import type { AuditSubject, AuditAction, Person, Skill, Text } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { json, type Transaction, UnitOfWork, violatedUnique } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { refusals } from './refusals.js';
import { usesOf } from './skill-uses.js';
import { lockPeople } from './within-scope.js';

/** What people can do: one list for the whole site, so that kinds of work and people speak of the same. */
@Injectable()
export class SkillsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `already-exists` */
  async add(actor: Person, { slug, title }: Skill): Promise<Skill> {
    try {
      await this.unitOfWork.run(async (transaction) => {
        const createdAt = new Date(this.clock.now());
        await transaction.db
          .insertInto('skills')
          .values({ slug, title: json(title), createdAt })
          .execute();
        tell(transaction, actor, 'skill.added', slug, { title });
      });
    } catch (error) {
      if (violatedUnique(error)) throw new ProblemError('already-exists', refusals.skillTaken);
      throw error;
    }
    return { slug, title };
  }

  /** @throws ProblemError `not-found` */
  async rename(actor: Person, slug: string, title: Text): Promise<Skill> {
    return this.unitOfWork.run(async (transaction) => {
      const row = await transaction.db
        .updateTable('skills')
        .set({ title: json(title) })
        .where('slug', '=', slug)
        .returning('slug')
        .executeTakeFirst();
      if (!row) throw new ProblemError('not-found', refusals.noSkill);
      tell(transaction, actor, 'skill.updated', slug, { title });
      return { slug, title };
    });
  }

  /** All that somebody can do. @throws ProblemError `not-found` (person out of sight, unknown skill) */
  async setOf(actor: Person, personId: string, skills: string[]): Promise<string[]> {
    return this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      await lockPeople(transaction, actor, [personId], 'id');
      const known = skills.length
        ? await db.selectFrom('skills').select('slug').where('slug', 'in', skills).execute()
        : [];
      const unknown = skills.findIndex((skill) => !known.some(({ slug }) => slug === skill));
      if (unknown >= 0)
        throw new ProblemError('not-found', refusals.noSkill, [
          { path: `skills.${unknown}`, message: refusals.noSkill },
        ]);
      await setSkills(transaction, actor, personId, skills);
      return skills;
    });
  }

  /**
   * Takes it out of the list. Somebody who asks for it, or is known for it, keeps it there.
   * @throws ProblemError `not-found`, `in-use` (each `SkillUse` with who or what it is)
   */
  async remove(actor: Person, slug: string): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      // Nobody writes the catalogue meanwhile, nor gives the skill to somebody: both wait and then find it gone.
      await db.selectFrom('catalogueRevision').select('revision').forUpdate().execute();
      const row = await db.selectFrom('skills').select('title').where('slug', '=', slug).forUpdate().executeTakeFirst();
      if (!row) throw new ProblemError('not-found', refusals.noSkill);
      const uses = await usesOf(transaction, actor, slug);
      if (uses.length) throw new ProblemError('in-use', refusals.skillInUse, uses);
      await db.deleteFrom('skills').where('slug', '=', slug).execute();
      tell(transaction, actor, 'skill.removed', slug, { title: row.title });
    });
  }
}

/** All that somebody can do; the caller has checked who and what. */
export async function setSkills(
  transaction: Transaction,
  actor: Person,
  personId: string,
  skills: readonly string[],
): Promise<void> {
  const { db } = transaction;
  await db.deleteFrom('personSkills').where('personId', '=', personId).execute();
  if (skills.length)
    await db
      .insertInto('personSkills')
      .values(skills.map((skill) => ({ personId, skill })))
      .execute();
  tell(transaction, actor, 'person.skills-set', personId, { skills }, 'person');
}

const tell = (
  { audit }: Transaction,
  actor: Person,
  action: AuditAction,
  subjectId: string,
  change: Record<string, unknown>,
  subjectType: AuditSubject = 'skill',
) => audit({ actor: { kind: 'person', id: actor.id }, action, subjectType, subjectId, change });
