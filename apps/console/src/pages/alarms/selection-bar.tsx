import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** Takes the place of the line above the list, so that nothing below it moves. */
export function SelectionBar({
  count,
  busy,
  onAcknowledge,
  onClear,
}: {
  count: number;
  busy: boolean;
  onAcknowledge: () => void;
  onClear: () => void;
}) {
  const { t } = useTranslation('silences');
  return (
    <div className="alarms-chosen">
      <strong>{t('selected', { count })}</strong>
      <Button type="primary" size="small" loading={busy} onClick={onAcknowledge}>
        {t('acknowledgeSelected')}
      </Button>
      <Button size="small" onClick={onClear}>
        {t('clearSelection')}
      </Button>
    </div>
  );
}
