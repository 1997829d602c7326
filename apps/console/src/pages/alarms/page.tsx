import { Drawer, Grid } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { openAlarmsQuery, silencedAlarmsQuery } from '../../api/queries.js';
import { useMay } from '../../app/session.js';
import { Page } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { AlarmDetailView } from './detail.js';
import { FoldedAlarms } from './folded/folded-alarms.js';
import { AlarmList } from './list.js';
import { SilencedAlarms } from './silenced.js';
import { useAcknowledge } from './use-acknowledge.js';
import { useAcknowledgeAll } from './use-acknowledge-all.js';
import { wantsAcknowledge } from './wants-acknowledge.js';

export function AlarmsPage() {
  const { t } = useTranslation(['desk', 'silences']);
  const { alarmId } = useParams();
  const navigate = useNavigate();
  const alarms = useQuery(openAlarmsQuery);
  const silenced = useQuery(silencedAlarmsQuery).data;
  const acknowledge = useAcknowledge();
  const acknowledgeAll = useAcknowledgeAll();
  const mayAcknowledge = useMay('admin', 'operator', 'manager');
  const wide = Grid.useBreakpoint().md ?? true;
  const open = useCallback((id: string) => void navigate(`/alarms/${id}`), [navigate]);
  const items = alarms.data?.items ?? [];
  const unacknowledged = items.filter(wantsAcknowledge).length;

  return (
    <Page
      title={t('alarms.title')}
      extra={
        <span className="counts">
          {items.length > 0 && (
            <>
              <span>{t('alarms.open', { count: items.length })}</span>
              <strong className={unacknowledged > 0 ? 'counts-hot' : undefined}>
                {t('alarms.unacknowledged', { count: unacknowledged })}
              </strong>
            </>
          )}
          {silenced && silenced.items.length > 0 && (
            <a href="#silenced" title={t('silences:summaryHint')}>
              {t('silences:summary', { count: silenced.items.length })}
            </a>
          )}
        </span>
      }
    >
      <QueryState query={alarms}>
        {(data) => (
          <>
            <FoldedAlarms alarms={data.items}>
              {(shown) => (
                <AlarmList
                  alarms={shown}
                  selectedId={alarmId}
                  mayAcknowledge={mayAcknowledge}
                  acknowledging={acknowledge.isPending ? acknowledge.variables.id : undefined}
                  onOpen={open}
                  onAcknowledge={(id) => acknowledge.mutate({ id })}
                  bulk={{
                    busy: acknowledgeAll.isPending,
                    acknowledge: (ids, done) => acknowledgeAll.mutate(ids, { onSuccess: done }),
                  }}
                  empty={<Calm good title={t('alarms.calm')} text={t('alarms.calmText')} />}
                />
              )}
            </FoldedAlarms>
            {data.nextCursor && <p className="muted">{t('alarms.capped', { count: data.items.length })}</p>}
            {silenced && <SilencedAlarms alarms={silenced.items} more={silenced.nextCursor !== null} onOpen={open} />}
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
