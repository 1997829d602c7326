import type { WorkOrderDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { workOrderQuery } from '../../api/queries.js';
import { SiteTime } from '../../components/age.js';
import { AlarmMiniList } from '../../components/alarm-mini-list.js';
import { ClockLine } from '../../components/order-light.js';
import { CameraPictures } from '../../components/camera-pictures.js';
import { Facts, Page, Panel } from '../../components/page.js';
import { Attachments } from '../../components/attachments.js';
import { QueryState } from '../../components/query-state.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { Story } from '../../components/story.js';
import { WorkOrderStateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { AcceptBy } from './accept-by.js';
import { CasePanels } from './case-panels.js';
import { WorkOrderActions } from './actions.js';
import { WhyThisPerson } from './candidates.js';
import { UnreadResidents } from './resident-words.js';
import { ResidentsPanel } from './residents-panel.js';

export function WorkOrderPage() {
  const { t } = useTranslation('desk');
  const { workOrderId = '' } = useParams();
  const query = useQuery(workOrderQuery(workOrderId));
  const text = useText();
  const title = query.data ? `${query.data.number} · ${text(query.data.title)}` : t('workOrders.title');
  return (
    <Page
      title={title}
      back={{ to: '/work-orders', label: t('workOrders.back') }}
      extra={
        query.data && (
          <>
            <SeverityBadge severity={query.data.severity} />
            <WorkOrderStateTag state={query.data.state} />
          </>
        )
      }
    >
      <QueryState query={query}>{(order) => <Detail order={order} />}</QueryState>
    </Page>
  );
}

function Detail({ order }: { order: WorkOrderDetail }) {
  const { t } = useTranslation(['desk', 'app', 'load', 'cases', 'calendars', 'assignment']);
  const text = useText();
  const place = usePlace();
  return (
    <div className="columns">
      <div className="stack">
        <UnreadResidents orderId={order.id} />
        {order.duplicateOf && (
          <Alert
            showIcon
            type="info"
            title={t('load:incident.duplicateOf')}
            action={<Link to={`/work-orders/${order.duplicateOf.id}`}>{order.duplicateOf.number}</Link>}
          />
        )}
        <Panel title={t('workOrders.actions')}>
          <WorkOrderActions order={order} />
        </Panel>
        <CasePanels order={order} />
        <ResidentsPanel order={order} />
        <Panel
          title={t('app:details')}
          extra={order.incidentId && <Link to={`/incidents/${order.incidentId}`}>{t('workOrders.incident')}</Link>}
        >
          <div className="stack">
            <div>
              <div className="muted">{t('workOrders.instructions')}</div>
              {text(order.instructions)}
            </div>
            <Facts
              items={[
                [t('workOrders.area'), place(order.areaId, order.areaName)],
                [t('workOrders.placement'), order.placement],
                [t('cases:source'), order.source !== 'alarm' && t(`cases:sources.${order.source}`)],
                [t('cases:finder'), order.finder?.name],
                [t('cases:description'), order.description],
                [t('cases:resumeAt'), order.resumeAt && <SiteTime at={order.resumeAt} />],
                [t('workOrders.assignee'), order.assigneeName ?? t('workOrders.nobody')],
                [t('calendars:clock'), order.clock && <ClockLine clock={order.clock} />],
                [t('workOrders.acceptBy'), order.state === 'dispatched' && <AcceptBy order={order} />],
                [t('workOrders.created'), <SiteTime at={order.createdAt} />],
                [t('workOrders.updated'), <SiteTime at={order.updatedAt} />],
                [t('workOrders.closed'), order.closedAt && <SiteTime at={order.closedAt} />],
                [t('workOrders.level'), order.escalationLevel > 0 && order.escalationLevel],
                [t('cases:proof'), order.proof !== 'none' && t(`cases:proofs.${order.proof}`)],
                [t('cases:score'), order.score && t('cases:scored', { score: order.score })],
              ]}
            />
          </div>
        </Panel>
        <Panel title={t('workOrders.alarms')}>
          {order.alarms.length > 0 ? (
            <>
              <AlarmMiniList alarms={order.alarms} />
              {order.alarms.map(
                (alarm) => alarm.domain === 'camera' && <CameraPictures key={alarm.id} of="alarm" id={alarm.id} />,
              )}
            </>
          ) : (
            <span className="muted">{t('workOrders.noAlarms')}</span>
          )}
        </Panel>
        <Panel title={t('workOrders.attachments')}>
          <Files order={order} />
        </Panel>
        <Panel title={t('assignment:why.title')}>
          <WhyThisPerson candidates={order.candidates} />
        </Panel>
      </div>
      <Panel title={t('workOrders.timeline')}>
        <Story entries={order.timeline} />
      </Panel>
    </div>
  );
}

function Files({ order }: { order: WorkOrderDetail }) {
  const { t } = useTranslation('desk');
  if (order.attachments.length === 0) return <span className="muted">{t('workOrders.noAttachments')}</span>;
  return <Attachments attachments={order.attachments} />;
}
