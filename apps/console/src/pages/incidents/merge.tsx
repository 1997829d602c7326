import { compareSeverity, type IncidentDetail, isFinalWorkOrder, type ListedIncident } from '@sc/contracts';
import { App, Radio } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { keys } from '../../api/keys.js';
import { mergeableIncidentsQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { QueryState } from '../../components/query-state.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { usePlace } from '../../lib/use-place.js';
import { DecisionModal } from './decision-modal.js';
import { useMatter } from './use-matter.js';

/** Another open incident of the community becomes part of this one; or this one of it, where only it has an order. */
export function MergeModal({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  const { t } = useTranslation(['load', 'words']);
  const place = usePlace();
  const matter = useMatter();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const query = useQuery(mergeableIncidentsQuery(incident.id));
  const [otherId, setOtherId] = useState<string>();
  const other = query.data?.items.find(({ id }) => id === otherId);
  const swapped = other !== undefined && !mayRemain(incident, other);
  const merge = useMutation({
    mutationFn: (decision: { reason: string; requestId: string }) =>
      swapped
        ? api.mergeIncident(otherId!, { ...decision, incidentId: incident.id })
        : api.mergeIncident(incident.id, { ...decision, incidentId: otherId! }),
    onSuccess: (remaining) => {
      void queries.invalidateQueries({ queryKey: keys.incidents });
      void message.success(t('incident.mergeDone'));
      onClose();
      void navigate(`/incidents/${remaining.id}`);
    },
  });
  return (
    <DecisionModal
      title={t('incident.mergeTitle')}
      text={t('incident.mergeText')}
      ok={t('incident.doMerge')}
      ready={other !== undefined}
      pending={merge.isPending}
      error={merge.error}
      onOk={(decision) => merge.mutate(decision)}
      onCancel={onClose}
    >
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <span className="muted">{t('incident.noOther')}</span>
          ) : (
            <Radio.Group
              aria-label={t('incident.other')}
              className="decision-choice"
              value={otherId}
              onChange={(event) => setOtherId(event.target.value as string)}
              options={items.map((one) => ({
                value: one.id,
                label: (
                  <span>
                    <SeverityBadge severity={one.severity} /> {place(one.areaId, one.areaName)} · {matter(one.domain)}
                    <span className="muted">
                      {' · '}
                      {t('folded.count', { count: one.alarms })}
                      {one.workOrder && ` · ${one.workOrder.number}`}
                    </span>
                  </span>
                ),
              }))}
            />
          )
        }
      </QueryState>
      {other && <Outcome incident={incident} other={other} swapped={swapped} />}
    </DecisionModal>
  );
}

/** Of two orders the graver remains; one without an order never remains before one with. */
const mayRemain = (incident: IncidentDetail, other: ListedIncident): boolean => {
  const own = openOrder(incident);
  return !other.workOrder || (own !== undefined && compareSeverity(own.severity, other.workOrder.severity) <= 0);
};

const openOrder = (incident: IncidentDetail) =>
  incident.workOrders.find(({ state, incidentId }) => incidentId === incident.id && !isFinalWorkOrder(state));

/** Which of the two orders remains. */
function Outcome({ incident, other, swapped }: { incident: IncidentDetail; other: ListedIncident; swapped: boolean }) {
  const { t } = useTranslation('load');
  const own = openOrder(incident);
  const [remains, ends] = swapped ? [other.workOrder, own] : [own, other.workOrder];
  if (!remains) return <span className="muted">{t('incident.noOrders')}</span>;
  return (
    <div role="status">
      {swapped && <div>{t('incident.swapped')}</div>}
      <div>{t('incident.remains', { number: remains.number })}</div>
      {ends && <div>{t('incident.ends', { number: ends.number })}</div>}
    </div>
  );
}
