import { App, Button, Input, Popconfirm } from 'antd';
import { type HandoverDetail, type HandoverItem, handoverLimits, type HandoverNote } from '@sc/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { handoversApi } from '../../api/handovers.js';
import { usePerson } from '../../app/session.js';
import { Panel } from '../../components/page.js';
import { newRequestId } from '../../lib/request-id.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useText } from '../../lib/use-words.js';
import { useHandoverChange } from './use-handover-change.js';

/** About the shift as a whole; each of its author, so that two who write lose nothing of each other. */
export function Remarks({ handover }: { handover: HandoverDetail }) {
  const { t } = useTranslation('handovers');
  const general = handover.remarks.filter(({ item }) => item === null);
  const mayNote = handover.allowedActions.includes('note');
  return (
    <Panel title={t('remarks')}>
      {general.length === 0 && !mayNote && <span className="muted">{t('noRemarks')}</span>}
      <RemarkList handover={handover} remarks={general} />
      {mayNote && <AddRemark handover={handover} open />}
    </Panel>
  );
}

/** What was written about something is not lost when that stands no more. */
export function GoneRemarks({ handover }: { handover: HandoverDetail }) {
  const { t } = useTranslation('handovers');
  const text = useText();
  const { standing } = handover.snapshot;
  const gone = handover.remarks.filter(
    ({ item }) => item && !standing[item.kind].items.some(({ id }) => id === item.id),
  );
  if (gone.length === 0) return null;
  return (
    <Panel title={t('gone')}>
      {gone.map((note) => (
        <section key={note.id} className="handover-group">
          <strong>{text(note.item!.title)}</strong>
          <RemarkList handover={handover} remarks={[note]} />
        </section>
      ))}
    </Panel>
  );
}

export function RemarkList({ handover, remarks }: { handover: HandoverDetail; remarks: readonly HandoverNote[] }) {
  if (remarks.length === 0) return null;
  return (
    <ul className="handover-remarks">
      {remarks.map((note) => (
        <Remark key={note.id} handover={handover} note={note} />
      ))}
    </ul>
  );
}

function Remark({ handover, note }: { handover: HandoverDetail; note: HandoverNote }) {
  const { t } = useTranslation(['handovers', 'app']);
  const { format } = useSiteTime();
  const person = usePerson();
  const [changing, setChanging] = useState(false);
  const change = useHandoverChange();
  const mine = note.by.id === person.id && handover.allowedActions.includes('note');
  if (changing)
    return (
      <li>
        <RemarkField
          label={t('remark')}
          initial={note.words}
          busy={change.isPending}
          onCancel={() => setChanging(false)}
          onSave={(words) =>
            change.mutate(() => handoversApi.changeNote(handover.id, note.id, { basedOn: note.version, words }), {
              onSuccess: () => setChanging(false),
            })
          }
        />
      </li>
    );
  return (
    <li>
      <span className="handover-words">{note.words}</span>
      <span className="muted">
        {note.by.name} · {format(note.at)}
      </span>
      {mine && (
        <span className="handover-press">
          <Button size="small" type="link" onClick={() => setChanging(true)}>
            {t('change')}
          </Button>
          <Popconfirm
            title={t('removeConfirm')}
            onConfirm={() => change.mutate(() => handoversApi.removeNote(handover.id, note.id))}
          >
            <Button size="small" type="link" loading={change.isPending}>
              {t('remove')}
            </Button>
          </Popconfirm>
        </span>
      )}
    </li>
  );
}

/** @param item none: about the shift as a whole */
export function AddRemark({
  handover,
  item,
  open: always = false,
}: {
  handover: HandoverDetail;
  item?: HandoverItem;
  open?: boolean;
}) {
  const { t } = useTranslation('handovers');
  const text = useText();
  const { message } = App.useApp();
  const [open, setOpen] = useState(always);
  // The same words sent twice by a bad network are one remark.
  const [requestId, setRequestId] = useState(newRequestId);
  const change = useHandoverChange();
  const label = item ? t('remarkOn', { title: text(item.title) }) : t('addRemark');
  if (!open)
    return (
      <Button className="handover-press" size="small" type="link" aria-label={label} onClick={() => setOpen(true)}>
        {t('addRemark')}
      </Button>
    );
  const about = item ? { item: { kind: item.kind, id: item.id } } : {};
  return (
    <RemarkField
      // Empty again when it was written.
      key={requestId}
      label={label}
      busy={change.isPending}
      {...(always ? {} : { onCancel: () => setOpen(false) })}
      onSave={(words) =>
        change.mutate(() => handoversApi.addNote(handover.id, { requestId, words, ...about }), {
          onSuccess: () => {
            setRequestId(newRequestId());
            setOpen(always);
            void message.success(t('addRemark'), 1);
          },
        })
      }
    />
  );
}

interface FieldProps {
  label: string;
  initial?: string;
  busy: boolean;
  onSave: (words: string) => void;
  onCancel?: () => void;
}

function RemarkField({ label, initial = '', busy, onSave, onCancel }: FieldProps) {
  const { t } = useTranslation(['handovers', 'app']);
  const [words, setWords] = useState(initial);
  const empty = words.trim() === '';
  return (
    <div className="handover-press handover-field">
      <Input.TextArea
        aria-label={label}
        placeholder={t('write')}
        autoFocus={Boolean(onCancel)}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={handoverLimits.words}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <span className="row-wrap">
        <Button type="primary" disabled={empty} loading={busy} onClick={() => onSave(words.trim())}>
          {t('app:save')}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t('app:cancel')}</Button>}
      </span>
    </div>
  );
}
