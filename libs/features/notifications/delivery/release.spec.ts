import fc from 'fast-check';
import { decideRelease, foldBeyond } from './release.js';

const waiting = fc.record({
  danger: fc.boolean(),
  isSummary: fc.boolean(),
  quietUntil: fc.option(fc.nat(), { nil: undefined }),
  releasedLately: fc.nat(100),
});

it('holds back and folds nothing that is about danger, whatever the hour and the flood', () => {
  fc.assert(
    fc.property(waiting, (one) => void expect(decideRelease({ ...one, danger: true })).toEqual({ step: 'send' })),
  );
});

it('holds everything else in quiet hours until their end, folds a flood, and never its summary', () => {
  fc.assert(
    fc.property(waiting, (one) => {
      const { step, ...rest } = decideRelease({ ...one, danger: false });
      if (one.quietUntil !== undefined) expect({ step, ...rest }).toEqual({ step: 'hold', until: one.quietUntil });
      else expect(step).toBe(!one.isSummary && one.releasedLately >= foldBeyond ? 'fold' : 'send');
    }),
  );
});
