import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';
const storageKey = 'sc.theme';
const listeners = new Set<() => void>();

const initial = (): Theme => {
  const stored = localStorage.getItem(storageKey);
  return stored === 'dark' || stored === 'light' ? stored : 'light';
};
let theme = initial();

const apply = (): void => {
  document.documentElement.dataset.theme = theme;
};
apply();

/** The control room's day and night; kept on this machine. */
export function setTheme(next: Theme): void {
  theme = next;
  localStorage.setItem(storageKey, next);
  apply();
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
