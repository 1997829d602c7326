import { type AlarmDetail, alarmJudgements } from '@sc/contracts';
import { Button, Input, Segmented, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleQuery, useAreas } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { useMay, usePerson } from '../../app/session.js';
import { useSiteTime } from '../../lib/site-time.js';
import { OutOfServiceModal } from './out-of-service-modal.js';
import { ShelveModal } from './shelve-modal.js';
import { useAlarmMove } from './use-alarm-move.js';

/** What the control room can do with an alarm beside acknowledging it. */
export function AlarmActions({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslation('silences');
  const [asked, setAsked] = useState<'shelve' | 'out'>();
  const unshelve = useAlarmMove(alarm.id, () => api.unshelveAlarm(alarm.id));
  const mayTakeOut = useMay('admin', 'manager');
  const silenced = alarm.silence !== null;
  return (
    <section className="stack" aria-label={t('act')}>
      {alarm.state !== 'normal' && <Assignee alarm={alarm} />}
      <Judgement alarm={alarm} />
      <div className="row-wrap">
        {alarm.shelvableMinutes > 0 && <Button onClick={() => setAsked('shelve')}>{t('shelve')}</Button>}
        {alarm.silence?.kind === 'shelf' && (
          <Button loading={unshelve.isPending} onClick={() => unshelve.mutate()}>
            {t('unshelve')}
          </Button>
        )}
        {mayTakeOut && alarm.state !== 'out-of-service' && (
          <Button onClick={() => setAsked('out')}>{t('outOfService')}</Button>
        )}
        {!silenced && alarm.shelvableMinutes === 0 && alarm.state !== 'normal' && (
          <span className="muted">{t('notShelvable')}</span>
        )}
      </div>
      <Comment id={alarm.id} />
      {asked === 'shelve' && <ShelveModal alarm={alarm} onClose={() => setAsked(undefined)} />}
      {asked === 'out' && <OutOfServiceModal alarm={alarm} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

/** People whose area holds the alarm's place, oneself first. */
function Assignee({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslation('silences');
  const self = usePerson();
  const areas = useAreas();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const assign = useAlarmMove(alarm.id, (personId: string | null) => api.assignAlarm(alarm.id, personId));
  const above = new Set<string>();
  for (let at = areas.find(({ id }) => id === alarm.areaId); at && !above.has(at.id);) {
    above.add(at.id);
    const { parentId } = at;
    at = areas.find(({ id }) => id === parentId);
  }
  const choices = people.filter((person) => person.id === self.id || above.has(person.areaId));
  const options = choices
    .toSorted((a, b) => Number(b.id === self.id) - Number(a.id === self.id) || a.name.localeCompare(b.name))
    .map(({ id, name }) => ({ value: id, label: name }));
  const known = options.some(({ value }) => value === alarm.assigneeId);
  return (
    <div className="field-line">
      <label htmlFor="alarm-assignee">{t('assignee')}</label>
      <Select
        id="alarm-assignee"
        className="field-grow"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('nobody')}
        value={known ? alarm.assigneeId : (alarm.assigneeName ?? undefined)}
        options={options}
        loading={assign.isPending}
        onChange={(id: string | null | undefined) => assign.mutate(id ?? null)}
      />
      {alarm.assigneeId !== self.id && <Button onClick={() => assign.mutate(self.id)}>{t('takeIt')}</Button>}
    </div>
  );
}

function Judgement({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslation('silences');
  const { format } = useSiteTime();
  const judge = useAlarmMove(alarm.id, (judgement: AlarmDetail['judgement']) => api.judgeAlarm(alarm.id, judgement));
  return (
    <div className="field-line">
      <span id="alarm-judgement">{t('judgement')}</span>
      <Segmented
        aria-labelledby="alarm-judgement"
        // No part is chosen as long as nobody has said anything.
        value={alarm.judgement ?? ('' as 'true')}
        options={alarmJudgements.map((value) => ({ value, label: t(`judgements.${value}`) }))}
        disabled={judge.isPending}
        onChange={(value) => judge.mutate(value)}
      />
      {alarm.judgement && (
        <>
          <Button type="link" size="small" onClick={() => judge.mutate(null)}>
            {t('takeBack')}
          </Button>
          <span className="muted">
            {alarm.judgedAt && t('judgedBy', { name: alarm.judgedBy ?? '–', time: format(alarm.judgedAt) })}
          </span>
        </>
      )}
    </div>
  );
}

function Comment({ id }: { id: string }) {
  const { t } = useTranslation('silences');
  const [note, setNote] = useState('');
  const comment = useAlarmMove(
    id,
    (text: string) => api.commentAlarm(id, text),
    () => setNote(''),
  );
  return (
    <form
      className="field-line"
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim()) comment.mutate(note.trim());
      }}
    >
      <Input
        className="field-grow"
        aria-label={t('comment')}
        placeholder={t('commentPlaceholder')}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button htmlType="submit" disabled={note.trim() === ''} loading={comment.isPending}>
        {t('addComment')}
      </Button>
    </form>
  );
}
