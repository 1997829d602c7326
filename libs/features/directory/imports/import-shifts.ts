import { Inject, Injectable } from '@nestjs/common';
import { type ImportResult, importColumns, mayBeOnShift, type Person } from '@sc/contracts';
import { IDS, type Ids } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { ImportPlan, readTable } from '@sc/platform/csv';
import { type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { wallText } from '../rotations/zoned-time.js';
import { tellShift } from '../shifts.service.js';
import { chunksOf } from './cells.js';
import { type KnownPeople, knownPeople } from './known-people.js';
import { overlapsOf, type PlannedTime, readShiftLine, type ShiftLine } from './shift-lines.js';

type ShiftRow = Pick<Row<'shifts'>, 'id' | 'personId' | 'areaId' | 'startsAt' | 'endsAt'>;
interface World {
  people: KnownPeople;
  areas: ReadonlyMap<string, readonly string[]>;
  /** By who, where and when it begins. */
  there: ReadonlyMap<string, ShiftRow>;
}
interface Planned {
  added: ShiftRow[];
  changed: ShiftRow[];
}

/** Shifts from a table, by the site's clock: all lines or none. One that begins when the line says is the line's; others stay. */
@Injectable()
export class ImportShifts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'TIME_ZONE'>,
  ) {}

  /** @throws ProblemError `invalid-request` when it is to be applied and a cell cannot be used */
  async run(person: Person, bytes: Uint8Array, preview: boolean): Promise<ImportResult> {
    const table = readTable(bytes, importColumns.shifts);
    return this.unitOfWork.run(async (transaction) => {
      const plan = new ImportPlan(table);
      const lines = table.rows.flatMap((row) => readShiftLine(plan, row, this.settings.TIME_ZONE) ?? []);
      const planned = this.plan(plan, lines, await readWorld(transaction, lines, person, !preview), person);
      if (preview) return plan.result(false);
      plan.assertUsable();
      await write(transaction, person, planned);
      return plan.result(true);
    });
  }

  private plan(plan: ImportPlan, lines: readonly ShiftLine[], world: World, person: Person): Planned {
    const planned: Planned = { added: [], changed: [] };
    const groups = new Map<string, PlannedTime[]>();
    const spoken = new Set<string>();
    for (const line of lines) {
      const { row, login, areaId, startsAt, endsAt } = line;
      const who = whoOf(plan, line, world, person);
      const key = keyOf({ personId: who?.id ?? '', areaId, startsAt });
      if (!who || !plan.isFirst(row, 'from', key)) continue;
      spoken.add(key);
      const before = world.there.get(key);
      const shift: ShiftRow = {
        id: before?.id ?? this.ids.next(),
        personId: who.id,
        areaId,
        startsAt: new Date(startsAt),
        endsAt: new Date(endsAt),
      };
      const same = before?.endsAt.getTime() === endsAt;
      if (!before) planned.added.push(shift);
      else if (!same) planned.changed.push(shift);
      const change = before && !same ? [this.changeOf(before, shift)] : [];
      plan.add(row.line, `${login} ${this.wall(startsAt)}`, who.name, before ? change : 'added');
      push(groups, `${who.id} ${areaId}`, { row, startsAt, endsAt });
    }
    for (const [key, { personId, areaId, startsAt, endsAt }] of world.there)
      if (!spoken.has(key))
        push(groups, `${personId} ${areaId}`, { startsAt: startsAt.getTime(), endsAt: endsAt.getTime() });
    for (const times of groups.values())
      for (const { row, other } of overlapsOf(times))
        plan.error(row, 'from', 'shift-overlaps', `${this.wall(other.startsAt)} – ${this.wall(other.endsAt)}`);
    return planned;
  }

  private changeOf = (before: ShiftRow, after: ShiftRow) => ({
    column: 'to',
    from: this.wall(before.endsAt.getTime()),
    to: this.wall(after.endsAt.getTime()),
  });

  private wall = (at: number): string => wallText(at, this.settings.TIME_ZONE);
}

const keyOf = ({ personId, areaId, startsAt }: { personId: string; areaId: string; startsAt: number | Date }) =>
  `${personId} ${areaId} ${Number(startsAt)}`;

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** The officer or operator of a line, where the actor may plan them there. */
function whoOf(plan: ImportPlan, { row, login, areaId }: ShiftLine, { people, areas }: World, person: Person) {
  const who = people.get(login);
  const path = areas.get(areaId);
  if (!who) plan.error(row, 'login', 'unknown-login', login);
  else if (!who.inScope) plan.error(row, 'login', 'outside-area', login);
  else if (!mayBeOnShift(who.role) || !who.active) plan.error(row, 'login', 'no-officer', login);
  if (!path) plan.error(row, 'area', 'unknown-area', areaId);
  else if (!path.includes(person.areaId)) plan.error(row, 'area', 'outside-area', areaId);
  else if (who?.inScope && mayBeOnShift(who.role) && who.active) return who;
  return undefined;
}

async function readWorld(
  transaction: Transaction,
  lines: readonly ShiftLine[],
  person: Person,
  lock: boolean,
): Promise<World> {
  const { db } = transaction;
  const logins = [...new Set(lines.map(({ login }) => login))];
  const people = await knownPeople(transaction, logins, person, lock);
  const areas = await db.selectFrom('areas').select(['id', 'path']).execute();
  const there = people.size
    ? await db
        .selectFrom('shifts')
        .select(['id', 'personId', 'areaId', 'startsAt', 'endsAt'])
        .where(
          'personId',
          'in',
          [...people.values()].map(({ id }) => id),
        )
        .where('startsAt', '<', new Date(lines.reduce((latest, { endsAt }) => Math.max(latest, endsAt), -Infinity)))
        .where('endsAt', '>', new Date(lines.reduce((first, { startsAt }) => Math.min(first, startsAt), Infinity)))
        .execute()
    : [];
  return {
    people,
    areas: new Map(areas.map(({ id, path }) => [id, path])),
    there: new Map(there.map((shift) => [keyOf(shift), shift])),
  };
}

async function write(transaction: Transaction, person: Person, { added, changed }: Planned): Promise<void> {
  const { db } = transaction;
  for (const part of chunksOf(added)) await db.insertInto('shifts').values(part).execute();
  for (const { id, endsAt } of changed) await db.updateTable('shifts').set({ endsAt }).where('id', '=', id).execute();
  for (const shift of added) tellShift(transaction, person, 'shift.added', shift);
  for (const shift of changed) tellShift(transaction, person, 'shift.updated', shift);
}
