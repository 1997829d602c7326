import { ImportPlan, isoDay, minutesOfDay, type TableRow } from '@sc/platform/csv';
import { dayNumber, momentOf } from '../rotations/zoned-time.js';

/** A line of a table of shifts, read by the site's clock. */
export interface ShiftLine {
  row: TableRow;
  login: string;
  areaId: string;
  startsAt: number;
  endsAt: number;
}

const dayMinutes = 24 * 60;

/** What a line says; `undefined` after errors were noted. What ends before or when it begins ends on the next day. */
export function readShiftLine(plan: ImportPlan, row: TableRow, timeZone: string): ShiftLine | undefined {
  const login = plan.required(row, 'login', 64);
  const areaId = plan.required(row, 'area', 64);
  const date = plan.required(row, 'date', 20);
  const day = date === undefined ? undefined : isoDay(date);
  if (date !== undefined && !day) plan.error(row, 'date', 'bad-date', date);
  const from = timeOf(plan, row, 'from');
  const to = timeOf(plan, row, 'to');
  if (from === dayMinutes) return void plan.error(row, 'from', 'bad-time', row.cells['from']);
  if (!login || !areaId || !day || from === undefined || to === undefined) return undefined;
  const end = to > from ? to : to + dayMinutes;
  const moment = (minutes: number) =>
    momentOf(dayNumber(day) + Math.floor(minutes / dayMinutes), minutes % dayMinutes, timeZone);
  const [startsAt, endsAt] = [moment(from), moment(end)];
  // Hours that the clocks leave out altogether are no shift.
  if (endsAt <= startsAt) return void plan.error(row, 'to', 'bad-time', row.cells['to']);
  return { row, login, areaId, startsAt, endsAt };
}

function timeOf(plan: ImportPlan, row: TableRow, column: 'from' | 'to'): number | undefined {
  const cell = plan.required(row, column, 20);
  if (cell === undefined) return undefined;
  const time = minutesOfDay(cell);
  if (time === undefined) plan.error(row, column, 'bad-time', cell);
  return time;
}

/** One time in the plan of somebody in an area; with the line it is from, where it is from the table. */
export interface PlannedTime {
  startsAt: number;
  endsAt: number;
  row?: TableRow;
}

/** Lines that would have somebody on shift twice at once in the same area, each with what it overlaps. */
export function overlapsOf(times: readonly PlannedTime[]): { row: TableRow; other: PlannedTime }[] {
  const found: { row: TableRow; other: PlannedTime }[] = [];
  let reach: PlannedTime | undefined;
  for (const time of times.toSorted((a, b) => a.startsAt - b.startsAt)) {
    if (reach && time.startsAt < reach.endsAt) {
      if (time.row) found.push({ row: time.row, other: reach });
      else if (reach.row) found.push({ row: reach.row, other: time });
    }
    if (!reach || time.endsAt > reach.endsAt) reach = time;
  }
  return found;
}
