import type { Locale } from '@sc/contracts';
import type { ConfigProviderProps } from 'antd-mobile';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

type KitLocale = ConfigProviderProps['locale'];
const load: Record<Locale, () => Promise<{ default: KitLocale }>> = {
  'zh-CN': () => import('antd-mobile/es/locales/zh-CN'),
  en: () => import('antd-mobile/es/locales/en-US'),
};

/** What the component kit itself says, to screen readers mostly: comes after the page. */
export function useKitLocale(): KitLocale {
  const { language } = useTranslation().i18n;
  const [locale, setLocale] = useState<KitLocale>();
  useEffect(() => {
    let isWanted = true;
    void load[language as Locale]().then(
      (texts) => isWanted && setLocale(texts.default),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [language]);
  return locale;
}
