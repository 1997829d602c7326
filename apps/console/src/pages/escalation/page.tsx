import type { EscalationChain } from '@sc/contracts';
import { App, Button, Popconfirm } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chainsQuery, escalationApi, escalationKey } from '../../api/escalation.js';
import { useMay, usePerson } from '../../app/session.js';
import { AreaSelect } from '../../components/area-select.js';
import { Page, Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { StateTag } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useProblemText, useText } from '../../lib/use-words.js';
import { ChainEditor } from './chain-editor.js';
import { ChainSteps } from './chain-steps.js';
import '../../styles/escalation.css';

/** Who is asked next while nobody accepts, for each severity at one place. */
export function EscalationPage() {
  const { t } = useTranslation('assignment');
  const own = usePerson().areaId;
  const [areaId, setAreaId] = useState<string | undefined>(own);
  return (
    <Page
      title={t('chains.title')}
      extra={
        <AreaSelect value={areaId} onChange={setAreaId} label={t('chains.place')} allowClear={false} width={240} />
      }
    >
      <p className="muted">
        {t('chains.intro')} {t('chains.lifeSafety')}
      </p>
      {areaId ? (
        <Chains areaId={areaId} />
      ) : (
        <Calm title={t('chains.choosePlace')} text={t('chains.choosePlaceText')} />
      )}
    </Page>
  );
}

function Chains({ areaId }: { areaId: string }) {
  const query = useQuery(chainsQuery(areaId));
  return (
    <QueryState query={query}>
      {({ items }) => (
        <div className="stack">
          {items.map((chain) => (
            <ChainPanel key={chain.severity} areaId={areaId} chain={chain} />
          ))}
        </div>
      )}
    </QueryState>
  );
}

function ChainPanel({ areaId, chain }: { areaId: string; chain: EscalationChain }) {
  const { t } = useTranslation('assignment');
  const text = useText();
  const { format } = useSiteTime();
  const mayChange = useMay('admin', 'manager');
  const [editing, setEditing] = useState(false);
  const { origin } = chain;
  const from = t(`chains.origin.${origin}`, { place: chain.areaName ? text(chain.areaName) : '' });
  return (
    <Panel
      title={<SeverityBadge severity={chain.severity} />}
      extra={
        mayChange && (
          <>
            {origin === 'own' && <Reset areaId={areaId} chain={chain} />}
            <Button onClick={() => setEditing(true)}>{t(origin === 'own' ? 'chains.edit' : 'chains.layDown')}</Button>
          </>
        )
      }
    >
      <div className="stack">
        <div className="row-wrap">
          <StateTag tone={origin === 'own' ? 'busy' : 'quiet'}>{from}</StateTag>
          {chain.updatedAt && (
            <span className="muted">
              {t('chains.changed', { name: chain.updatedBy ?? '', time: format(chain.updatedAt) })}
            </span>
          )}
        </div>
        <ChainSteps steps={chain.steps} />
      </div>
      {editing && <ChainEditor areaId={areaId} chain={chain} onClose={() => setEditing(false)} />}
    </Panel>
  );
}

function Reset({ areaId, chain }: { areaId: string; chain: EscalationChain }) {
  const { t } = useTranslation('assignment');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const reset = useMutation({
    mutationFn: () => escalationApi.reset(areaId, chain.severity),
    onError: (error) => void message.error(problemText(error).line),
    onSettled: () => queries.invalidateQueries({ queryKey: escalationKey }),
  });
  return (
    <Popconfirm title={t('chains.reset')} description={t('chains.resetConfirm')} onConfirm={() => reset.mutate()}>
      <Button loading={reset.isPending}>{t('chains.reset')}</Button>
    </Popconfirm>
  );
}
