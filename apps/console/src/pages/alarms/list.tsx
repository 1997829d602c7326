import { type Alarm, isLifeSafety } from '@sc/contracts';
import { App, Button } from 'antd';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AlarmListHead } from './head.js';
import { KeysHelp } from './keys-help.js';
import { type QuickAction, QuickActionModal } from './quick-action.js';
import { AlarmRow } from './row.js';
import { SelectionBar } from './selection-bar.js';
import { useHeldRows } from './use-held-rows.js';
import { type ListCommand, useListKeys } from './use-list-keys.js';
import { WaitingBar } from './waiting-bar.js';
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
  const { t } = useTranslation(['desk', 'silences', 'control']);
  const { message } = App.useApp();
  const { rows, waiting, by: heldBy, point, leave, key, showNew } = useHeldRows(alarms);
  // Its place too: when the row is gone, the next key goes on from there and not from the top.
  const [current, setCurrent] = useState<{ id: string; index: number }>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [quick, setQuick] = useState<{ action: QuickAction; alarm: Alarm }>();
  const [help, setHelp] = useState(false);
  const body = useRef<HTMLTableSectionElement>(null);

  // Only what can still be acknowledged counts as chosen: another person may have been quicker.
  const eligible = rows.filter(({ alarm, gone }) => !gone && wantsAcknowledge(alarm)).map(({ alarm }) => alarm.id);
  const selected = eligible.filter((id) => chosen.has(id));
  const choose = (id: string) =>
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );
  const index = rows.findIndex(({ alarm }) => alarm.id === current?.id);
  const tabbable = Math.min(Math.max(index < 0 ? (current?.index ?? 0) : index, 0), rows.length - 1);

  const walk = (step: 1 | -1) => {
    const from = index >= 0 ? index + step : current ? current.index - (step < 0 ? 1 : 0) : 0;
    const at = Math.min(Math.max(from, 0), rows.length - 1);
    const id = rows[at]?.alarm.id;
    if (!id) return;
    setCurrent({ id, index: at });
    focus(id);
  };
  const focus = (id: string) => body.current?.querySelector<HTMLElement>(`[data-alarm="${id}"]`)?.focus();
  const closeDialog = () => {
    setQuick(undefined);
    setHelp(false);
  };
  // Once a dialog is gone the keys go on where they were before it: as long as it is there it keeps the focus.
  const dialog = help || quick !== undefined;
  const giveBack = useEffectEvent(() => {
    if (current) focus(current.id);
  });
  useEffect(() => (dialog ? () => giveBack() : undefined), [dialog]);
  const begin = (action: QuickAction, alarm: Alarm) => {
    if (action === 'shelve' && alarm.shelvableMinutes === 0) void message.info(t('silences:notShelvable'));
    else setQuick({ action, alarm });
  };

  useListKeys((command: ListCommand) => {
    if (quick || help) return false;
    const row = rows[index];
    const alarm = row && !row.gone ? row.alarm : undefined;
    key();
    if (command === 'next' || command === 'previous') walk(command === 'next' ? 1 : -1);
    else if (command === 'help') setHelp(true);
    else if (command === 'fresh') showNew();
    else if (command === 'open' && row) onOpen(row.alarm.id);
    else if (!alarm || !mayAcknowledge) return false;
    else if (command === 'comment' || command === 'assign' || command === 'shelve') begin(command, alarm);
    else if (!wantsAcknowledge(alarm)) return false;
    else if (command === 'acknowledge') onAcknowledge(alarm.id);
    else if (command === 'select') choose(alarm.id);
    return true;
  });

  const danger = waiting.some(({ severity }) => isLifeSafety(severity));
  return (
    <div className="alarms" onPointerEnter={point} onPointerLeave={leave}>
      <div className="alarms-bar" aria-live="polite">
        {selected.length > 0 && (
          <SelectionBar
            count={selected.length}
            busy={bulk.busy}
            onAcknowledge={() => bulk.acknowledge(selected, () => setChosen(new Set()))}
            onClear={() => setChosen(new Set())}
          />
        )}
        {waiting.length > 0 && (selected.length === 0 || danger) ? (
          <WaitingBar waiting={waiting} onShow={showNew} />
        ) : (
          selected.length === 0 && (
            <span className="muted">
              {heldBy && rows.length > 0
                ? t(heldBy === 'keys' ? 'control:list.heldByKeys' : 'alarms.held')
                : t(mayAcknowledge ? 'silences:keys' : 'alarms.keys')}{' '}
              <Button type="link" size="small" onClick={() => setHelp(true)}>
                {t('control:keys.button')}
              </Button>
            </span>
          )
        )}
      </div>
      {rows.length === 0 ? (
        <div className="panel">{empty}</div>
      ) : (
        <table className="alarms-table" aria-label={t('alarms.list')}>
          <AlarmListHead
            choice={mayAcknowledge ? { eligible: eligible.length, chosen: selected.length } : undefined}
            onChooseAll={(all) => setChosen(new Set(all ? eligible : []))}
          />
          <tbody ref={body}>
            {rows.map(({ alarm, gone }, at) => (
              <AlarmRow
                key={alarm.id}
                alarm={alarm}
                gone={gone}
                selected={alarm.id === selectedId}
                tabbable={at === tabbable}
                busy={acknowledging === alarm.id}
                mayAcknowledge={mayAcknowledge}
                chosen={chosen.has(alarm.id)}
                onChoose={() => choose(alarm.id)}
                onFocus={() => setCurrent({ id: alarm.id, index: at })}
                onOpen={() => onOpen(alarm.id)}
                onAcknowledge={() => onAcknowledge(alarm.id)}
              />
            ))}
          </tbody>
        </table>
      )}
      {help && <KeysHelp onClose={closeDialog} />}
      {quick && <QuickActionModal {...quick} onClose={closeDialog} />}
    </div>
  );
}
