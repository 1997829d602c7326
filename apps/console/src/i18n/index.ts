import type { Locale } from '@sc/contracts';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type en from '../locales/en/index.js';
import { firstLocale, isLocale, keepLocale } from './choice.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: typeof en;
    returnNull: false;
  }
}

type Texts = Promise<{ default: { [N in keyof typeof en]?: object } }>;
type Load = Record<Locale, () => Texts>;
export interface TextLoads {
  /** What is said before anything is opened. */
  first: Load;
  /** The rest, where it comes apart: loaded by `moreTexts`. */
  more?: Load;
}
let loads: TextLoads | undefined;
let wantsMore = false;

/** Before a page that says more than the first one. */
export async function moreTexts(): Promise<void> {
  wantsMore = true;
  if (isLocale(i18next.language)) await loadTexts(i18next.language);
}

/** Loads one language; the other is fetched only when somebody switches. */
export async function applyLocale(locale: Locale): Promise<void> {
  await loadTexts(locale);
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  document.title = i18next.t('name');
}

export async function chooseLocale(locale: Locale): Promise<void> {
  keepLocale(locale);
  await applyLocale(locale);
}

async function loadTexts(locale: Locale): Promise<void> {
  const parts = await Promise.all([loads?.first[locale](), wantsMore ? loads?.more?.[locale]() : undefined]);
  for (const part of parts)
    for (const [namespace, texts] of Object.entries(part?.default ?? {}))
      i18next.addResourceBundle(locale, namespace, texts, true, true);
}

export async function startI18n(texts: TextLoads): Promise<void> {
  loads = texts;
  await i18next.use(initReactI18next).init({
    lng: undefined,
    fallbackLng: false,
    ns: [
      'app',
      'assignment',
      'back-test',
      'board',
      'calendars',
      'cameras',
      'catalogue',
      'cases',
      'channels',
      'control',
      'words',
      'desk',
      'directory',
      'duty',
      'evaluation',
      'exports',
      'field',
      'handovers',
      'load',
      'map',
      'silences',
      'reports',
      'rounds',
      'rules',
      'site',
      'staffing',
      'system',
      'wall',
    ],
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    resources: {},
  });
  await applyLocale(firstLocale());
}
