import { Inject, Injectable } from '@nestjs/common';
import type { AreaKind, Position, Role } from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { type AreaNode, nearest } from './area-tree.js';
import { centreOf, isInside } from './geo/rings.js';
import { onDuty } from './duty/on-duty.js';

/** Somebody who can be given a work order, with the number of orders in their hands. */
export interface StaffMember {
  personId: string;
  name: string;
  /** Orders assigned to them that have not ended. */
  openOrders: number;
  skills: string[];
  /** Active teams they belong to. */
  teamIds: string[];
  /** Where they are on shift, the smallest area first of several; null for who is not asked because of a shift. */
  shiftAreaId: string | null;
  /** The centre of that area, where it has a shape. */
  position: Position | null;
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

  /** The cell grid that holds the point; the tree does not know: duty grids and cell grids are two divisions of one community. */
  async cellGridAt(position: Position, db: Db = this.database): Promise<string | undefined> {
    const cells = await db
      .selectFrom('areas')
      .select(['id', 'shape'])
      .where('kind', '=', 'cell-grid')
      .where('shape', 'is not', null)
      .orderBy('id')
      .execute();
    return cells.find(({ shape }) => shape && isInside(position, shape))?.id;
  }

  /**
   * Active officers on duty in that area, or in an area inside it, at that moment: their shifts, without leave, with who stands
   * in for whom. The least loaded first, then by id.
   */
  async officersOnShift(areaId: string, at: number, db: Db = this.database): Promise<StaffMember[]> {
    return (await this.officersOnShiftIn([areaId], at, db)).get(areaId)!;
  }

  /** The same of several areas, in two statements however many; who is on duty inside of two of them is in both lists. */
  async officersOnShiftIn(
    areaIds: readonly string[],
    at: number,
    db: Db = this.database,
  ): Promise<Map<string, StaffMember[]>> {
    const rows = await this.onShift(at, db)
      .select('areas.path')
      .where('people.role', '=', 'officer')
      .where(sql<boolean>`areas.path && ${areaIds}::text[]`)
      .execute();
    const members = await this.located(rows, db);
    return new Map(
      areaIds.map((id) => [id, onceEach(members.filter(({ path }) => path.includes(id))).map(withoutPath)]),
    );
  }

  /** Active members of a team who are on duty anywhere at that moment, without operators, who take no orders; in the same order. */
  async membersOnShift(teamId: string, at: number, db: Db = this.database): Promise<StaffMember[]> {
    const rows = await this.onShift(at, db)
      .innerJoin('teamMembers', 'teamMembers.personId', 'people.id')
      .innerJoin('teams', 'teams.id', 'teamMembers.teamId')
      .where('teams.id', '=', teamId)
      .where('teams.active', '=', true)
      .where('people.role', '<>', 'operator')
      .execute();
    return onceEach(await this.located(rows, db));
  }

  /** Where this person is on duty at that moment. */
  async shiftAreasOf(personId: string, at: number, db: Db = this.database): Promise<string[]> {
    const rows = await db
      .selectFrom(onDuty(new Date(at)).as('duty'))
      .select('duty.areaId')
      .where('duty.personId', '=', personId)
      .orderBy('duty.areaId')
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
    const rows = await this.staff(db)
      .innerJoin('areas', 'areas.id', 'people.areaId')
      .where('people.role', '=', role)
      .where('people.areaId', 'in', path)
      .orderBy(sql`cardinality(${sql.ref('areas.path')})`, 'desc')
      .orderBy('openOrders')
      .orderBy('people.id')
      .execute();
    return rows.map((row) => ({ ...row, shiftAreaId: null, position: null }));
  }

  private onShift(at: number, db: Db) {
    return this.staff(db)
      .innerJoin(onDuty(new Date(at)).as('duty'), 'duty.personId', 'people.id')
      .innerJoin('areas', 'areas.id', 'duty.areaId')
      .select('duty.areaId as shiftAreaId')
      .orderBy('openOrders')
      .orderBy('people.id')
      .orderBy(sql`cardinality(${sql.ref('areas.path')})`, 'desc')
      .orderBy('duty.areaId');
  }

  /** With the centre of where each is on duty. */
  private async located<Duty extends Omit<StaffMember, 'position'>>(
    rows: readonly Duty[],
    db: Db,
  ): Promise<(Duty & Pick<StaffMember, 'position'>)[]> {
    const areaIds = [...new Set(rows.flatMap(({ shiftAreaId }) => shiftAreaId ?? []))];
    if (!areaIds.length) return [];
    const shapes = await db
      .selectFrom('areas')
      .select(['id', 'shape'])
      .where(sql<boolean>`id = any(${areaIds}::text[])`)
      .execute();
    const centres = new Map(shapes.map(({ id, shape }) => [id, shape && centreOf(shape)]));
    return rows.map((row) => ({ ...row, position: centres.get(row.shiftAreaId ?? '') ?? null }));
  }

  private staff(db: Db) {
    return db
      .selectFrom('people')
      .select([
        'people.id as personId',
        'people.name',
        sql<number>`(select count(*) from work_orders w where w.assignee_id = people.id and w.state not in ('closed', 'evaluated', 'voided'))`.as(
          'openOrders',
        ),
        sql<string[]>`array(select skill from person_skills where person_id = people.id order by skill)`.as('skills'),
        sql<string[]>`array(
          select m.team_id::text from team_members m join teams on teams.id = m.team_id and teams.active
          where m.person_id = people.id order by m.team_id)`.as('teamIds'),
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

/** Of rows in order of person the first of each: where they are on duty in the smallest area. */
const onceEach = <Member extends StaffMember>(rows: readonly Member[]): Member[] =>
  rows.filter(({ personId }, i) => personId !== rows[i - 1]?.personId);

const withoutPath = ({ path: _, ...member }: StaffMember & { path: string[] }): StaffMember => member;
