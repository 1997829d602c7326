import { locales, type Locale } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { chooseLocale } from '../i18n/index.js';

/** Each language is named in itself, so that one finds home from the other. */
const names: Record<Locale, string> = { 'zh-CN': '中文', en: 'English' };

export function LocaleSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <div className="locale-switch" role="group" aria-label={t('language')}>
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={i18n.language === locale}
          onClick={() => void chooseLocale(locale)}
        >
          {names[locale]}
        </button>
      ))}
    </div>
  );
}
