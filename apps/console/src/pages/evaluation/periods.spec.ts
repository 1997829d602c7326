import { comparedWith, daysOf, instants } from './periods.js';

const zone = 'Asia/Shanghai';
/** 1 March, seven in the morning in Shanghai. */
const now = Date.UTC(2028, 1, 29, 23);

it('begins and ends periods with days of the site’s clock', () => {
  expect(daysOf('this-month', now, zone)).toEqual({ from: '2028-03-01', to: '2028-03-02' });
  expect(daysOf('last-month', now, zone)).toEqual({ from: '2028-02-01', to: '2028-03-01' });
  expect(daysOf('last-30', now, zone)).toEqual({ from: '2028-02-01', to: '2028-03-02' });
  expect(instants({ from: '2028-02-01', to: '2028-03-01' }, zone).from).toBe('2028-01-31T16:00:00.000Z');
});

it('puts the time before, or the same a year ago, beside it', () => {
  const february = { from: '2028-02-01', to: '2028-02-29' };
  expect(comparedWith(february, 'none')).toBeUndefined();
  expect(comparedWith(february, 'before')).toEqual({ from: '2028-01-04', to: '2028-02-01' });
  expect(comparedWith(february, 'year')).toEqual({ from: '2027-02-01', to: '2027-02-28' });
});
