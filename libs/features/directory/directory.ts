import { Inject, Injectable } from '@nestjs/common';
import type { AreaKind, Role } from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { areaScope } from './area-scope.js';
import { type AreaNode, nearest } from './area-tree.js';

/** Somebody who can be given a work order, with the number of orders in their hands. */
export interface StaffMember {
  personId: string;
  name: string;
  /** Orders assigned to them that are neither closed nor voided. */
  openOrders: number;
}

type Db = Kysely<Database>;

/**
 * Who and what is where. Every method takes the transaction it is called in: asking for a second connection while
 * holding one is how a pool runs dry.
 */
@Injectable()
export class Directory {
  /** An area's place in the tree never changes, so an entry never grows stale; bounded by the number of areas. */
  private readonly nodes = new Map<string, AreaNode>();

  constructor(@Inject(DATABASE) private readonly database: Db) {}

  /** Ids from the root down to the area itself; empty for an unknown area. */
  async areaPath(areaId: string, db: Db = this.database): Promise<string[]> {
    return (await this.node(areaId, db))?.path ?? [];
  }

  /** Whether the area is the person's own or lies below it. */
  async isInScope(scope: string, areaId: string, db: Db = this.database): Promise<boolean> {
    return (await this.areaPath(areaId, db)).includes(scope);
  }

  async dutyGridOf(areaId: string, db: Db = this.database): Promise<string | undefined> {
    return this.nearest(areaId, 'duty-grid', db);
  }

  async communityOf(areaId: string, db: Db = this.database): Promise<string | undefined> {
    return this.nearest(areaId, 'community', db);
  }

  /** Where one incident is: the building; outdoors the duty grid; else the area itself. */
  async buildingOf(areaId: string, db: Db = this.database): Promise<string> {
    return (await this.nearest(areaId, 'building', db)) ?? (await this.nearest(areaId, 'duty-grid', db)) ?? areaId;
  }

  /** Active officers with a shift in that area, or in an area inside it, at that moment; the least loaded first, then by id. */
  async officersOnShift(areaId: string, at: number, db: Db = this.database): Promise<StaffMember[]> {
    const moment = new Date(at);
    return this.staff(db)
      .where('people.role', '=', 'officer')
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('shifts')
            .innerJoin('areas', 'areas.id', 'shifts.areaId')
            .select('shifts.id')
            .whereRef('shifts.personId', '=', 'people.id')
            .where('shifts.startsAt', '<=', moment)
            .where('shifts.endsAt', '>', moment)
            .where(areaScope(areaId)),
        ),
      )
      .orderBy('openOrders')
      .orderBy('people.id')
      .execute();
  }

  /** Where this person is on shift at that moment. */
  async shiftAreasOf(personId: string, at: number, db: Db = this.database): Promise<string[]> {
    const rows = await db
      .selectFrom('shifts')
      .select('areaId')
      .where('personId', '=', personId)
      .where('startsAt', '<=', new Date(at))
      .where('endsAt', '>', new Date(at))
      .execute();
    return rows.map((row) => row.areaId);
  }

  /** Active managers whose area contains this one; the nearest first, then the least loaded, then by id. */
  async managersOf(areaId: string, db: Db = this.database): Promise<StaffMember[]> {
    return this.responsibleFor(areaId, 'manager', db);
  }

  /** Active operators whose area contains this one, the nearest first. */
  async operatorsOf(areaId: string, db: Db = this.database): Promise<StaffMember[]> {
    return this.responsibleFor(areaId, 'operator', db);
  }

  private async responsibleFor(areaId: string, role: Role, db: Db): Promise<StaffMember[]> {
    const path = await this.areaPath(areaId, db);
    if (!path.length) return [];
    return this.staff(db)
      .innerJoin('areas', 'areas.id', 'people.areaId')
      .where('people.role', '=', role)
      .where('people.areaId', 'in', path)
      .orderBy(sql`cardinality(${sql.ref('areas.path')})`, 'desc')
      .orderBy('openOrders')
      .orderBy('people.id')
      .execute();
  }

  private staff(db: Db) {
    return db
      .selectFrom('people')
      .select([
        'people.id as personId',
        'people.name',
        sql<number>`(select count(*) from work_orders w where w.assignee_id = people.id and w.state not in ('closed', 'voided'))`.as(
          'openOrders',
        ),
      ])
      .where('people.active', '=', true);
  }

  private async nearest(areaId: string, kind: AreaKind, db: Db): Promise<string | undefined> {
    await this.node(areaId, db);
    return nearest(this.nodes, areaId, kind);
  }

  /** An area the cache does not know brings in everything: the tree is small and most of it is asked for. */
  private async node(areaId: string, db: Db): Promise<AreaNode | undefined> {
    if (!this.nodes.has(areaId)) {
      const rows = await db.selectFrom('areas').select(['id', 'kind', 'path']).execute();
      for (const row of rows) this.nodes.set(row.id, row);
    }
    return this.nodes.get(areaId);
  }
}
