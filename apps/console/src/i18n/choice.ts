import type { Locale } from '@sc/contracts';

const storageKey = 'sc.locale';

export const isLocale = (value: unknown): value is Locale => value === 'zh-CN' || value === 'en';

/** What this person chose here earlier; wins over the locale of their account. */
export const chosenLocale = (): Locale | undefined => {
  const stored = localStorage.getItem(storageKey);
  return isLocale(stored) ? stored : undefined;
};
export const keepLocale = (locale: Locale): void => localStorage.setItem(storageKey, locale);

/** Before anybody is known: what was chosen here, else the language of the browser. */
export const firstLocale = (): Locale =>
  chosenLocale() ??
  (navigator.languages.some((l) => l.toLowerCase().startsWith('zh')) &&
  !navigator.languages[0]?.toLowerCase().startsWith('en')
    ? 'zh-CN'
    : 'en');
