import { Button, Dialog } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { draftsOf } from './drafts-of.js';
import { isCase, isStep, type OutboxItem } from './outbox-items.js';
import { useOutbox } from './outbox.js';

/** Why the platform said no, and what a person can do about it. */
export function useRefusalText(): (code: string) => { reason: string; advice: string } {
  const { t, i18n } = useTranslation(['field', 'app']);
  const or = (key: string, ns: 'field' | 'app', other: string) =>
    i18n.exists(key, { ns }) ? t(`${ns}:${key}` as 'field:refused') : other;
  return (code) => ({
    reason: or(`problem.${code}`, 'app', code),
    advice: or(`advice.${code}`, 'field', t('advice.other')),
  });
}

/** Under something that was refused: why, what to do, and the three ways on. Nothing goes by itself. */
export function Refusal({ item }: { item: OutboxItem }) {
  const { t } = useTranslation(['field', 'app']);
  const { retry, discard, change } = useOutbox();
  const navigate = useNavigate();
  const { reason, advice } = useRefusalText()(item.problem ?? 'internal');
  const ask = () =>
    void Dialog.confirm({
      content: t('discardConfirm'),
      confirmText: t('discard'),
      cancelText: t('app:cancel'),
      onConfirm: () => discard(item.requestId),
    });
  return (
    <div className="field-refusal" role="alert">
      <strong>{reason}</strong>
      <span>{advice}</span>
      <div className="field-choices">
        <Button color="primary" fill="outline" onClick={() => void retry(item.requestId)}>
          {t('app:retry')}
        </Button>
        {hasForm(item) && (
          <Button onClick={() => void change(item).then(() => navigate(draftsOf(item).path))}>{t('changeIt')}</Button>
        )}
        <Button color="danger" fill="outline" onClick={ask}>
          {t('discard')}
        </Button>
      </div>
    </div>
  );
}

/** Whether anything was filled in that can be changed. */
function hasForm(item: OutboxItem): boolean {
  if (isStep(item)) return Boolean(item.note) || item.photos.length > 0;
  return isCase(item) ? !item.workOrderId : item.kind !== 'scan';
}
