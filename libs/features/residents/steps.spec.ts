import { newPlaceCode } from './codes.js';
import { keyOf } from './limiter.js';
import { residentHistory } from './steps.js';

it('tells a resident only what changes something for them, also when work is sent back', () => {
  const states = [
    'registered',
    'dispatched',
    'dispatched',
    'accepted',
    'in-hand',
    'reported',
    'in-hand',
    'reported',
    'verified',
    'closed',
  ];
  const moves = states.map((toState, n) => ({ toState, at: new Date(n) }));
  expect(residentHistory(moves).map(({ step }) => step)).toEqual([
    'received',
    'in-hand',
    'checking',
    'in-hand',
    'checking',
    'done',
  ]);
});

it('counts a household of IPv6 as one address', () => {
  expect(keyOf('2001:db8:1:2:aaaa:bbbb:cccc:dddd')).toBe(keyOf('2001:db8:1:2::1'));
  expect(keyOf('2001:db8:1:3::1')).not.toBe(keyOf('2001:db8:1:2::1'));
  expect(keyOf('::ffff:10.0.0.1')).toBe(keyOf('10.0.0.1'));
});

it('makes codes that nobody misreads', () => {
  for (let n = 0; n < 200; n += 1) expect(newPlaceCode()).toMatch(/^[0-9a-hjkmnp-tv-z]{12}$/);
});
