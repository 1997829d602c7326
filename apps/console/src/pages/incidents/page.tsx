import type { IncidentDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { incidentQuery } from '../../api/queries.js';
import { SiteTime } from '../../components/age.js';
import { AlarmMiniList } from '../../components/alarm-mini-list.js';
import { Facts, Page, Panel } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { StateTag, WorkOrderStateTag } from '../../components/tags.js';
import { useNow } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useDuration, useText } from '../../lib/use-words.js';
import { IncidentStory } from './incident-story.js';
import { IncidentActions, Relations } from './relations.js';
import { Surroundings } from './surroundings.js';
import { useMatter } from './use-matter.js';
import { WhatToDo } from './what-to-do.js';
import '../../styles/load.css';

const IncidentChart = lazy(() => import('./incident-chart.js'));

export function IncidentPage() {
  const { t } = useTranslation(['desk', 'words']);
  const { incidentId = '' } = useParams();
  const place = usePlace();
  const query = useQuery(incidentQuery(incidentId));
  const incident = query.data;
  return (
    <Page
      title={incident ? `${t('incident.title')} · ${place(incident.areaId, incident.areaName)}` : t('incident.title')}
      back={{ to: '/alarms', label: t('alarms.title') }}
      extra={
        incident && (
          <>
            <SeverityBadge severity={incident.severity} />
            <StateTag tone={incident.state === 'open' ? 'hot' : 'good'}>
              {t(`words:incidentState.${incident.state}`)}
            </StateTag>
            <IncidentActions key={incident.id} incident={incident} />
          </>
        )
      }
    >
      <QueryState query={query}>{(data) => <Detail incident={data} />}</QueryState>
    </Page>
  );
}

function Detail({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation('desk');
  const text = useText();
  const now = useNow();
  const duration = useDuration();
  const matter = useMatter();
  const end = incident.closedAt ? Date.parse(incident.closedAt) : now;
  return (
    <div className="columns">
      <div className="stack">
        <Relations incident={incident} />
        <Panel>
          <Facts
            items={[
              [t('incident.domain'), matter(incident.domain)],
              [t('incident.opened'), <SiteTime at={incident.openedAt} />],
              [t('incident.closed'), incident.closedAt && <SiteTime at={incident.closedAt} />],
              [t('incident.duration'), <span className="age">{duration(end - Date.parse(incident.openedAt))}</span>],
            ]}
          />
        </Panel>
        <WhatToDo incident={incident} />
        <Panel title={t('incident.alarms')}>
          <AlarmMiniList alarms={incident.alarms} />
        </Panel>
        <Panel title={t('incident.workOrders')}>
          {incident.workOrders.length === 0 && <span className="muted">{t('workOrders.noneFound')}</span>}
          <ul className="mini-list">
            {incident.workOrders.map((order) => (
              <li key={order.id}>
                <Link to={`/work-orders/${order.id}`}>{order.number}</Link>
                <span className="grow">{text(order.title)}</span>
                <span className="muted">{order.assigneeName ?? t('workOrders.nobody')}</span>
                <WorkOrderStateTag state={order.state} />
              </li>
            ))}
          </ul>
        </Panel>
        <Surroundings incident={incident} />
        <Suspense fallback={null}>
          <IncidentChart incident={incident} />
        </Suspense>
      </div>
      <Panel title={t('incident.timeline')}>
        <IncidentStory incident={incident} />
      </Panel>
    </div>
  );
}
