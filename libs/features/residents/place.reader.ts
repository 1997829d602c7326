import { Inject, Injectable } from '@nestjs/common';
import type { ResidentPlace } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { KnownCases } from './known-cases.js';
import { keptDays } from './kept-days.js';
import { type Place, Places } from './places.js';

/** What stands on the page behind a code. */
@Injectable()
export class PlaceReader {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly places: Places,
    private readonly known: KnownCases,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read({ area, reportsOpen }: Place): Promise<ResidentPlace> {
    return {
      place: await this.places.names(area.path),
      reportsOpen,
      serverTime: new Date(this.clock.now()).toISOString(),
      categories: reportsOpen ? await this.categories(area.path) : [],
      known: await this.known.at(area),
      announcements: await this.announcements(area.path),
      kept: keptDays(this.settings),
    };
  }

  private async categories(path: readonly string[]): Promise<ResidentPlace['categories']> {
    const rows = await this.database
      .selectFrom('catalogueEntries as item')
      .leftJoin('catalogueEntries as branch', 'branch.code', 'item.parent')
      .select(['item.code', 'item.title', 'branch.title as group'])
      .where('item.state', '=', 'active')
      .where(sql<boolean>`item.asked ->> 'residents' = 'true'`)
      .where(({ or, eb }) => or([eb('item.areaId', 'is', null), eb('item.areaId', 'in', [...path])]))
      .orderBy('item.parent')
      .orderBy('item.code')
      .limit(200)
      .execute();
    return rows;
  }

  private async announcements(path: readonly string[]): Promise<ResidentPlace['announcements']> {
    const now = new Date(this.clock.now());
    const rows = await this.database
      .selectFrom('announcements')
      .select(['id', 'title', 'words', 'beginsAt'])
      .where('areaId', 'in', [...path])
      .where('beginsAt', '<=', now)
      .where('endsAt', '>', now)
      .orderBy('beginsAt', 'desc')
      .limit(20)
      .execute();
    return rows.map(({ beginsAt, ...row }) => ({ ...row, beginsAt: beginsAt.toISOString() }));
  }
}
