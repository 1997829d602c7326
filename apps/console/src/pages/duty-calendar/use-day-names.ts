import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** What days are called by the reader; a day is a day of the site and has no time zone. */
export function useDayNames() {
  const { i18n } = useTranslation();
  const locale = i18n.language === 'en' ? 'en-GB' : i18n.language;
  return useMemo(() => {
    const named = (options: Intl.DateTimeFormatOptions) => {
      const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
      return (day: string) => format.format(Date.parse(day));
    };
    return {
      weekday: named({ weekday: 'short' }),
      short: named({ weekday: 'short', month: '2-digit', day: '2-digit' }),
      full: named({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
      month: named({ year: 'numeric', month: 'long' }),
    };
  }, [locale]);
}
