import { useTranslation } from 'react-i18next';

/** What is checked, and why it fails, in words; a code nobody has words for is shown as it is. */
export function useCheckWords(): { check: (name: string) => string; detail: (code: string | undefined) => string } {
  const { t, i18n } = useTranslation('system');
  return {
    check: (name) => (i18n.exists(`check.${name}`, { ns: 'system' }) ? t(`check.${name as 'database'}`) : name),
    detail: (code) => {
      if (code === undefined) return t('down');
      return i18n.exists(`detail.${code}`, { ns: 'system' })
        ? t(`detail.${code as 'buffering'}`)
        : `${t('down')} (${code})`;
    },
  };
}
