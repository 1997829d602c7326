import { recurrenceText, simpleRecurrence } from './recurrence-text.js';

describe('a recurrence in the form', () => {
  it.each([
    'DTSTART;TZID=Asia/Shanghai:20260101T220000\nRRULE:FREQ=DAILY',
    'DTSTART;TZID=Europe/Berlin:20260131T083000\nRRULE:FREQ=WEEKLY;BYDAY=MO,FR',
    'DTSTART;TZID=Asia/Shanghai:20260301T090000\nRRULE:FREQ=YEARLY',
  ])('comes back as it was: %s', (text) => {
    expect(recurrenceText(simpleRecurrence(text)!)).toBe(text);
  });

  it.each([
    'DTSTART;TZID=Asia/Shanghai:20260101T220000\nRRULE:FREQ=DAILY;BYHOUR=22,2',
    'DTSTART;TZID=Asia/Shanghai:20260101T220000\nRRULE:FREQ=DAILY\nEXDATE;TZID=Asia/Shanghai:20260217T220000',
    'DTSTART;TZID=Asia/Shanghai:20260101T220000\nRRULE:FREQ=MONTHLY;BYDAY=MO',
    'DTSTART:20260101T220000Z\nRRULE:FREQ=DAILY',
  ])('is left as text when the form cannot say it: %s', (text) => {
    expect(simpleRecurrence(text)).toBeUndefined();
  });
});
