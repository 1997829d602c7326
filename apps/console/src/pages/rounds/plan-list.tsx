import type { RoundPlan } from '@sc/contracts';
import { App, Button, Popconfirm } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { keys } from '../../api/keys.js';
import { roundPlansQuery, roundsApi } from '../../api/rounds.js';
import { Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { StateTag } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useProblemText, useText } from '../../lib/use-words.js';

export function PlanList({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation('rounds');
  const query = useQuery(roundPlansQuery);
  return (
    <Panel>
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Calm title={t('plans.none')} text={t('plans.noneText')} />
          ) : (
            <ul className="rounds rounds-plans">
              {items.map((plan) => (
                <PlanRow key={plan.id} plan={plan} mayChange={mayChange} />
              ))}
            </ul>
          )
        }
      </QueryState>
    </Panel>
  );
}

function PlanRow({ plan, mayChange }: { plan: RoundPlan; mayChange: boolean }) {
  const { t } = useTranslation('rounds');
  const text = useText();
  const place = usePlace();
  const { format } = useSiteTime();
  const { done, missed, failedItems } = plan.lately;
  const missing = plan.checkPoints.filter(({ codeMadeAt }) => codeMadeAt === null).length;
  const name = typeof plan.assigneeName === 'string' ? plan.assigneeName : plan.assigneeName && text(plan.assigneeName);
  const next = plan.next.map((at) => format(at)).join(' · ');
  return (
    <li>
      <div className="rounds-what">
        <strong>{text(plan.title)}</strong>
        <span>
          {place(plan.areaId, plan.areaName)} · {name ?? t(`who.${plan.assignee.kind}`)}
        </span>
        <span>
          {plan.enabled ? (
            next ? (
              `${t('plans.next')}: ${next}`
            ) : (
              t('plans.over')
            )
          ) : (
            <StateTag tone="quiet">{t('plans.off')}</StateTag>
          )}
        </span>
        <span className="muted">
          {t('plans.points', { count: plan.checkPoints.length })}
          {missing > 0 && ` · ${t('plans.codesMissing', { count: missing })}`}
        </span>
        <span className="muted">
          {t('plans.lately')}: {t('plans.figures', { done, missed, failed: failedItems })}
        </span>
      </div>
      {mayChange && <PlanActions plan={plan} />}
    </li>
  );
}

function PlanActions({ plan }: { plan: RoundPlan }) {
  const { t } = useTranslation('rounds');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const onError = (error: unknown) => void message.error(problemText(error).line);
  const codes = useMutation({
    mutationFn: () =>
      roundsApi.makeCodes(
        plan.id,
        plan.checkPoints.map(({ id }) => id),
      ),
    onError,
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: keys.roundPlans });
      void navigate('/round-codes', { state: made });
    },
  });
  const remove = useMutation({
    mutationFn: () => roundsApi.removePlan(plan.id),
    onError,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.allRounds });
      void message.success(t('plans.removed'));
    },
  });
  return (
    <div className="rounds-buttons">
      <Link to={`/rounds/plans/${plan.id}/edit`}>
        <Button>{t('plans.edit')}</Button>
      </Link>
      <Popconfirm
        title={t('plans.codesTitle')}
        description={<div className="rounds-narrow">{t('plans.codesText')}</div>}
        okText={t('plans.codesMake')}
        onConfirm={() => codes.mutate()}
      >
        <Button loading={codes.isPending}>{t('plans.codes')}</Button>
      </Popconfirm>
      <Popconfirm
        title={<div className="rounds-narrow">{t('plans.removeConfirm')}</div>}
        okText={t('plans.remove')}
        onConfirm={() => remove.mutate()}
      >
        <Button danger type="text" loading={remove.isPending}>
          {t('plans.remove')}
        </Button>
      </Popconfirm>
    </div>
  );
}
