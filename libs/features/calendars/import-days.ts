import { Injectable } from '@nestjs/common';
import {
  type CalendarException,
  hoursOf,
  hoursText,
  type ImportResult,
  importColumns,
  mostExceptions,
  type Person,
  workingCalendarSchema,
  type WorkingSpan,
} from '@sc/contracts';
import { ImportPlan, isoDay, readTable, type TableRow } from '@sc/platform/csv';
import type { Row } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { CalendarsService } from './calendars.service.js';
import { refusals } from './refusals.js';

const restWords = new Set(['', 'off', 'rest', '休', '放假', '休息']);
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const chineseWeekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** Holidays, and days that are worked to make up for them, from a table: all lines or none. Days that are not in it stay as they are. */
@Injectable()
export class ImportDays {
  constructor(private readonly calendars: CalendarsService) {}

  /** @throws ProblemError `not-found` (no calendar of its own), `invalid-request` when it is to be applied and a cell cannot be used */
  run(person: Person, areaId: string, bytes: Uint8Array, preview: boolean): Promise<ImportResult> {
    const table = readTable(bytes, importColumns['calendar-days']);
    return this.calendars.changing(person, areaId, async (tx, before) => {
      if (!before) throw new ProblemError('not-found', refusals.noneOfItsOwn);
      const plan = new ImportPlan(table);
      const days = new Map(before.exceptions.map((day) => [day.date, day]));
      for (const row of table.rows) {
        const day = readDay(plan, row, before);
        if (!day) continue;
        plan.add(row.line, day.date, day.name, changesOf(days.get(day.date), day));
        days.set(day.date, day);
        if (days.size > mostExceptions) plan.error(row, 'date', 'too-many-days', day.date);
      }
      const after = { ...before, exceptions: [...days.values()] };
      if (!plan.refused) checkWhole(plan, table.rows, after);
      if (preview) return plan.result(false);
      plan.assertUsable();
      await this.calendars.write(tx, person, areaId, { ...after, ...workingCalendarSchema.parse(after) }, before);
      return plan.result(true);
    });
  }
}

function readDay(plan: ImportPlan, row: TableRow, { week }: Row<'calendars'>): CalendarException | undefined {
  const date = plan.required(row, 'date', 20);
  if (date === undefined || !plan.isFirst(row, 'date', date)) return undefined;
  const name = plan.required(row, 'name', 60);
  const iso = isoDay(date);
  if (!iso) plan.error(row, 'date', 'bad-date', date);
  const cell = plan.optional(row, 'hours', 120) ?? '';
  const hours = readHours(cell, week);
  if (!hours) plan.error(row, 'hours', 'bad-hours', cell);
  return iso && name && hours ? { date: iso, name, hours } : undefined;
}

/** `off`, a weekday whose hours it has, or `09:00-12:00 13:30-17:30`. */
function readHours(cell: string, week: readonly WorkingSpan[][]): WorkingSpan[] | undefined {
  const text = cell.toLowerCase();
  if (restWords.has(text)) return [];
  const weekday = Math.max(weekdays.indexOf(text), chineseWeekdays.indexOf(text));
  if (weekday >= 0) return week[weekday];
  return hoursOf(text);
}

function changesOf(before: CalendarException | undefined, after: CalendarException) {
  if (!before) return 'added';
  return (['name', 'hours'] as const)
    .map((column) => ({ column, from: cellOf(before[column]), to: cellOf(after[column]) }))
    .filter(({ from, to }) => from !== to);
}

const cellOf = (value: string | readonly WorkingSpan[]): string =>
  typeof value === 'string' ? value : hoursText(value);

/** What no line alone shows: nights that run into a day, a year without work.. */
function checkWhole(plan: ImportPlan, rows: readonly TableRow[], after: object): void {
  const [first] = rows;
  if (first && !workingCalendarSchema.safeParse(after).success) plan.error(first, '', 'days-do-not-fit');
}
