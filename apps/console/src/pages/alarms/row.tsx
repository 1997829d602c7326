import type { Alarm } from '@sc/contracts';
import { Button, Checkbox } from 'antd';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.js';
import { useCauseText } from '../../components/cause.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { AlarmStateTag, StateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { wantsAcknowledge } from './wants-acknowledge.js';

interface Props {
  alarm: Alarm;
  gone: boolean;
  selected: boolean;
  tabbable: boolean;
  busy: boolean;
  mayAcknowledge: boolean;
  /** Chosen for what is done to many at once; left out where that is not offered. */
  chosen: boolean;
  onChoose: () => void;
  onFocus: () => void;
  onOpen: () => void;
  onAcknowledge: () => void;
}

export function AlarmRow({
  alarm,
  gone,
  selected,
  tabbable,
  busy,
  mayAcknowledge,
  chosen,
  onChoose,
  onFocus,
  onOpen,
  onAcknowledge,
}: Props) {
  const { t } = useTranslation(['desk', 'silences']);
  const text = useText();
  const cause = useCauseText();
  const place = usePlace()(alarm.areaId, alarm.areaName);
  const acknowledge = (event: MouseEvent) => {
    event.stopPropagation();
    onAcknowledge();
  };
  return (
    <tr
      data-alarm={alarm.id}
      className={[
        `alarm-${alarm.severity}`,
        gone && 'alarm-gone',
        selected && 'alarm-selected',
        alarm.state === 'unacknowledged' && 'alarm-unseen',
      ]
        .filter(Boolean)
        .join(' ')}
      tabIndex={tabbable ? 0 : -1}
      aria-selected={selected}
      onFocus={onFocus}
      onClick={onOpen}
    >
      {mayAcknowledge && (
        <td className="col-choose" onClick={(event) => event.stopPropagation()}>
          {!gone && wantsAcknowledge(alarm) && (
            <Checkbox checked={chosen} onChange={onChoose} tabIndex={-1} aria-label={t('silences:select')} />
          )}
        </td>
      )}
      <td className="col-severity">
        <SeverityBadge severity={alarm.severity} />
      </td>
      <td className="col-alarm">
        <div className="alarm-title">{text(alarm.title)}</div>
        <div className="alarm-sub">
          {alarm.deviceName}
          {alarm.occurrences > 1 && <span> · {t('alarms.occurrences', { count: alarm.occurrences })}</span>}
          {alarm.assigneeName && <span> · {alarm.assigneeName}</span>}
        </div>
      </td>
      <td className="col-where" title={place}>
        {place}
      </td>
      <td className="col-value">{cause(alarm.domain, alarm.cause, true)}</td>
      <td className="col-state">
        {gone ? <StateTag tone="quiet">{t('alarms.gone')}</StateTag> : <AlarmStateTag state={alarm.state} />}
      </td>
      <td className="col-age">
        <Age since={alarm.raisedAt} />
      </td>
      <td className="col-act">
        {!gone && mayAcknowledge && wantsAcknowledge(alarm) && (
          <Button size="small" type="primary" loading={busy} tabIndex={-1} onClick={acknowledge}>
            {t('alarms.acknowledge')}
          </Button>
        )}
      </td>
    </tr>
  );
}
