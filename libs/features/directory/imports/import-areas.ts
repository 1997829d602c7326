import { Inject, Injectable } from '@nestjs/common';
import {
  type Area,
  type AreaKind,
  areaKinds,
  areaIdSchema,
  type ImportResult,
  importColumns,
  type Person,
  type Text,
} from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { ImportPlan, readTable, type Table, type TableRow } from '@sc/platform/csv';
import { json, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { mayContain } from '../area-tree.js';
import { changesOf, chunksOf, wordOf } from './cells.js';

type Fields = Omit<Area, 'path' | 'shape'>;
interface Line {
  row: TableRow;
  fields: Fields;
}

const kindWords: Record<string, AreaKind> = {
  区: 'district',
  街道: 'street',
  社区: 'community',
  小区: 'community',
  责任网格: 'duty-grid',
  单元网格: 'cell-grid',
  楼栋: 'building',
  房间: 'room',
};

/** Areas from a table: all lines or none. */
@Injectable()
export class ImportAreas {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `invalid-request` when it is to be applied and a cell cannot be used */
  async run(person: Person, bytes: Uint8Array, preview: boolean): Promise<ImportResult> {
    const table = readTable(bytes, importColumns.areas);
    return this.unitOfWork.run(async (transaction) => {
      const rows = await transaction.db.selectFrom('areas').selectAll().execute();
      const plan = new ImportPlan(table);
      const { added, changed } = planAreas(plan, table, person, new Map(rows.map((row) => [row.id, row])));
      if (preview) return plan.result(false);
      plan.assertUsable();
      await this.write(transaction, person, added, changed);
      return plan.result(true);
    });
  }

  private async write({ db, audit }: Transaction, person: Person, added: Area[], changed: Fields[]): Promise<void> {
    const actor = { kind: 'person', id: person.id } as const;
    const createdAt = new Date(this.clock.now());
    for (const part of chunksOf(added))
      await db
        .insertInto('areas')
        .values(part.map((area) => ({ ...area, name: json(area.name), shape: null, createdAt })))
        .execute();
    for (const { path: _, ...area } of added)
      audit({ actor, action: 'area.created', subjectType: 'area', subjectId: area.id, change: area });
    for (const { id, name, households } of changed) {
      await db
        .updateTable('areas')
        .set({ name: json(name), households })
        .where('id', '=', id)
        .execute();
      audit({ actor, action: 'area.updated', subjectType: 'area', subjectId: id, change: { name, households } });
    }
  }
}

/** Parents may stand anywhere in the file, also below their children. */
function planAreas(
  plan: ImportPlan,
  table: Table,
  person: Person,
  there: ReadonlyMap<string, Row<'areas'>>,
): { added: Area[]; changed: Fields[] } {
  const lines = table.rows.flatMap((row) => readLine(plan, row, there) ?? []);
  const changed: Fields[] = [];
  let open: Line[] = [];
  for (const line of lines) {
    const before = there.get(line.fields.id);
    if (!before) open.push(line);
    else if (planChange(plan, line, before, person)) changed.push(line.fields);
  }
  const places = new Map([...there].map(([id, { kind, path }]) => [id, { kind, path }]));
  const added: Area[] = [];
  for (let progress = true; progress;) {
    const waiting: Line[] = [];
    for (const line of open) {
      const parent = places.get(line.fields.parentId ?? '');
      if (!parent) waiting.push(line);
      else {
        const path = [...parent.path, line.fields.id];
        places.set(line.fields.id, { kind: line.fields.kind, path });
        if (planNew(plan, line, parent, person)) added.push({ ...line.fields, path, shape: null });
      }
    }
    progress = waiting.length < open.length;
    open = waiting;
  }
  for (const { row, fields } of open) plan.error(row, 'parent', 'unknown-parent', fields.parentId ?? '');
  return { added, changed };
}

function readLine(plan: ImportPlan, row: TableRow, there: ReadonlyMap<string, Row<'areas'>>): Line | undefined {
  const id = plan.required(row, 'id', 64);
  if (id === undefined || !plan.isFirst(row, 'id', id)) return undefined;
  if (!areaIdSchema.safeParse(id).success) return void plan.error(row, 'id', 'bad-id', id);
  const before = there.get(id);
  const kind = wordOf(row.cells['kind'], areaKinds, kindWords);
  if (!kind) plan.error(row, 'kind', row.cells['kind'] ? 'bad-kind' : 'required', row.cells['kind']);
  // The area that everything lies in has none, and keeps none.
  const parentId = row.cells['parent'] || null;
  if (!parentId && before?.parentId !== null) plan.error(row, 'parent', 'required');
  const name = readName(plan, row, before);
  const households = readHouseholds(plan, row, before);
  if (!kind || !name || households === undefined) return undefined;
  return { row, fields: { id, kind, parentId, name, households } };
}

/** One language is enough to begin with: it stands for the other. */
function readName(plan: ImportPlan, row: TableRow, before: Row<'areas'> | undefined): Text | undefined {
  const zh = plan.optional(row, 'name_zh', 500) ?? undefined;
  const en = plan.optional(row, 'name_en', 500) ?? undefined;
  if (!zh && !en && !before) return void plan.error(row, 'name_zh', 'required');
  return {
    'zh-CN': zh ?? before?.name['zh-CN'] ?? en!,
    en: en ?? before?.name.en ?? zh!,
  };
}

function readHouseholds(plan: ImportPlan, row: TableRow, before: Row<'areas'> | undefined): number | null | undefined {
  const text = plan.optional(row, 'households', 12);
  if (text === undefined) return before?.households ?? null;
  if (text === null) return null;
  if (/^\d{1,7}$/.test(text)) return Number(text);
  return void plan.error(row, 'households', 'bad-number', text);
}

function planChange(plan: ImportPlan, { row, fields }: Line, before: Row<'areas'>, person: Person): boolean {
  if (!before.path.includes(person.areaId)) {
    plan.error(row, 'id', 'outside-area', fields.id);
    return false;
  }
  if (fields.kind !== before.kind) plan.error(row, 'kind', 'place-fixed', fields.kind);
  if (fields.parentId !== before.parentId) plan.error(row, 'parent', 'place-fixed', fields.parentId ?? '');
  const changes = changesOf(cellsOf(before), cellsOf(fields));
  plan.add(row.line, fields.id, fields.name['zh-CN'], changes);
  return changes.length > 0;
}

function planNew(
  plan: ImportPlan,
  { row, fields }: Line,
  parent: { kind: AreaKind; path: string[] },
  person: Person,
): boolean {
  if (!parent.path.includes(person.areaId)) plan.error(row, 'parent', 'outside-area', fields.parentId ?? '');
  else if (!mayContain(parent.kind, fields.kind)) plan.error(row, 'kind', 'wrong-level', fields.kind);
  else plan.add(row.line, fields.id, fields.name['zh-CN'], 'added');
  return true;
}

const cellsOf = ({ name, households }: Pick<Fields, 'name' | 'households'>): Record<string, string> => ({
  name_zh: name['zh-CN'],
  name_en: name.en,
  households: households === null ? '' : String(households),
});
