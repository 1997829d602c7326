import { type Draft, issuesAt, valueAt, withValue } from './draft.js';

const draft: Draft = { id: 'a', condition: { kind: 'threshold', raiseAt: 1 } };

it('reads and writes by path, and leaves the old draft as it was', () => {
  const next = withValue(withValue(draft, 'condition.raiseAt', 2), 'title.en', 'x');
  expect([valueAt(next, 'condition.raiseAt'), valueAt(next, 'title.en'), valueAt(next, 'no.such')]).toEqual([
    2,
    'x',
    undefined,
  ]);
  expect(valueAt(draft, 'condition.raiseAt')).toBe(1);
});

it('takes out what is empty: places nobody named are no places', () => {
  const placed = withValue(draft, 'appliesTo.areaIds', ['g1']);
  expect(withValue(placed, 'appliesTo.areaIds', undefined)).toEqual(draft);
});

it('finds issues of a field and of what is within it, not of its neighbours', () => {
  const issue = (path: string) => ({ path, code: 'missing' as const, params: {} });
  const all = ['condition.of', 'condition.of[0].x', 'condition.offDelayMs', 'condition'].map(issue);
  expect(issuesAt(all, 'condition.of').map(({ path }) => path)).toEqual(['condition.of', 'condition.of[0].x']);
});
