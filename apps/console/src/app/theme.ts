import { useSyncExternalStore } from 'react';
import { applyTheme, keepTheme, keptTheme, type Theme } from './theme-choice.js';

export type { Theme };

const listeners = new Set<() => void>();
let theme = keptTheme();
applyTheme(theme);

/** The control room's day and night; kept on this machine. */
export function setTheme(next: Theme): void {
  theme = next;
  keepTheme(next);
  applyTheme(next);
  for (const listener of listeners) listener();
}

export const useTheme = (): Theme =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => theme,
  );
