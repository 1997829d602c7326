import { locales, type Locale } from '@sc/contracts';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type en from '../locales/en/index.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: typeof en;
    returnNull: false;
  }
}

const storageKey = 'sc.locale';
type Texts = Promise<{ default: Partial<typeof en> }>;
const load: Record<Locale, Record<'phone' | 'all', () => Texts>> = {
  'zh-CN': { phone: () => import('../locales/zh-CN/phone.js'), all: () => import('../locales/zh-CN/index.js') },
  en: { phone: () => import('../locales/en/phone.js'), all: () => import('../locales/en/index.js') },
};
/** The phone fetches what it says and no more, until somebody goes to the desk. */
let extent: 'phone' | 'all' = 'all';

const isLocale = (value: unknown): value is Locale => locales.some((l) => l === value);

/** What this person chose here earlier; wins over the locale of their account. */
export const chosenLocale = (): Locale | undefined => {
  const stored = localStorage.getItem(storageKey);
  return isLocale(stored) ? stored : undefined;
};

const browserLocale = (): Locale =>
  navigator.languages.some((l) => l.toLowerCase().startsWith('zh')) &&
  !navigator.languages[0]?.toLowerCase().startsWith('en')
    ? 'zh-CN'
    : 'en';

/** Before the desk is shown to somebody who came from the phone's pages. */
export async function wholeTexts(): Promise<void> {
  if (extent === 'all') return;
  extent = 'all';
  await applyLocale(isLocale(i18next.language) ? i18next.language : 'en');
}

/** Loads one language; the other is fetched only when somebody switches. */
export async function applyLocale(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, extent === 'all' ? 'rules' : 'app')) {
    const { default: resources } = await load[locale][extent]();
    for (const [namespace, texts] of Object.entries(resources)) i18next.addResourceBundle(locale, namespace, texts);
  }
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  document.title = i18next.t('name');
}

export async function chooseLocale(locale: Locale): Promise<void> {
  localStorage.setItem(storageKey, locale);
  await applyLocale(locale);
}

export async function startI18n(): Promise<void> {
  if (/^\/field(\/|$)/.test(window.location.pathname)) extent = 'phone';
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
  await applyLocale(chosenLocale() ?? browserLocale());
}
