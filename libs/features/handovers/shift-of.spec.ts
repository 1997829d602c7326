import { plannedShift, shiftOf } from './shift-of.js';

const hour = 3_600_000;
const now = Date.UTC(2030, 0, 1, 12);
const span = (from: number, to: number) => ({ from: now + from * hour, to: now + to * hour });

describe('the shift that is handed over', () => {
  it.each([
    ['the one that is on', [span(-4, 4), span(4, 12)], span(-4, 4)],
    ['of two, the longer one', [span(-4, 1), span(-2, 6)], span(-2, 6)],
    ['one that begins now, not the one that ends now', [span(-8, 0), span(0, 8)], span(0, 8)],
    ['one that ended within two hours', [span(-9, -1), span(5, 9)], span(-9, -1)],
    ['none that ended long ago or comes', [span(-12, -3), span(1, 9)], undefined],
  ])('is %s', (_, spans, expected) => {
    expect(plannedShift(spans, now)).toEqual(expected);
  });

  it('is counted from the last hand-over where there is no plan, and never tells of more than a day', () => {
    expect(shiftOf([], now - 5 * hour, now)).toEqual({ ...span(-5, 0), planned: false });
    expect(shiftOf([], undefined, now)).toEqual({ ...span(-8, 0), planned: false });
    expect(shiftOf([], now - 90 * hour, now)).toEqual({ ...span(-24, 0), planned: false });
    expect(shiftOf([span(-1, 1)], now - 5 * hour, now)).toEqual({ ...span(-1, 1), planned: true });
  });
});
