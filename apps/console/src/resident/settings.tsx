import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Locale, Text } from '@sc/contracts';
import { en, type Words } from './en.js';
import { read, write } from './kept.js';
import { zh } from './zh.js';

type Theme = 'light' | 'dark';
interface Settings {
  locale: Locale;
  theme: Theme;
  w: Words;
  /** A text of the server. */
  text(text: Text): string;
  time(at: string): string;
  setLocale(locale: Locale): void;
  setTheme(theme: Theme): void;
}
const Context = createContext<Settings | undefined>(undefined);

export function useSettings(): Settings {
  const settings = useContext(Context);
  if (!settings) throw new Error('useSettings outside of SettingsProvider');
  return settings;
}

/** Puts values into a text: `{days}`. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

const firstLocale = (): Locale => {
  const kept = read('sc.locale');
  if (kept === 'en' || kept === 'zh-CN') return kept;
  return /^zh/i.test(navigator.language) ? 'zh-CN' : 'en';
};
const firstTheme = (): Theme => {
  const kept = read('sc.theme');
  if (kept === 'light' || kept === 'dark') return kept;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

/** Language and theme of the phone, unless somebody chose others here. */
export function SettingsProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState(firstLocale);
  const [theme, setTheme] = useState(firstTheme);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dataset['theme'] = theme;
  }, [locale, theme]);
  const settings = useMemo<Settings>(() => {
    const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    });
    return {
      locale,
      theme,
      w: locale === 'en' ? en : zh,
      text: (text) => text[locale],
      time: (at) => format.format(new Date(at)),
      setLocale: (next) => {
        write('sc.locale', next);
        setLocale(next);
      },
      setTheme: (next) => {
        write('sc.theme', next);
        setTheme(next);
      },
    };
  }, [locale, theme]);
  return <Context value={settings}>{children}</Context>;
}
