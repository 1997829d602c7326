import type { ChecklistAnswer, ChecklistItem, ChecklistValue } from '@sc/contracts';

const kindOf = { check: 'boolean', text: 'string', number: 'number' } as const;

/** Answers that fit no item of the list: of an unknown key or another kind. */
export const unfitAnswers = (checklist: readonly ChecklistItem[], answers: readonly ChecklistAnswer[]): string[] =>
  answers
    .filter(({ key, value }) => {
      const item = checklist.find((one) => one.key === key);
      return !item || typeof value !== kindOf[item.kind];
    })
    .map(({ key }) => key);

/** Required items without an answer. */
export const missingAnswers = (checklist: readonly ChecklistItem[], answered: ReadonlySet<string>): string[] =>
  checklist.filter(({ key, required }) => required && !answered.has(key)).map(({ key }) => key);

/** Whether what was found is as it should be: the box is ticked, the number within its limits. Words say nothing about that. */
export function isInOrder(item: ChecklistItem, value: ChecklistValue): boolean {
  if (item.kind === 'check') return value === true;
  if (item.kind === 'text') return true;
  return typeof value === 'number' && value >= (item.min ?? -Infinity) && value <= (item.max ?? Infinity);
}
