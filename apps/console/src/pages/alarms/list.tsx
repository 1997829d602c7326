import type { Alarm } from '@sc/contracts';
import { Checkbox } from 'antd';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SeverityBadge } from '../../components/severity-badge.js';
import { holdList } from './held-list.js';
import { AlarmRow } from './row.js';
import { SelectionBar } from './selection-bar.js';
import { wantsAcknowledge } from './wants-acknowledge.js';

interface Props {
  alarms: Alarm[];
  selectedId?: string;
  mayAcknowledge: boolean;
  acknowledging?: string;
  onOpen: (id: string) => void;
  onAcknowledge: (id: string) => void;
  /** Acknowledges many at once; calls back when that is done. */
  bulk: { busy: boolean; acknowledge: (ids: string[], done: () => void) => void };
  empty: ReactNode;
}

export function AlarmList({
  alarms,
  selectedId,
  mayAcknowledge,
  acknowledging,
  onOpen,
  onAcknowledge,
  bulk,
  empty,
}: Props) {
  const { t } = useTranslation(['desk', 'silences']);
  const [held, setHeld] = useState(false);
  const [shown, setShown] = useState(alarms);
  const [currentId, setCurrentId] = useState<string>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const body = useRef<HTMLTableSectionElement>(null);
  const { rows, waiting } = holdList(shown, alarms, held);

  // Only what can still be acknowledged counts as chosen: another person may have been quicker.
  const eligible = rows.filter(({ alarm, gone }) => !gone && wantsAcknowledge(alarm)).map(({ alarm }) => alarm.id);
  const selected = eligible.filter((id) => chosen.has(id));
  const choose = (id: string) =>
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );

  // While nobody points, what is shown is what is known; on pointing, that moment's rows are kept.
  const hold = () => {
    setShown(alarms);
    setHeld(true);
  };

  const focusRow = (id: string | undefined) => {
    if (!id) return;
    setCurrentId(id);
    body.current?.querySelector<HTMLElement>(`[data-alarm="${id}"]`)?.focus();
  };
  const act = useEffectEvent((key: string): boolean => {
    const index = rows.findIndex((r) => r.alarm.id === currentId);
    const row = rows[index];
    if (key === 'j') focusRow(rows[Math.min(index + 1, rows.length - 1)]?.alarm.id);
    else if (key === 'k') focusRow(rows[Math.max(index - 1, 0)]?.alarm.id);
    else if (key === 'a' && row && !row.gone && mayAcknowledge && wantsAcknowledge(row.alarm))
      onAcknowledge(row.alarm.id);
    else if (key === 'x' && row && mayAcknowledge && eligible.includes(row.alarm.id)) choose(row.alarm.id);
    else if (key === 'Enter' && row) onOpen(row.alarm.id);
    else return false;
    return true;
  });

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target.closest('input, textarea, select, dialog, [role=dialog], [role=menu]')
      )
        return;
      // Enter belongs to whatever has the focus; only on a row it means "open".
      if (event.key === 'Enter' && !target.matches('[data-alarm]')) return;
      if (act(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <div className="alarms" onPointerEnter={hold} onPointerLeave={() => setHeld(false)}>
      <div className="alarms-bar" aria-live="polite">
        {selected.length > 0 ? (
          <SelectionBar
            count={selected.length}
            busy={bulk.busy}
            onAcknowledge={() => bulk.acknowledge(selected, () => setChosen(new Set()))}
            onClear={() => setChosen(new Set())}
          />
        ) : waiting.length > 0 && waiting[0] ? (
          <button type="button" className="alarms-new" onClick={() => setShown(alarms)}>
            <SeverityBadge severity={waiting[0].severity} />
            {t('alarms.newBar', { count: waiting.length })}
          </button>
        ) : (
          <span className="muted">
            {held && rows.length > 0 ? t('alarms.held') : t(mayAcknowledge ? 'silences:keys' : 'alarms.keys')}
          </span>
        )}
      </div>
      {rows.length === 0 ? (
        <div className="panel">{empty}</div>
      ) : (
        <table className="alarms-table" aria-label={t('alarms.list')}>
          <thead>
            <tr>
              {mayAcknowledge && (
                <th scope="col" className="col-choose">
                  <Checkbox
                    aria-label={t('silences:selectAll')}
                    disabled={eligible.length === 0}
                    checked={selected.length > 0 && selected.length === eligible.length}
                    indeterminate={selected.length > 0 && selected.length < eligible.length}
                    onChange={({ target }) => setChosen(new Set(target.checked ? eligible : []))}
                  />
                </th>
              )}
              <th scope="col" className="col-severity">
                {t('alarms.severity')}
              </th>
              <th scope="col">{t('alarms.alarm')}</th>
              <th scope="col" className="col-where">
                {t('alarms.where')}
              </th>
              <th scope="col" className="col-value">
                {t('alarms.value')}
              </th>
              <th scope="col" className="col-state">
                {t('alarms.state')}
              </th>
              <th scope="col" className="col-age">
                {t('alarms.age')}
              </th>
              <th scope="col" className="col-act">
                <span className="visually-hidden">{t('alarms.acknowledge')}</span>
              </th>
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map(({ alarm, gone }, index) => (
              <AlarmRow
                key={alarm.id}
                alarm={alarm}
                gone={gone}
                selected={alarm.id === selectedId}
                tabbable={currentId ? currentId === alarm.id : index === 0}
                busy={acknowledging === alarm.id}
                mayAcknowledge={mayAcknowledge}
                chosen={chosen.has(alarm.id)}
                onChoose={() => choose(alarm.id)}
                onFocus={() => setCurrentId(alarm.id)}
                onOpen={() => onOpen(alarm.id)}
                onAcknowledge={() => onAcknowledge(alarm.id)}
              />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
