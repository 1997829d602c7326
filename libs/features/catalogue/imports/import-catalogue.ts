import { Inject, Injectable } from '@nestjs/common';
import { type CatalogueState, type ImportResult, type ImportRow, importColumns, type Person } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { ImportPlan, readTable, type TableRow } from '@sc/platform/csv';
import { UnitOfWork } from '@sc/platform/database';
import { type EntryWrite, holdCatalogue, readCatalogue, writeEntries } from '../catalogue-writing.js';
import { addition, edit } from '../changes.js';
import { type CatalogueIssue, type CatalogueWorld, checkEntries } from '../check.js';
import { type Entry, entryOf, type EntryRow } from '../entry.js';
import { Scope } from '../scope.js';
import { worldOf } from '../world.js';
import { cellsOf } from './entry-cells.js';
import { readEntry, type ReadEntry } from './read-entry.js';

/** Branches and kinds of work from a table: all lines or none. */
@Injectable()
export class ImportCatalogue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `invalid-request` when it is to be applied and a cell cannot be used */
  async run(person: Person, bytes: Uint8Array, preview: boolean): Promise<ImportResult> {
    const table = readTable(bytes, importColumns.catalogue);
    return this.unitOfWork.run(async (transaction) => {
      const scope = await Scope.of(transaction, person);
      const there = preview ? await readCatalogue(transaction) : await holdCatalogue(transaction);
      const plan = new ImportPlan(table);
      const at = new Date(this.clock.now());
      const writes = planEntries(plan, table.rows, { scope, there, world: await worldOf(transaction), at });
      if (preview) return plan.result(false);
      plan.assertUsable();
      if (writes.length) await writeEntries(transaction, writes, { actor: { kind: 'person', id: person.id }, at });
      return plan.result(true);
    });
  }
}

interface Planning {
  scope: Scope;
  there: ReadonlyMap<string, EntryRow>;
  world: CatalogueWorld;
  at: Date;
}

/** Parents may stand anywhere in the file, also below what hangs on them. */
export function planEntries(plan: ImportPlan, rows: readonly TableRow[], planning: Planning): EntryWrite[] {
  const { there, world } = planning;
  const all = new Map<string, Entry>([...there].map(([code, row]) => [code, entryOf(row)]));
  const lines = new Map<string, TableRow>();
  const writes: EntryWrite[] = [];
  for (const row of rows) {
    const before = there.get(row.cells['code'] ?? '');
    const read = readEntry(plan, row, before && entryOf(before));
    if (!read || !plan.isFirst(row, 'code', read.code)) continue;
    const write = before ? planChange(plan, row, read, before, planning) : planNew(plan, row, read, planning);
    if (write === 'refused') continue;
    const changes = write?.before ? changesOf(entryOf(write.before), { ...write.draft, state: write.state }) : [];
    plan.add(row.line, read.code, read.title['zh-CN'], write && !write.before ? 'added' : changes);
    if (!write) continue;
    writes.push(write);
    lines.set(read.code, row);
    all.set(read.code, { ...write.draft, state: write.state });
  }
  for (const issue of checkEntries([...lines.keys()], all, world))
    plan.error(lines.get(issue.code)!, columnOf(issue), issue.issue, issue.value);
  return writes;
}

function planChange(
  plan: ImportPlan,
  row: TableRow,
  { state, ...draft }: ReadEntry,
  before: EntryRow,
  { scope, at }: Planning,
): EntryWrite | undefined | 'refused' {
  if ((draft.asked === null) !== (before.asked === null)) return refuse(plan, row, 'kind', 'kind-fixed');
  if (draft.areaId !== before.areaId) return refuse(plan, row, 'area', 'area-fixed');
  if (state && state !== before.state && !(inUse(state) && inUse(before.state)))
    return refuse(plan, row, 'state', 'state-fixed');
  const write = edit(scope, before, draft, { at, state });
  return write && !scope.mayChange(before) ? refuse(plan, row, 'code', 'not-yours') : write;
}

function planNew(
  plan: ImportPlan,
  row: TableRow,
  { state, ...draft }: ReadEntry,
  { scope, at }: Planning,
): EntryWrite | 'refused' {
  if (draft.areaId !== null && !scope.knows(draft.areaId)) return refuse(plan, row, 'area', 'unknown-area');
  const may = draft.asked ? scope.mayPropose(draft) : draft.areaId === null && scope.mayChange(draft);
  if (!may) return refuse(plan, row, 'area', 'outside-area');
  if (state === 'refused' || (state === 'retired' && !scope.admitsAlone))
    return refuse(plan, row, 'state', 'state-fixed');
  return addition(scope, draft, { at, state });
}

function refuse(plan: ImportPlan, row: TableRow, column: string, code: Parameters<ImportPlan['error']>[2]): 'refused' {
  plan.error(row, column, code, row.cells[column]);
  return 'refused';
}

const inUse = (state: CatalogueState): boolean => state === 'active' || state === 'retired';

function changesOf(before: Entry, after: Entry): ImportRow['changes'] {
  const [from, to] = [cellsOf(before), cellsOf(after)];
  return Object.keys(to)
    .filter((column) => from[column] !== to[column])
    .map((column) => ({ column, from: from[column] ?? '', to: to[column]! }));
}

const columns: Record<CatalogueIssue['field'], string> = {
  code: 'code',
  parent: 'parent',
  state: 'state',
  asked: 'kind',
  alarms: 'alarm_domain',
  limits: 'accept',
  verifier: 'verifier',
  skills: 'skills',
  teamId: 'team',
  checklist: 'checklist',
};
const columnOf = ({ field, issue }: CatalogueIssue): string =>
  issue === 'alarms-taken' ? 'alarm_severities' : columns[field];
