import type { ImportError, ImportErrorCode, ImportResult, ImportRow } from '@sc/contracts';
import { ProblemError } from '@sc/platform/http';
import type { Table, TableRow } from './read-table.js';
import { refusals } from './refusals.js';

const mostErrors = 1000;
const mostTold = 20;

/** What an import would do, line by line, and what keeps it from being done. */
export class ImportPlan {
  readonly rows: ImportRow[] = [];
  private readonly errors: ImportError[];
  private readonly keys = new Set<string>();

  constructor(private readonly table: Table) {
    this.errors = [...table.errors];
  }

  get refused(): boolean {
    return this.errors.length > 0;
  }

  get errorCount(): number {
    return this.errors.length;
  }

  error({ line }: TableRow, column: string, code: ImportErrorCode, value = ''): void {
    this.errors.push({ line, column, code, value: value.slice(0, 120) });
  }

  /** A cell that must not be empty or too long; `undefined` after the error was noted. */
  required(row: TableRow, column: string, longest: number): string | undefined {
    const value = row.cells[column] ?? '';
    if (value && value.length <= longest) return value;
    this.error(row, column, value ? 'too-long' : 'required', value);
    return undefined;
  }

  /** A cell that may be empty (`null`) or may have no column at all (`undefined`: leave it as it is). */
  optional(row: TableRow, column: string, longest: number): string | null | undefined {
    const value = row.cells[column];
    if (value === undefined) return undefined;
    if (value.length > longest) this.error(row, column, 'too-long', value);
    return value || null;
  }

  /** Whether this key stands in the file for the first time. */
  isFirst(row: TableRow, column: string, key: string): boolean {
    if (!this.keys.has(key)) {
      this.keys.add(key);
      return true;
    }
    this.error(row, column, 'duplicate', key);
    return false;
  }

  add(line: number, key: string, name: string, changes: ImportRow['changes'] | 'added'): void {
    const mark = changes === 'added' ? 'added' : changes.length ? 'changed' : 'unchanged';
    this.rows.push({ line, key, name, mark, changes: changes === 'added' ? [] : changes });
  }

  result(applied: boolean, credentials: ImportResult['credentials'] = null): ImportResult {
    const { encoding, delimiter } = this.table;
    const errors = this.errors.toSorted((a, b) => a.line - b.line).slice(0, mostErrors);
    return { applied, encoding, delimiter, rows: this.rows, errors, credentials };
  }

  /** @throws ProblemError `invalid-request` naming lines and columns: all or nothing */
  assertUsable(): void {
    if (!this.refused) return;
    const told = this.errors.slice(0, mostTold);
    throw new ProblemError(
      'invalid-request',
      refusals.unusable(this.errors.length),
      told.map(({ line, column, code }) => ({ path: `line ${line}${column && `, ${column}`}`, message: code })),
    );
  }
}
