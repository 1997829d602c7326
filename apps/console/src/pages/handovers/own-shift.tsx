import { App, Button, Select } from 'antd';
import type { HandoverNow } from '@sc/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { teamsQuery } from '../../api/directory.js';
import { handoversApi } from '../../api/handovers.js';
import { keys } from '../../api/keys.js';
import { usePerson } from '../../app/session.js';
import { Panel } from '../../components/page.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useProblemText, useText } from '../../lib/use-words.js';
import { HandoverState } from './parts.js';

/** Until when one is on duty, and the hand-over of that shift. */
export function OwnShift({ now: { shift, own } }: { now: HandoverNow }) {
  const { t } = useTranslation('handovers');
  const { format } = useSiteTime();
  const text = useText();
  const person = usePerson();
  const { message } = App.useApp();
  const problemText = useProblemText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [teamId, setTeamId] = useState<string>();
  const teams = (useQuery(teamsQuery).data?.items ?? []).filter(
    ({ active, members }) => active && members.some(({ id }) => id === person.id),
  );
  const begin = useMutation({
    mutationFn: () => handoversApi.open(teamId ? { teamId } : {}),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: keys.handovers });
      void navigate(`/handovers/${id}`);
    },
    onError: (error) => void message.error(problemText(error).line),
  });
  const ended = own && (own.state === 'accepted' || own.state === 'handed-over');
  return (
    <Panel title={t('yours')} extra={own && <HandoverState state={own.state} />}>
      <div className="row-wrap handover-own">
        <span className="grow">
          {shift ? t('shiftUntil', { from: format(shift.startsAt), to: format(shift.endsAt) }) : t('noShift')}
        </span>
        {teams.length > 0 && !own && (
          <Select
            aria-label={t('ofTeam')}
            style={{ width: 220 }}
            value={teamId ?? ''}
            onChange={(id) => setTeamId(id || undefined)}
            options={[
              { value: '', label: t('wholeRoom') },
              ...teams.map(({ id, name }) => ({ value: id, label: text(name) })),
            ]}
          />
        )}
        {ended ? (
          <Button onClick={() => void navigate(`/handovers/${own.id}`)}>{t('look')}</Button>
        ) : (
          <Button
            type="primary"
            loading={begin.isPending}
            onClick={() => (own ? void navigate(`/handovers/${own.id}`) : begin.mutate())}
          >
            {t(own ? 'goOn' : 'begin')}
          </Button>
        )}
      </div>
    </Panel>
  );
}
