import { differencesOf } from './difference.js';

it('names each field that differs, was added or went, and not the version', () => {
  const before = { version: 1, title: { en: 'A', 'zh-CN': '甲' }, condition: { raiseAt: 1, clearAt: 0 }, gone: true };
  const after = { version: 2, title: { en: 'B', 'zh-CN': '甲' }, condition: { raiseAt: 1, of: 'x', clearAt: 0 } };
  expect(differencesOf(before, after)).toEqual([
    { path: 'title.en', before: 'A', after: 'B' },
    { path: 'gone', before: true, after: undefined },
    { path: 'condition.of', before: undefined, after: 'x' },
  ]);
  expect(differencesOf(before, { ...before, version: 9 })).toEqual([]);
});

it('keeps lists whole', () => {
  expect(differencesOf({ on: [1, 2] }, { on: [2, 1] })).toEqual([{ path: 'on', before: [1, 2], after: [2, 1] }]);
});
