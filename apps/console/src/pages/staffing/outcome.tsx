import { Table, Tabs } from 'antd';
import type { StaffingResult, StaffingVariantResult } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.js';
import { useText } from '../../lib/use-words.js';
import { ByCategory } from './by-category.js';
import { Comparison } from './comparison.js';
import { HourChart, mostOf } from './hour-chart.js';
import { useSpread } from './use-spread.js';

/** The ways beside each other, then hour by hour, by category and by officer, and what all of it rests on. */
export function PlanOutcome({ result }: { result: StaffingResult }) {
  const { t } = useTranslation('staffing');
  const text = useText();
  const { number } = useSpread();
  const most = mostOf(result.variants);
  return (
    <>
      <p className="muted">
        {t('summary', {
          count: result.cases,
          seeds: result.seeds.length,
          took: `${number(result.tookMs / 1000)} s`,
        })}
      </p>
      <Panel title={t('compare')}>
        <Comparison result={result} />
      </Panel>
      <Panel title={t('byHour')}>
        <p className="muted">{t('byHourText')}</p>
        <ul className="staffing-legend">
          <li className="staffing-on-shift">{t('onShift')}</li>
          <li className="staffing-busy">{t('busy')}</li>
        </ul>
        <div className="staffing-charts">
          {result.variants.map((variant) => (
            <HourChart key={variant.name} variant={variant} most={most} />
          ))}
        </div>
      </Panel>
      <Panel title={t('byCategory')}>
        <ByCategory result={result} />
      </Panel>
      <Panel title={t('people')}>
        <Tabs
          items={result.variants.map((variant) => ({
            key: variant.name,
            label: variant.name,
            children: <People variant={variant} />,
          }))}
        />
      </Panel>
      <Panel title={t('premises')}>
        <ul className="staffing-premises">
          {result.premises.map((premise) => (
            <li key={premise.code}>{text(premise.text)}</li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

function People({ variant }: { variant: StaffingVariantResult }) {
  const { t } = useTranslation('staffing');
  const { number, share } = useSpread();
  return (
    <>
      <Table
        size="small"
        rowKey={({ personId, name }) => personId ?? name}
        dataSource={variant.people}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 460 }}
        columns={[
          {
            title: t('person'),
            render: (_, { personId, name }) => (personId ? name : t('added', { name })),
          },
          { title: t('orders'), render: (_, { orders }) => number(orders, 0) },
          { title: t('hoursOnShift'), render: (_, { shiftHours }) => number(shiftHours) },
          { title: t('hoursBusy'), render: (_, { busyHours }) => number(busyHours) },
          {
            title: t('utilisation'),
            render: (_, { utilisation }) => (utilisation === null ? '–' : share(utilisation)),
          },
        ]}
      />
      {variant.morePeople > 0 && <p className="muted">{t('morePeople', { count: variant.morePeople })}</p>}
    </>
  );
}
