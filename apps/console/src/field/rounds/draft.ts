import type { ChecklistItem, RoundAnswer } from '@sc/contracts';

/** What somebody has put in for an item so far. */
export interface Draft {
  value?: boolean | string;
  note?: string;
  /** Said to be wrong, though nothing measures it. */
  failed?: boolean;
  /** Set: it is left out, for this reason. */
  skipped?: string;
}

/** The answer a draft comes to; `undefined`: nothing that could be sent. */
export function answerOf(item: ChecklistItem, draft: Draft | undefined): RoundAnswer | undefined {
  if (!draft) return undefined;
  if (draft.skipped !== undefined)
    return draft.skipped.trim().length >= 3 ? { itemKey: item.key, skipped: draft.skipped.trim() } : undefined;
  const value = valueOf(item, draft.value);
  if (value === undefined) return undefined;
  const note = draft.note?.trim();
  return { itemKey: item.key, value, ...(draft.failed ? { failed: true } : {}), ...(note ? { note } : {}) };
}

/** Back into the form, to be changed. */
export function draftOf(answer: RoundAnswer): Draft {
  if ('skipped' in answer) return { skipped: answer.skipped };
  const { value, failed, note } = answer;
  return {
    value: typeof value === 'number' ? String(value) : value,
    ...(failed ? { failed } : {}),
    ...(note ? { note } : {}),
  };
}

/** Whether it would be found wrong, so that the phone asks at once what is the matter. */
export function looksWrong(item: ChecklistItem, draft: Draft): boolean {
  const value = valueOf(item, draft.value);
  if (draft.failed || value === false) return true;
  if (item.kind !== 'number' || typeof value !== 'number') return false;
  return value < (item.min ?? -Infinity) || value > (item.max ?? Infinity);
}

function valueOf(item: ChecklistItem, value: Draft['value']): boolean | number | string | undefined {
  if (item.kind === 'check') return typeof value === 'boolean' ? value : undefined;
  if (typeof value !== 'string' || !value.trim()) return undefined;
  if (item.kind === 'text') return value.trim();
  // A phone's keyboard may offer a comma only.
  const number = Number(value.trim().replace(',', '.'));
  return Number.isFinite(number) ? number : undefined;
}
