import { Alert, Button, Input } from 'antd';
import type { AlarmDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { alarmQuery } from '../../api/queries.js';
import { Age, SiteTime } from '../../components/age.js';
import { CameraPictures } from '../../components/camera-pictures.js';
import { useCauseText } from '../../components/cause.js';
import { GroupMembers } from '../../components/group-members.js';
import { Facts } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { Story } from '../../components/story.js';
import { AlarmStateTag } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { AlarmActions } from './actions.js';
import { SilenceNote } from './silence-note.js';
import { useAcknowledge } from './use-acknowledge.js';
import { wantsAcknowledge } from './wants-acknowledge.js';

export function AlarmDetailView({ id, mayAcknowledge }: { id: string; mayAcknowledge: boolean }) {
  const alarm = useQuery(alarmQuery(id));
  return <QueryState query={alarm}>{(data) => <Detail alarm={data} mayAcknowledge={mayAcknowledge} />}</QueryState>;
}

function Detail({ alarm, mayAcknowledge }: { alarm: AlarmDetail; mayAcknowledge: boolean }) {
  const { t } = useTranslation(['desk', 'words', 'silences']);
  const text = useText();
  const cause = useCauseText();
  const place = usePlace();
  const { format } = useSiteTime();
  return (
    <div className="stack">
      <div className="alarm-detail-head">
        <div className="row-wrap">
          <SeverityBadge severity={alarm.severity} />
          <AlarmStateTag state={alarm.state} />
        </div>
        <h2>{text(alarm.title)}</h2>
        <strong className="alarm-cause">{cause(alarm.domain, alarm.cause)}</strong>
      </div>
      <GroupMembers cause={alarm.cause} />
      {alarm.domain === 'camera' && <CameraPictures of="alarm" id={alarm.id} />}
      <Alert type="info" title={t('alarms.guidance')} description={text(alarm.guidance)} />
      {alarm.silence && <Alert type="warning" title={<SilenceNote alarm={alarm} links />} />}
      {mayAcknowledge && wantsAcknowledge(alarm) && <AcknowledgeForm id={alarm.id} />}
      {mayAcknowledge && <AlarmActions alarm={alarm} />}
      <div className="row-wrap">
        {alarm.workOrderId && <Link to={`/work-orders/${alarm.workOrderId}`}>{t('alarms.openWorkOrder')}</Link>}
        {alarm.incidentId && <Link to={`/incidents/${alarm.incidentId}`}>{t('alarms.openIncident')}</Link>}
      </div>
      <Facts
        items={[
          [t('alarms.device'), <Link to={`/devices/${alarm.deviceId}`}>{alarm.deviceName}</Link>],
          [t('alarms.area'), place(alarm.areaId, alarm.areaName)],
          [t('alarms.raisedAt'), <SiteTime at={alarm.raisedAt} />],
          [t('alarms.age'), <Age since={alarm.raisedAt} />],
          [t('alarms.lastSeenAt'), <SiteTime at={alarm.lastSeenAt} />],
          [t('alarms.clearedAt'), alarm.clearedAt && <SiteTime at={alarm.clearedAt} />],
          [
            t('alarms.state'),
            [
              alarm.conditionActive ? t('alarms.active') : t('alarms.inactive'),
              alarm.latching && t('silences:latching'),
            ]
              .filter(Boolean)
              .join(' · '),
          ],
          [
            t('alarms.acknowledged'),
            alarm.acknowledgedAt &&
              t('alarms.acknowledgedBy', { name: alarm.acknowledgedBy ?? '–', time: format(alarm.acknowledgedAt) }),
          ],
          [t('silences:assignee'), !mayAcknowledge && alarm.assigneeName],
          [t('alarms.urgency'), t(`words:urgency.${alarm.urgency}`)],
          [t('alarms.certainty'), t(`words:certainty.${alarm.certainty}`)],
          [t('alarms.rule'), <code>{alarm.ruleId}</code>],
        ]}
      />
      <h3>{t('alarms.timeline')}</h3>
      <Story entries={alarm.timeline} />
    </div>
  );
}

function AcknowledgeForm({ id }: { id: string }) {
  const { t } = useTranslation('desk');
  const [note, setNote] = useState('');
  const acknowledge = useAcknowledge();
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        acknowledge.mutate({ id, note: note.trim() || undefined });
      }}
    >
      <Input.TextArea
        aria-label={t('alarms.acknowledgeWithNote')}
        placeholder={t('alarms.notePlaceholder')}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button type="primary" htmlType="submit" loading={acknowledge.isPending}>
        {note.trim() ? t('alarms.acknowledgeWithNote') : t('alarms.acknowledge')}
      </Button>
    </form>
  );
}
