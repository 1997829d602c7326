import { Button } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { useSiteTime } from '../../lib/site-time.js';
import { useText } from '../../lib/use-words.js';
import { useRoundActs } from './acts.js';

/** Scans and answers that have not reached the platform. */
export function WaitingActs() {
  const { t, i18n } = useTranslation(['rounds', 'field', 'app']);
  const text = useText();
  const { format } = useSiteTime();
  const { items, discard } = useRoundActs();
  const problemText = (code: string) =>
    i18n.exists(`problem.${code}`, { ns: 'app' }) ? t(`app:problem.${code}` as 'app:problem.internal') : code;
  return (
    <ul className="field-cards">
      {items.map((act) => (
        <li key={act.requestId} className="field-card">
          <strong>
            {act.kind === 'scan' ? t('field.scanWaiting') : t('field.answersWaiting', { place: text(act.place) })}
          </strong>
          <div className="field-card-row">
            <span className="muted">{format(act.createdAt)}</span>
            <span className={act.state === 'refused' ? 'field-overdue' : 'field-pending'}>
              {act.state === 'refused' ? t('field:itemRefused') : t('field:itemWaiting')}
            </span>
          </div>
          {act.state === 'refused' && (
            <>
              <span role="alert">{problemText(act.problem ?? 'internal')}</span>
              <Button color="danger" fill="outline" onClick={() => void discard(act.requestId)}>
                {t('field:discard')}
              </Button>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
