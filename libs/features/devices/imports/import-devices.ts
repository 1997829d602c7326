import { Inject, Injectable } from '@nestjs/common';
import {
  type Device,
  deviceIdSchema,
  deviceLabelsSchema,
  type EventPayloadOf,
  type ImportResult,
  importColumns,
  type Person,
  type Position,
} from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { ImportPlan, readTable, type TableRow, writeCsv } from '@sc/platform/csv';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { newDeviceSecret } from '../device-secret.js';

type Fields = Pick<Device, 'id' | 'domain' | 'name' | 'areaId' | 'placement' | 'position' | 'labels'>;
type Known = Fields & Pick<Device, 'state'>;
interface Planned {
  added: Fields[];
  changed: { before: Known; after: Fields }[];
}

const rowsPerStatement = 1000;

/** Devices from a table: all lines or none. The secrets of the new ones are answered once. */
@Injectable()
export class ImportDevices {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `invalid-request` when it is to be applied and a cell cannot be used */
  async run(person: Person, bytes: Uint8Array, preview: boolean): Promise<ImportResult> {
    const table = readTable(bytes, importColumns.devices);
    return this.unitOfWork.run(async (transaction) => {
      const plan = new ImportPlan(table);
      const planned = await this.plan(transaction, plan, table.rows, person);
      if (preview) return plan.result(false);
      plan.assertUsable();
      const secrets = await this.write(transaction, person, planned);
      const csv = writeCsv(['id', 'name', 'user_name', 'secret'], secrets);
      return plan.result(true, secrets.length ? { fileName: 'device-secrets.csv', csv } : null);
    });
  }

  private async plan({ db }: Transaction, plan: ImportPlan, rows: TableRow[], person: Person): Promise<Planned> {
    const areas = await db
      .selectFrom('areas')
      .select(['id', areaScope(person.areaId).as('inScope')])
      .execute();
    const scopes = new Map(areas.map(({ id, inScope }) => [id, inScope]));
    const ids = rows.flatMap(({ cells }) => cells['id'] ?? []);
    const there = ids.length ? await db.selectFrom('devices').selectAll().where('id', 'in', ids).execute() : [];
    const known = new Map(
      there.map(({ longitude, latitude, ...row }): [string, Known] => [
        row.id,
        { ...row, position: longitude === null || latitude === null ? null : [longitude, latitude] },
      ]),
    );
    const planned: Planned = { added: [], changed: [] };
    for (const row of rows) {
      const id = plan.required(row, 'id', 129);
      if (id === undefined || !plan.isFirst(row, 'id', id)) continue;
      const before = known.get(id);
      const after = readFields(plan, row, id, before);
      if (!after) continue;
      const inScope = scopes.get(after.areaId);
      if (inScope === undefined) plan.error(row, 'area', 'unknown-area', after.areaId);
      else if (!inScope) plan.error(row, 'area', 'outside-area', after.areaId);
      else if (!before) {
        planned.added.push(after);
        plan.add(row.line, id, after.name, 'added');
      } else if (!scopes.get(before.areaId)) plan.error(row, 'id', 'outside-area', id);
      else if (before.state === 'retired') plan.error(row, 'id', 'device-retired', id);
      else if (before.domain !== after.domain) plan.error(row, 'domain', 'domain-fixed', after.domain);
      else {
        const changes = changesOf(before, after);
        if (changes.length) planned.changed.push({ before, after });
        plan.add(row.line, id, after.name, changes);
      }
    }
    return planned;
  }

  private async write(transaction: Transaction, person: Person, { added, changed }: Planned): Promise<string[][]> {
    const { db } = transaction;
    const createdAt = new Date(this.clock.now());
    const made = added.map((fields) => ({ fields, ...newSecret() }));
    for (let start = 0; start < made.length; start += rowsPerStatement)
      await db
        .insertInto('devices')
        .values(
          made.slice(start, start + rowsPerStatement).map(({ fields, secretHash, mosquittoHash }) => ({
            ...columnsOf(fields),
            secretHash,
            mosquittoHash,
            state: 'registered' as const,
            createdAt,
          })),
        )
        .execute();
    for (const { fields } of made) tell(transaction, person, fields, 'registered', { ...fields });
    for (const { before, after } of changed) {
      await db.updateTable('devices').set(columnsOf(after)).where('id', '=', after.id).execute();
      const facts = Object.fromEntries(changesOf(before, after).map(({ column, to }) => [column, to]));
      tell(transaction, person, after, 'updated', facts);
    }
    return made.map(({ fields: { id, name }, secret }) => [id, name, id, secret]);
  }
}

/** A spreadsheet takes a cell that begins with a hyphen for a formula, and the guard before it would spoil the secret. */
function newSecret(): ReturnType<typeof newDeviceSecret> {
  for (;;) {
    const made = newDeviceSecret();
    if (!made.secret.startsWith('-')) return made;
  }
}

function readFields(plan: ImportPlan, row: TableRow, id: string, before: Known | undefined): Fields | undefined {
  if (!deviceIdSchema.safeParse(id).success) return void plan.error(row, 'id', 'bad-device-id', id);
  const domain = plan.required(row, 'domain', 64);
  const isDomain = domain !== undefined && domainByName(domain) !== undefined;
  if (domain && !isDomain) plan.error(row, 'domain', 'unknown-domain', domain);
  const name = plan.required(row, 'name', 120);
  const areaId = plan.required(row, 'area', 64);
  const placement = plan.optional(row, 'placement', 200);
  const position = readPosition(plan, row, before);
  const labels = readLabels(plan, row, before);
  if (!domain || !isDomain || !name || !areaId || position === undefined || !labels) return undefined;
  return {
    id,
    domain,
    name,
    areaId,
    position,
    labels,
    placement: placement === undefined ? (before?.placement ?? null) : placement,
  };
}

/** Both degrees or neither; without the columns the place stays. */
function readPosition(plan: ImportPlan, row: TableRow, before: Known | undefined): Position | null | undefined {
  const { longitude, latitude } = row.cells;
  if (longitude === undefined && latitude === undefined) return before?.position ?? null;
  if (!longitude && !latitude) return null;
  const pair: Position = [degrees(longitude), degrees(latitude)];
  if (Math.abs(pair[0]) <= 180 && Math.abs(pair[1]) <= 90) return pair;
  const column = Math.abs(pair[0]) <= 180 ? 'latitude' : 'longitude';
  return void plan.error(row, column, 'bad-position', row.cells[column] ?? '');
}

/** Words with blanks or commas between them; without the column they stay. */
function readLabels(plan: ImportPlan, row: TableRow, before: Known | undefined): string[] | undefined {
  const cell = row.cells['labels'];
  if (cell === undefined) return before?.labels ?? [];
  const parsed = deviceLabelsSchema.safeParse(cell.split(/[\s,;，；]+/).filter(Boolean));
  return parsed.success ? parsed.data : void plan.error(row, 'labels', 'bad-labels', cell);
}

const degrees = (cell: string | undefined): number =>
  /^-?\d{1,3}([.]\d+)?$/.test(cell ?? '') ? Number(cell) : Number.NaN;

function changesOf(before: Fields, after: Fields): { column: string; from: string; to: string }[] {
  const cells = ({ name, areaId, placement, labels, position }: Fields): Record<string, string> => ({
    name,
    area: areaId,
    placement: placement ?? '',
    labels: labels.join(' '),
    longitude: position ? String(position[0]) : '',
    latitude: position ? String(position[1]) : '',
  });
  const [from, to] = [cells(before), cells(after)];
  return Object.keys(to)
    .filter((column) => from[column] !== to[column])
    .map((column) => ({ column, from: from[column]!, to: to[column]! }));
}

const columnsOf = ({ position, ...fields }: Fields) => ({
  ...fields,
  longitude: position?.[0] ?? null,
  latitude: position?.[1] ?? null,
});

function tell(
  { emit, audit }: Transaction,
  person: Person,
  { id, areaId }: Fields,
  change: EventPayloadOf<'device.changed.v1'>['change'],
  facts: Record<string, unknown>,
): void {
  emit({ type: 'device.changed.v1', payload: { deviceId: id, change }, areaId, subjectId: id });
  const actor = { kind: 'person', id: person.id } as const;
  audit({ actor, action: `device.${change}`, subjectType: 'device', subjectId: id, change: facts });
}
