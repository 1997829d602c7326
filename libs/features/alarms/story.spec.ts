import type { Gravity, Manner, Moving } from './moving.js';
import { type Change, tell } from './story.js';

const usual: Manner = { severity: 'moderate', workOrder: true, latching: false, suppressionGroup: null };
const low: Gravity = { severity: 'minor', workOrder: false };
const high: Gravity = { severity: 'severe', workOrder: true };
const change = (kind: Change['kind'], at: number, level?: Gravity): Change => ({
  kind,
  deviceId: 'c/d',
  ruleId: 'r',
  subject: '',
  ruleVersion: 1,
  at,
  cause: {},
  ...(level ? { level } : {}),
});
const after = (changes: Change[], from?: Moving) => {
  const { created, updated, steps } = tell(from, changes, usual, () => 'id', 0);
  return { alarm: created ?? updated, steps: steps.map(({ action, severity }) => `${action} ${severity}`) };
};

describe('the story of an alarm', () => {
  it('takes the severity of its rule, or of its event', () => {
    expect(after([change('raise', 1)]).alarm).toMatchObject(usual);
    expect(after([change('raise', 1, low)]).alarm).toMatchObject(low);
  });

  it('rises while the condition holds, and never falls', () => {
    const { alarm, steps } = after([change('raise', 1, low), change('escalate', 2, high), change('escalate', 3, low)]);
    expect(alarm).toMatchObject({ ...high, lastTransitionAt: 3 });
    expect(steps).toEqual(['raise minor', 'escalate-severity severe']);
  });

  it('that was seen has to be seen again when it rises', () => {
    const { alarm } = after([change('raise', 1, low)]);
    const seen = { ...alarm!, state: 'acknowledged' as const };
    expect(after([change('escalate', 2, high)], seen).alarm).toMatchObject({ state: 'unacknowledged' });
    expect(after([change('escalate', 2, low)], seen).alarm).toMatchObject({ state: 'acknowledged' });
  });

  it('rises also by a begin of what holds, and by one that begins again', () => {
    expect(after([change('raise', 1, low), change('raise', 2, high)]).steps).toEqual([
      'raise minor',
      'escalate-severity severe',
    ]);
    const again = after([change('raise', 1, high), change('clear', 2), change('raise', 3, low)]);
    expect(again.alarm).toMatchObject({ ...high, occurrences: 2 });
  });

  it('does not rise when it is over, or by what was told before', () => {
    expect(after([change('raise', 1, low), change('clear', 2), change('escalate', 3, high)]).steps).toEqual([
      'raise minor',
      'clear minor',
    ]);
    const { alarm } = after([change('raise', 5, low)]);
    expect(after([change('escalate', 5, high)], alarm).alarm).toBeUndefined();
    expect(after([change('escalate', 1, high)]).alarm).toBeUndefined();
  });
});
