import type { Alarm, AlarmSilence } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { SeverityBadge } from '../../components/severity-badge.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { SilenceNote } from './silence-note.js';

const kinds: AlarmSilence['kind'][] = ['maintenance', 'shelf', 'out-of-service', 'graver-alarm'];

/** What calls nobody at present, with why and until when: silent, never invisible. */
export function SilencedAlarms({
  alarms,
  more,
  onOpen,
}: {
  alarms: Alarm[];
  more: boolean;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation('silences');
  if (alarms.length === 0) return null;
  const counts = kinds
    .map((kind) => ({ kind, count: alarms.filter(({ silence }) => silence?.kind === kind).length }))
    .filter(({ count }) => count > 0);
  return (
    <details className="panel silenced" id="silenced" open>
      <summary>
        <strong>{t('summary', { count: alarms.length })}</strong>{' '}
        <span className="muted">{counts.map(({ kind, count }) => t(`count.${kind}`, { count })).join(' · ')}</span>
      </summary>
      <ul>
        {alarms.map((alarm) => (
          <SilencedRow key={alarm.id} alarm={alarm} onOpen={() => onOpen(alarm.id)} />
        ))}
      </ul>
      {more && <p className="muted">{t('capped', { count: alarms.length })}</p>}
    </details>
  );
}

function SilencedRow({ alarm, onOpen }: { alarm: Alarm; onOpen: () => void }) {
  const { t } = useTranslation('silences');
  const text = useText();
  const place = usePlace();
  return (
    <li>
      <SeverityBadge severity={alarm.severity} />
      <button type="button" className="silenced-what" onClick={onOpen}>
        <span className="alarm-title">{text(alarm.title)}</span>
        <span className="alarm-sub">
          {alarm.deviceName} · {place(alarm.areaId, alarm.areaName)} · {t(alarm.conditionActive ? 'holds' : 'over')}
        </span>
      </button>
      <SilenceNote alarm={alarm} />
    </li>
  );
}
