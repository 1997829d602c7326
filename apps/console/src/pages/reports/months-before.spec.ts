import { monthsBefore } from './months-before.js';

it.each([
  ['2026-11-23', 12, '2025-12-01'],
  // The 1st is not included: the last day is of the month before.
  ['2026-11-01', 12, '2025-11-01'],
  ['2026-01-15', 1, '2026-01-01'],
  ['2026-01-01', 12, '2025-01-01'],
])('a period that ends before %s: %d months begin on %s', (to, months, first) =>
  expect(monthsBefore(to, months)).toBe(first),
);
