import type { IncidentDetail } from '@sc/contracts';
import { App, Checkbox } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { DecisionModal } from './decision-modal.js';

/** Some alarms become an incident of their own; at least one stays. */
export function SplitModal({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  const { t } = useTranslation('load');
  const text = useText();
  const place = usePlace();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<string[]>([]);
  const own = incident.alarms.filter(({ incidentId }) => incidentId === incident.id);
  const split = useMutation({
    mutationFn: (decision: { reason: string; requestId: string }) =>
      api.splitIncident(incident.id, { ...decision, alarmIds: chosen }),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: keys.incidents });
      void message.success(t('incident.splitDone'));
      onClose();
      void navigate(`/incidents/${made.id}`);
    },
  });
  return (
    <DecisionModal
      title={t('incident.splitTitle')}
      text={t('incident.splitText')}
      ok={t('incident.doSplit')}
      ready={chosen.length > 0 && chosen.length < own.length}
      pending={split.isPending}
      error={split.error}
      onOk={(decision) => split.mutate(decision)}
      onCancel={onClose}
    >
      <Checkbox.Group
        aria-label={t('incident.choose')}
        className="decision-choice"
        value={chosen}
        onChange={setChosen}
        options={own.map((alarm) => ({
          value: alarm.id,
          label: (
            <span>
              <SeverityBadge severity={alarm.severity} /> {text(alarm.title)}{' '}
              <span className="muted">
                {alarm.deviceName} · {place(alarm.areaId, alarm.areaName)}
              </span>
            </span>
          ),
        }))}
      />
    </DecisionModal>
  );
}
