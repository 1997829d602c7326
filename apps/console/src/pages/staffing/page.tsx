import { Alert, Button, Progress, Select } from 'antd';
import type { StaffingPlan } from '@sc/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { staffingPlanQuery, staffingPlansQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { Page, Panel } from '../../components/page.js';
import { Calm, ProblemAlert, QueryState } from '../../components/query-state.js';
import { StateTag } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';
import { PlanForm } from './form.js';
import { PlanOutcome } from './outcome.js';
import '../../styles/staffing.css';

const tones = { waiting: 'quiet', running: 'busy', done: 'good', failed: 'hot' } as const;

/** What becomes of a month of cases with other officers and shifts: asked for, watched, compared. */
export function StaffingPage() {
  const { t } = useTranslation('staffing');
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string>();
  const plans = useQuery(staffingPlansQuery);
  const ask = useMutation({
    mutationFn: api.createStaffingPlan,
    onSuccess: async ({ id }) => {
      setChosen(id);
      await queries.invalidateQueries({ queryKey: keys.staffingPlans });
    },
  });
  return (
    <Page title={t('title')}>
      <div className="stack">
        <span className="muted">{t('about')}</span>
        <Panel title={t('new')}>
          <PlanForm pending={ask.isPending} onRun={(request) => ask.mutate(request)} />
          {ask.error && <ProblemAlert error={ask.error} />}
        </Panel>
        <QueryState query={plans}>
          {({ items }) => {
            const shown = items.find(({ id }) => id === chosen) ?? items[0];
            if (!shown)
              return (
                <Panel>
                  <Calm title={t('none')} text={t('noneText')} />
                </Panel>
              );
            return (
              <>
                <PlanHead plans={items} shown={shown} onChoose={setChosen} />
                <Outcome plan={shown} />
              </>
            );
          }}
        </QueryState>
      </div>
    </Page>
  );
}

function Outcome({ plan }: { plan: StaffingPlan }) {
  const { t } = useTranslation('staffing');
  const whole = useQuery({ ...staffingPlanQuery(plan.id), enabled: plan.state === 'done' });
  if (plan.error) return <Alert role="alert" type="error" showIcon title={t(`error.${plan.error}`)} />;
  if (plan.state !== 'done') return null;
  return <QueryState query={whole}>{({ result }) => result && <PlanOutcome result={result} />}</QueryState>;
}

interface HeadProps {
  plans: readonly StaffingPlan[];
  shown: StaffingPlan;
  onChoose: (id: string) => void;
}

/** Which plan is looked at, how far it is, and its end by hand. */
function PlanHead({ plans, shown, onChoose }: HeadProps) {
  const { t } = useTranslation('staffing');
  const { format } = useSiteTime();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.removeStaffingPlan(shown.id),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.staffingPlans }),
  });
  const isOpen = shown.state === 'waiting' || shown.state === 'running';
  const nameOf = ({ createdAt, variants }: StaffingPlan) =>
    t('planName', { created: format(createdAt), variants: variants.map(({ name }) => name).join(', ') });
  return (
    <Panel title={t('plans')}>
      <div className="staffing-head">
        <StateTag tone={tones[shown.state]}>{t(`state.${shown.state}`)}</StateTag>
        <Select
          aria-label={t('earlier')}
          className="staffing-choice"
          value={shown.id}
          onChange={onChoose}
          options={plans.map((plan) => ({ value: plan.id, label: nameOf(plan) }))}
        />
        <span className="muted">
          {format(shown.from)} – {format(shown.to)}
        </span>
        <Button loading={remove.isPending} onClick={() => remove.mutate()}>
          {t(isOpen ? 'cancel' : 'remove')}
        </Button>
      </div>
      {isOpen && <Progress aria-label={t('progress')} percent={Math.floor(shown.progress * 100)} status="active" />}
      {remove.error && <ProblemAlert error={remove.error} />}
    </Panel>
  );
}
