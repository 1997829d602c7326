import type { Refused } from './api.js';
import { newToken, read, write } from './kept.js';

export interface Draft {
  /** Made with the first word: what is sent again is the same report. */
  token: string;
  category: string;
  placement: string;
  words: string;
  phone: string;
}
const key = (code: string) => `sc.resident.draft.${code}`;

/** What was being written in this tab. */
export function readDraft(code: string): Draft {
  const fresh = { token: newToken(), category: '', placement: '', words: '', phone: '' };
  try {
    const kept: unknown = JSON.parse(read(key(code), 'tab') ?? 'null');
    if (typeof kept !== 'object' || kept === null) return fresh;
    const known = Object.entries(kept).filter(([name, value]) => name in fresh && typeof value === 'string');
    return { ...fresh, ...Object.fromEntries(known) };
  } catch {
    return fresh;
  }
}
export const keepDraft = (code: string, draft: Draft | null): void =>
  write(key(code), draft && JSON.stringify(draft), 'tab');

export const phonePattern = /^\+?[0-9][0-9 ()-]{4,24}$/;

const soonMs = 8000;
/** When what was not sent is tried again by itself; `undefined`: never, a person has to change something. */
export function againInMs(refused: Refused): number | undefined {
  if (!refused.mayHeal) return undefined;
  return Math.max(refused.retryAfterMs ?? soonMs, 1000);
}
