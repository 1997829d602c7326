import { daysOf, lettersOf, lettersPattern } from './rotation-letters.js';

const hours = { day: { from: '08:00', to: '20:00' }, night: { from: '20:00', to: '08:00' } };

it('reads a pattern as people write it, and writes it back', () => {
  expect(daysOf('dn-', hours)).toEqual([[hours.day], [hours.night], []]);
  expect(lettersOf(daysOf('DDNN--', hours))).toBe('DDNN--');
  expect(['DDNN--', 'N', '--', '', 'DX'].map((text) => lettersPattern.test(text))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
