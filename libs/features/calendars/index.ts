export { dueAt, light } from './arithmetic/limits.js';
export { type ClockChange, type ClockTimes, extended, leftOf, nextClock, timesOf } from './arithmetic/step-clock.js';
export { WorkingCalendar } from './arithmetic/working-calendar.js';
export { aroundTheClock, type CalendarBook, Calendars } from './calendars.js';
export { CalendarsModule } from './calendars.module.js';
export { CalendarsHttpModule } from './http/calendars-http.module.js';
