import { Inject, Injectable } from '@nestjs/common';
import type { EvaluationGrouping, Person, Role, Text } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

const same = (name: string): Text => ({ 'zh-CN': name, en: name });

/** What the rows are called, and which of them the asking person may see. */
@Injectable()
export class RowNames {
  constructor(
    private readonly directory: Directory,
    @Inject(DATABASE) private readonly db: Kysely<Database>,
  ) {}

  /** @returns names by key; what is missing there is not told */
  async of(by: EvaluationGrouping, keys: readonly string[], person: Person): Promise<Map<string, Text | null>> {
    if (!keys.length) return new Map();
    if (by === 'person') return this.people(keys, person);
    if (by === 'month') return new Map(keys.map((key) => [key, null]));
    const named = by === 'team' ? this.teams(keys) : by === 'category' ? this.categories(keys) : this.areas(keys);
    const names = new Map((await named).map(({ id, name }) => [id, name]));
    return new Map(keys.map((key) => [key, names.get(key) ?? null]));
  }

  /** P9: a person's figures are for themselves and for those who answer for them. */
  private async people(keys: readonly string[], asking: Person): Promise<Map<string, Text | null>> {
    const rows = await this.db
      .selectFrom('people')
      .select(['id', 'name', 'role', 'areaId'])
      .where(sql<boolean>`id = any(${keys}::uuid[])`)
      .execute();
    const told = new Map<string, Text>();
    for (const row of rows) if (await this.maySee(asking, row)) told.set(row.id, same(row.name));
    return told;
  }

  private async maySee(asking: Person, other: { id: string; role: Role; areaId: string }): Promise<boolean> {
    if (other.id === asking.id) return true;
    if (!seesOthers(asking) || !(await this.directory.isInScope(asking.areaId, other.areaId))) return false;
    // A manager answers to those above, not to the manager beside.
    if (asking.role === 'admin' || (other.role !== 'manager' && other.role !== 'admin')) return true;
    return other.role === 'manager' && other.areaId !== asking.areaId;
  }

  private teams(keys: readonly string[]) {
    return this.db
      .selectFrom('teams')
      .select(['id', 'name'])
      .where(sql<boolean>`id = any(${keys}::uuid[])`)
      .execute();
  }

  private areas(keys: readonly string[]) {
    return this.db
      .selectFrom('areas')
      .select(['id', 'name'])
      .where(sql<boolean>`id = any(${keys})`)
      .execute();
  }

  /** As the newest case of each was called: also of kinds that are in the catalogue no more. */
  private async categories(keys: readonly string[]): Promise<{ id: string; name: Text }[]> {
    const { rows } = await sql<{ id: string; name: Text }>`
      select key as id, newest.title as name
      from unnest(${keys}::text[]) as key,
        lateral (select title from work_orders where category = key order by created_at desc, id desc limit 1) newest`.execute(
      this.db,
    );
    return rows;
  }
}

/** Whether this role answers for the work of others. */
export const seesOthers = ({ role }: Pick<Person, 'role'>): boolean => role === 'manager' || role === 'admin';
