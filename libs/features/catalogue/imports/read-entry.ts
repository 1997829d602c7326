import {
  type Asked,
  askedSchema,
  type CatalogueState,
  catalogueStates,
  type ChecklistItem,
  type ImportErrorCode,
  proofs,
  type ServedAlarms,
  severities,
  type Severity,
  slugSchema,
  type StepLimit,
  type Text,
  verifiers,
} from '@sc/contracts';
import type { ImportPlan, TableRow } from '@sc/platform/csv';
import type { Entry } from '../entry.js';
import { readChecklist } from './checklist-cell.js';
import { readLimit } from './limit-cell.js';
import { kindWords, proofWords, residentsWords, severityWords, stateWords, verifierWords, wordOf } from './words.js';

/** A line as an entry; the state only where the line says one. */
export type ReadEntry = Omit<Entry, 'state'> & { state: CatalogueState | undefined };

const usualAccept: StepLimit = { amount: 30, unit: 'working-minutes' };
const longestCell = 40_000;

/**
 * What a line says; what it leaves out stays as it was. `undefined` after errors were noted.
 * @param before the entry of this code, if there is one
 */
export function readEntry(plan: ImportPlan, row: TableRow, before: Entry | undefined): ReadEntry | undefined {
  const errorsBefore = plan.errorCount;
  const cell = new Cells(plan, row);
  const code = plan.required(row, 'code', 64);
  if (code !== undefined && !slugSchema.safeParse(code).success) plan.error(row, 'code', 'bad-code', code);
  const kind = cell.word('kind', ['branch', 'item'] as const, kindWords, 'bad-kind');
  if (!kind && !row.cells['kind']) plan.error(row, 'kind', 'required');
  const title = cell.text('title', before?.title);
  const state = cell.word('state', catalogueStates, stateWords, 'bad-state');
  const parent = cell.maybe('parent', before?.parent ?? null);
  const areaId = cell.maybe('area', before?.areaId ?? null);
  const asked = kind === 'item' ? readAsked(cell, before?.asked ?? undefined) : null;
  const alarms = readAlarms(cell, before?.alarms ?? null);
  if (kind === 'branch')
    for (const column of itemColumns) if (row.cells[column]) plan.error(row, column, 'branch-asks');
  if (plan.errorCount > errorsBefore || !code || !title || asked === undefined) return undefined;
  return { code, parent, areaId, title, asked, alarms: kind === 'branch' ? null : alarms, state };
}

const itemColumns = [
  'severity',
  'accept',
  'handle',
  'verify',
  'skills',
  'team',
  'proof',
  'verifier',
  'residents',
  'sensor_minutes',
  'instructions_zh',
  'instructions_en',
  'checklist',
  'alarm_domain',
  'alarm_severities',
];

function readAsked(cell: Cells, before: Asked | undefined): Asked | undefined {
  const instructions = cell.text('instructions', before?.instructions);
  const candidate = {
    instructions,
    severity: cell.word('severity', severities, severityWords, 'bad-severity') ?? before?.severity ?? 'minor',
    limits: {
      accept: cell.limit('accept', before?.limits.accept ?? usualAccept) ?? before?.limits.accept ?? usualAccept,
      handle: cell.limit('handle', before?.limits.handle ?? null),
      verify: cell.limit('verify', before?.limits.verify ?? null),
    },
    skills: cell.words('skills', before?.skills ?? []),
    teamId: cell.maybe('team', before?.teamId ?? null),
    checklist: cell.checklist(before?.checklist ?? []),
    proof: cell.word('proof', proofs, proofWords, 'bad-proof') ?? before?.proof ?? 'none',
    verifier: cell.word('verifier', verifiers, verifierWords, 'bad-verifier') ?? before?.verifier ?? 'staff',
    ...residentsOf(cell, before),
    ...cell.sensorMinutes(before?.sensorMinutes),
  };
  const parsed = askedSchema.safeParse(candidate);
  if (parsed.success) return parsed.data;
  for (const { path } of parsed.error.issues) {
    if (path[0] === 'skills') cell.error('skills', 'bad-skills');
    if (path[0] === 'teamId') cell.error('team', 'unknown-team');
    if (path[0] === 'sensorMinutes') cell.error('sensor_minutes', 'bad-minutes');
  }
  return undefined;
}

function residentsOf(cell: Cells, before: Asked | undefined): Pick<Asked, 'residents'> {
  const word = cell.word('residents', ['yes', 'no'] as const, residentsWords, 'bad-residents');
  if (word) return { residents: word === 'yes' };
  return before?.residents === undefined ? {} : { residents: before.residents };
}

function readAlarms(cell: Cells, before: ServedAlarms | null): ServedAlarms | null {
  const domain = cell.maybe('alarm_domain', before?.domain ?? null);
  const words = cell.words('alarm_severities', before?.severities ?? []);
  const levels = words.flatMap((word): Severity[] => {
    const level = wordOf(word, severities, severityWords);
    if (!level) cell.error('alarm_severities', 'bad-severity', word);
    return level ? [level] : [];
  });
  if (domain === null && !levels.length) return null;
  if (domain === null) cell.error('alarm_domain', 'required');
  if (!levels.length) cell.error('alarm_severities', 'required');
  return domain === null || !levels.length ? null : { domain, severities: [...new Set(levels)] };
}

/** The cells of a line; a column that is missing leaves things as they were. */
class Cells {
  constructor(
    private readonly plan: ImportPlan,
    private readonly row: TableRow,
  ) {}

  error(column: string, code: ImportErrorCode, value = this.row.cells[column]): void {
    this.plan.error(this.row, column, code, value);
  }

  maybe(column: string, before: string | null): string | null {
    const value = this.plan.optional(this.row, column, 64);
    return value === undefined ? before : value;
  }

  word<T extends string>(
    column: string,
    values: readonly T[],
    words: Readonly<Record<string, T>>,
    code: ImportErrorCode,
  ): T | undefined {
    const text = this.row.cells[column];
    const word = text ? wordOf(text, values, words) : undefined;
    if (text && !word) this.error(column, code);
    return word;
  }

  words(column: string, before: string[]): string[] {
    const text = this.plan.optional(this.row, column, 1000);
    return text === undefined ? before : [...new Set((text ?? '').split(/[\s,，、]+/).filter(Boolean))];
  }

  /** One language is enough to begin with: it stands for the other. */
  text(column: 'title' | 'instructions', before: Text | undefined): Text | undefined {
    const zh = this.plan.optional(this.row, `${column}_zh`, 500) || before?.['zh-CN'];
    const en = this.plan.optional(this.row, `${column}_en`, 500) || before?.en;
    if (zh || en) return { 'zh-CN': (zh ?? en)!, en: (en ?? zh)! };
    this.error(`${column}_zh`, 'required');
    return undefined;
  }

  limit(column: string, before: StepLimit | null): StepLimit | null {
    const text = this.plan.optional(this.row, column, 64);
    if (text === undefined) return before;
    if (text === null) return null;
    const limit = readLimit(text);
    if (!limit) this.error(column, 'bad-limit');
    return limit ?? null;
  }

  /** Nothing in the cell: as long as sensors usually need. */
  sensorMinutes(before: number | undefined): Pick<Asked, 'sensorMinutes'> {
    const text = this.plan.optional(this.row, 'sensor_minutes', 12);
    if (text === undefined) return before === undefined ? {} : { sensorMinutes: before };
    // What is no number is not in the range either: the schema says so.
    return text === null ? {} : { sensorMinutes: /^\d+$/.test(text) ? Number(text) : NaN };
  }

  checklist(before: ChecklistItem[]): ChecklistItem[] {
    const text = this.plan.optional(this.row, 'checklist', longestCell);
    if (text === undefined) return before;
    const checklist = readChecklist(text ?? '');
    if (!checklist) this.error('checklist', 'bad-checklist');
    return checklist ?? [];
  }
}
