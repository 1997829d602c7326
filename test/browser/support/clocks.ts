import { type AreaCalendar, areaCalendarSchema, type OrderClock } from '@sc/contracts';

const minute = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** Clocks of orders as their lights show them; `now` is the site's present. */
export const clocksAt = (now: number) => ({
  accepting: {
    step: 'accept',
    startedAt: iso(now - 93_000),
    warnAt: iso(now + 50_000),
    dueAt: iso(now + 86_000),
    light: 'normal',
    left: { amount: 2, unit: 'minutes' },
  } satisfies OrderClock,
  verifying: {
    step: 'verify',
    startedAt: iso(now - 400_000),
    warnAt: iso(now + 30 * 60 * minute),
    dueAt: iso(now + 40 * 60 * minute),
    light: 'normal',
    left: { amount: 2, unit: 'working-days' },
  } satisfies OrderClock,
  handlingLate: {
    step: 'handle',
    startedAt: iso(now - 6600_000),
    warnAt: iso(now - 60 * minute),
    dueAt: iso(now - 35 * minute),
    light: 'overdue',
    left: { amount: -35, unit: 'working-minutes' },
  } satisfies OrderClock,
  handlingSoon: {
    step: 'handle',
    startedAt: iso(now - 6600_000),
    warnAt: iso(now - 5 * minute),
    dueAt: iso(now + 95 * minute),
    light: 'warning',
    left: { amount: 95, unit: 'working-minutes' },
  } satisfies OrderClock,
});

const office = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '17:30' },
];

/** The calendar of the community, with the National Day of 2026. */
export const aCalendar = (area: Pick<AreaCalendar, 'areaId' | 'areaName'>, at: number): AreaCalendar =>
  areaCalendarSchema.parse({
    ...area,
    ownerId: area.areaId,
    ownerName: area.areaName,
    name: '物业服务办公时间',
    timeZone: 'Asia/Shanghai',
    week: [office, office, office, office, [...office, { from: '22:00', to: '06:00' }], [], []],
    exceptions: [
      { date: '2026-01-01', name: '元旦', hours: [] },
      { date: '2036-10-01', name: '国庆节', hours: [] },
      { date: '2036-10-11', name: '国庆节调休', hours: office },
    ],
    revision: 3,
    updatedAt: iso(at),
    updatedBy: '张经理',
  });
