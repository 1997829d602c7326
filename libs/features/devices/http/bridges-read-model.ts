import { Inject, Injectable } from '@nestjs/common';
import type { Bridge, Page, Person } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import { bridgeView, toBridges } from '../bridge-rows.js';

/** A site has a few; more than this nobody would look through. */
const most = 200;

@Injectable()
export class BridgesReadModel {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  /** Those of the person's area, in order of the id. */
  async list(person: Person): Promise<Page<Bridge>> {
    const rows = await bridgeView(this.db).where(areaScope(person.areaId)).orderBy('bridges.id').limit(most).execute();
    return { items: await toBridges(this.db, rows), nextCursor: null };
  }
}
