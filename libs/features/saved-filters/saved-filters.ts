import { Inject, Injectable } from '@nestjs/common';
import { type CreateSavedFilter, mostSavedFilters, type SavedFilter, type SavedFilterPage } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, type Row, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { refusals } from './refusals.js';

/** What each person keeps for each list. */
@Injectable()
export class SavedFilters {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async of(personId: string, page: SavedFilterPage): Promise<SavedFilter[]> {
    const rows = await this.db
      .selectFrom('savedFilters')
      .selectAll()
      .where('personId', '=', personId)
      .where('page', '=', page)
      .orderBy('name')
      .execute();
    return rows.map(toSavedFilter);
  }

  /** @throws ProblemError `beyond-limit` when the person has too many for this list */
  async save(personId: string, { page, name, query }: CreateSavedFilter): Promise<SavedFilter> {
    return this.unitOfWork.run(async ({ db }) => {
      // Two tabs that save at once are counted one after the other.
      await sql`select from people where id = ${personId} for no key update`.execute(db);
      const others = await db
        .selectFrom('savedFilters')
        .select('id')
        .where('personId', '=', personId)
        .where('page', '=', page)
        .where('name', '!=', name)
        .execute();
      if (others.length >= mostSavedFilters)
        throw new ProblemError('beyond-limit', refusals.tooManyFilters(mostSavedFilters));
      const createdAt = new Date(this.clock.now());
      const row = await db
        .insertInto('savedFilters')
        .values({ id: this.ids.next(), personId, page, name, query, createdAt })
        .onConflict((conflict) => conflict.columns(['personId', 'page', 'name']).doUpdateSet({ query, createdAt }))
        .returningAll()
        .executeTakeFirstOrThrow();
      return toSavedFilter(row);
    });
  }

  async remove(personId: string, id: string): Promise<void> {
    await this.unitOfWork.run(({ db }) =>
      db.deleteFrom('savedFilters').where('id', '=', id).where('personId', '=', personId).execute(),
    );
  }
}

const toSavedFilter = ({ id, page, name, query, createdAt }: Row<'savedFilters'>): SavedFilter => ({
  id,
  page,
  name,
  query,
  createdAt: createdAt.toISOString(),
});
