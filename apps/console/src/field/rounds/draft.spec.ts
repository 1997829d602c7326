import type { ChecklistItem } from '@sc/contracts';
import { answerOf, draftOf, looksWrong } from './draft.js';

const title = { 'zh-CN': '压力', en: 'Pressure' };
const bar: ChecklistItem = { key: 'bar', kind: 'number', title, required: true, unit: 'bar', min: 4, max: 6 };
const clear: ChecklistItem = { key: 'clear', kind: 'check', title, required: true };

it.each([
  [bar, { value: '5,5' }, { itemKey: 'bar', value: 5.5 }],
  [bar, { value: 'five' }, undefined],
  [bar, { value: ' ' }, undefined],
  [bar, { value: '5', skipped: 'no gauge ' }, { itemKey: 'bar', skipped: 'no gauge' }],
  [bar, { skipped: 'no' }, undefined],
  [clear, {}, undefined],
  [clear, { value: false, note: ' boxes ' }, { itemKey: 'clear', value: false, note: 'boxes' }],
])('a draft comes to an answer, or to none: %#', (item, draft, answer) => {
  expect(answerOf(item, draft)).toEqual(answer);
});

it('sees on the phone already what will fail', () => {
  expect([looksWrong(bar, { value: '3.9' }), looksWrong(bar, { value: '4' }), looksWrong(bar, {})]).toEqual([
    true,
    false,
    false,
  ]);
  expect(looksWrong(clear, { value: false })).toBe(true);
});

it.each([
  [bar, { itemKey: 'bar', value: 5.5, failed: true, note: 'drips' }],
  [bar, { itemKey: 'bar', skipped: 'no gauge' }],
  [clear, { itemKey: 'clear', value: false }],
])('an answer that was refused is the same once it was in its form again: %#', (item, answer) => {
  expect(answerOf(item, draftOf(answer))).toEqual(answer);
});
