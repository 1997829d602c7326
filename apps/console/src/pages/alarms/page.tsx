import { Drawer, Grid } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { openAlarmsQuery } from '../../api/queries.js';
import { useMay } from '../../app/session.js';
import { Page } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { AlarmDetailView } from './detail.js';
import { AlarmList } from './list.js';
import { useAcknowledge } from './use-acknowledge.js';
import { wantsAcknowledge } from './wants-acknowledge.js';

export function AlarmsPage() {
  const { t } = useTranslation('desk');
  const { alarmId } = useParams();
  const navigate = useNavigate();
  const alarms = useQuery(openAlarmsQuery);
  const acknowledge = useAcknowledge();
  const mayAcknowledge = useMay('admin', 'operator', 'manager');
  const wide = Grid.useBreakpoint().md ?? true;
  const open = useCallback((id: string) => void navigate(`/alarms/${id}`), [navigate]);
  const items = alarms.data?.items ?? [];
  const unacknowledged = items.filter(wantsAcknowledge).length;

  return (
    <Page
      title={t('alarms.title')}
      extra={
        items.length > 0 && (
          <span className="counts">
            <span>{t('alarms.open', { count: items.length })}</span>
            <strong className={unacknowledged > 0 ? 'counts-hot' : undefined}>
              {t('alarms.unacknowledged', { count: unacknowledged })}
            </strong>
          </span>
        )
      }
    >
      <QueryState query={alarms}>
        {(data) => (
          <>
            <AlarmList
              alarms={data.items}
              selectedId={alarmId}
              mayAcknowledge={mayAcknowledge}
              acknowledging={acknowledge.isPending ? acknowledge.variables.id : undefined}
              onOpen={open}
              onAcknowledge={(id) => acknowledge.mutate({ id })}
              empty={<Calm good title={t('alarms.calm')} text={t('alarms.calmText')} />}
            />
            {data.nextCursor && <p className="muted">{t('alarms.capped', { count: data.items.length })}</p>}
          </>
        )}
      </QueryState>
      <Drawer
        open={alarmId !== undefined}
        onClose={() => void navigate('/alarms')}
        size={wide ? 480 : '100%'}
        mask={false}
        rootClassName="alarm-drawer"
        title={t('alarms.alarm')}
        destroyOnHidden
      >
        {alarmId && <AlarmDetailView id={alarmId} mayAcknowledge={mayAcknowledge} />}
      </Drawer>
    </Page>
  );
}
