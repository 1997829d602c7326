import { Alert } from 'antd';
import type { BackTest, Rule } from '@sc/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { backTestQuery, backTestsQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { Panel } from '../../components/page.js';
import { Calm, ProblemAlert, QueryState } from '../../components/query-state.js';
import '../../styles/back-test.css';
import { BackTestForm } from './back-test/form.js';
import { BackTestOutcome } from './back-test/outcome.js';
import { BackTestRuns } from './back-test/runs.js';

interface Props {
  /** The rule as it is edited; it need not be complete, the platform says what is wrong. */
  rule: Pick<Rule, 'id'> & Record<string, unknown>;
  /** It differs from the stored one, or there is none. */
  changed: boolean;
}

/** What the rule, stored or as it is edited, would have raised: asked for, watched, shown. */
export function BackTestTab({ rule, changed }: Props) {
  const { t } = useTranslation('back-test');
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string>();
  const runs = useQuery(backTestsQuery);
  const ask = useMutation({
    mutationFn: (range: { from: string; to: string; areaId?: string }) =>
      api.createBackTest({ ...range, ...(changed ? { rule } : { ruleId: rule.id }) }),
    onSuccess: async ({ id }) => {
      setChosen(id);
      await queries.invalidateQueries({ queryKey: keys.backTests });
    },
  });
  return (
    <div className="back-test">
      <Panel>
        <p>
          {t('intro')} {changed && t('introChanged')}
        </p>
        <BackTestForm pending={ask.isPending} onRun={(range) => ask.mutate(range)} />
        {ask.error && <ProblemAlert error={ask.error} />}
      </Panel>
      <QueryState query={runs}>
        {({ items }) => {
          const own = items.filter(({ ruleId }) => ruleId === rule.id);
          const shown = own.find(({ id }) => id === chosen) ?? own[0];
          if (!shown) return <Calm title={t('none')} text={t('noneText')} />;
          return (
            <>
              <BackTestRuns runs={own} shown={shown} onChoose={setChosen} />
              <Outcome run={shown} />
            </>
          );
        }}
      </QueryState>
    </div>
  );
}

function Outcome({ run }: { run: BackTest }) {
  const { t } = useTranslation('back-test');
  const whole = useQuery({ ...backTestQuery(run.id), enabled: run.state === 'done' });
  if (run.error) return <Alert role="alert" type="error" showIcon title={t(`error.${run.error}`)} />;
  if (run.state !== 'done') return null;
  return (
    <QueryState query={whole}>{({ result }) => result && <BackTestOutcome run={run} result={result} />}</QueryState>
  );
}
