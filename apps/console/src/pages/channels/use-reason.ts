import { useTranslation } from 'react-i18next';

/** Why it did not work: in words where we have some, else the code of the other side. */
export function useReason(): (reason: string) => string {
  const { t, i18n } = useTranslation('channels');
  return (reason) =>
    i18n.exists(`reason.${reason}`, { ns: 'channels' }) ? t(`reason.${reason as 'timeout'}`) : reason;
}
