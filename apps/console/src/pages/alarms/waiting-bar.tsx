import { type Alarm, isLifeSafety } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { SeverityBadge } from '../../components/severity-badge.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';

/** What waits while the list stands still. Danger to life is named, aloud too: nobody has to let go of the list to know of it. */
export function WaitingBar({ waiting, onShow }: { waiting: Alarm[]; onShow: () => void }) {
  const { t } = useTranslation(['control', 'desk']);
  const text = useText();
  const place = usePlace();
  const gravest = waiting[0];
  if (!gravest) return null;
  const danger = waiting.filter(({ severity }) => isLifeSafety(severity));
  const newest = danger.toSorted((a, b) => b.raisedAt.localeCompare(a.raisedAt))[0];
  return (
    <button type="button" className={`alarms-new ${newest ? 'alarms-new-danger' : ''}`} onClick={onShow}>
      <SeverityBadge severity={gravest.severity} />
      {newest && (
        <strong role="alert" className="alarms-new-what">
          {t('list.newDanger', {
            count: danger.length,
            title: text(newest.title),
            place: place(newest.areaId, newest.areaName),
          })}
        </strong>
      )}
      <span>{t('desk:alarms.newBar', { count: waiting.length })}</span>
    </button>
  );
}
