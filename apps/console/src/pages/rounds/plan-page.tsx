import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { roundPlanQuery } from '../../api/rounds.js';
import { useMay } from '../../app/session.js';
import { Page } from '../../components/page.js';
import { ProblemAlert, QueryState } from '../../components/query-state.js';
import { ApiProblem } from '../../api/problem.js';
import { dayOf } from '../../lib/site-day.js';
import { useNow, useSiteTime } from '../../lib/site-time.js';
import '../../styles/rounds.css';
import { fieldsOf, newPlan } from './plan-fields.js';
import { PlanForm } from './plan-form.js';

export function NewPlanPage() {
  const { t } = useTranslation('rounds');
  const { timeZone } = useSiteTime();
  const now = useNow();
  const may = useMay('admin', 'manager');
  return (
    <Page title={t('form.new')} back={{ to: '/rounds?tab=plans', label: t('codes.back') }}>
      {may ? (
        <PlanForm initial={newPlan(dayOf(now, timeZone))} />
      ) : (
        <ProblemAlert error={new ApiProblem('forbidden', 403)} />
      )}
    </Page>
  );
}

export function EditPlanPage() {
  const { t } = useTranslation('rounds');
  const { planId = '' } = useParams();
  const may = useMay('admin', 'manager');
  const query = useQuery({ ...roundPlanQuery(planId), enabled: may });
  return (
    <Page title={t('form.edit')} back={{ to: '/rounds?tab=plans', label: t('codes.back') }}>
      {may ? (
        <QueryState query={query}>{(plan) => <PlanForm id={plan.id} initial={fieldsOf(plan)} />}</QueryState>
      ) : (
        <ProblemAlert error={new ApiProblem('forbidden', 403)} />
      )}
    </Page>
  );
}
