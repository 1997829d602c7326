export { countedMs, dueAt, elapsed, later, light, type Unit } from './arithmetic/limits.js';
export { type ClockChange, type ClockTimes, extended, leftOf, nextClock, timesOf } from './arithmetic/step-clock.js';
export { WorkingCalendar } from './arithmetic/working-calendar.js';
