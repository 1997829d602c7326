import { type AlarmDetail, alarmJudgements } from '@sc/contracts';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/resources.js';
import { useMay } from '../../app/session.js';
import { useSiteTime } from '../../lib/site-time.js';
import { Assignee } from './assignee.js';
import { CommentForm } from './comment-form.js';
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
      <CommentForm id={alarm.id} />
      {asked === 'shelve' && <ShelveModal alarm={alarm} onClose={() => setAsked(undefined)} />}
      {asked === 'out' && <OutOfServiceModal alarm={alarm} onClose={() => setAsked(undefined)} />}
    </section>
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
