import type { ChecklistItem, RoundAnswer } from '@sc/contracts';

/** What an answer to an item comes to; `undefined`: it does not fit the item at all. */
export function verdictOf(item: ChecklistItem, answer: RoundAnswer): { failed: boolean } | undefined {
  if ('skipped' in answer) return { failed: false };
  const { value, failed = false } = answer;
  switch (item.kind) {
    case 'check':
      return typeof value === 'boolean' ? { failed: failed || !value } : undefined;
    case 'text':
      return typeof value === 'string' ? { failed } : undefined;
    case 'number':
      // A measurement out of its range fails by itself: nobody can say that it is in order.
      return typeof value === 'number' ? { failed: failed || isOutside(item, value) } : undefined;
  }
}

const isOutside = ({ min = -Infinity, max = Infinity }: { min?: number; max?: number }, value: number): boolean =>
  value < min || value > max;
