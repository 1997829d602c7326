import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useMay } from '../../app/session.js';
import { Page } from '../../components/page.js';
import '../../styles/rounds.css';
import { PlanList } from './plan-list.js';
import { RoundList } from './round-list.js';

const tabs = ['rounds', 'plans'] as const;

/** What is looked after again and again: the rounds, and the plans that make them. */
export function RoundsPage() {
  const { t } = useTranslation('rounds');
  const [params, setParams] = useSearchParams();
  const mayChange = useMay('admin', 'manager');
  const tab = params.get('tab') === 'plans' ? 'plans' : 'rounds';
  return (
    <Page
      title={t('title')}
      extra={
        <>
          <Segmented
            aria-label={t('title')}
            value={tab}
            onChange={(value) => setParams(value === 'plans' ? { tab: value } : {})}
            options={tabs.map((value) => ({ value, label: t(`tabs.${value}`) }))}
          />
          {mayChange && (
            <Link to="/rounds/plans/new">
              <Button type="primary">{t('plans.add')}</Button>
            </Link>
          )}
        </>
      }
    >
      {tab === 'plans' ? <PlanList mayChange={mayChange} /> : <RoundList />}
    </Page>
  );
}
