import { workingCalendarSchema, type WorkingCalendarData } from '@sc/contracts';
import { WorkingCalendar } from './working-calendar.js';

const office = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '17:30' },
];
export const officeWeek: WorkingCalendarData['week'] = [office, office, office, office, office, [], []];

/** May 2026 as the State Council has it: 1 to 5 off, Saturday the 9th worked. */
export const chinaOffice: WorkingCalendarData = {
  timeZone: 'Asia/Shanghai',
  week: officeWeek,
  exceptions: [
    ...['01', '02', '03', '04', '05'].map((date) => ({ date: `2026-05-${date}`, name: '劳动节', hours: [] })),
    { date: '2026-05-09', name: '劳动节调休', hours: office },
  ],
};

export const calendarOf = (data: WorkingCalendarData): WorkingCalendar =>
  new WorkingCalendar(workingCalendarSchema.parse(data));
