import type { AlarmLoad } from '@sc/contracts';
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { alarmLoadQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { usePerson } from '../../app/session.js';
import { AreaSelect } from '../../components/area-select.js';
import { Page, Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { serverNow, useSiteTime } from '../../lib/site-time.js';
import { Figures } from './figures.js';
import { Precision } from './precision.js';
import { type Range, rangeOf } from './range.js';
import { RangeSelect } from './range-select.js';
import { Worst } from './worst.js';
import '../../styles/load.css';

const LoadChart = lazy(async () => ({ default: (await import('./load-chart.js')).LoadChart }));

/** How many alarms an operator has to take in, and what to mend. */
export function AlarmLoadPage() {
  const { t } = useTranslation('load');
  const person = usePerson();
  const [areaId, setAreaId] = useState<string>(person.areaId);
  const [choice, setChoice] = useState('day');
  const [custom, setCustom] = useState<Range>();
  // One moment for a choice: a range that ended at each rendering would be asked for again and again.
  const range = useMemo(() => rangeOf(choice, serverNow()) ?? custom, [choice, custom]);
  const asked = range && {
    areaId,
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
  };
  const query = useQuery(alarmLoadQuery(asked));
  return (
    <Page
      title={t('title')}
      extra={
        <>
          <AreaSelect
            value={areaId}
            onChange={(id) => setAreaId(id ?? person.areaId)}
            allowClear={areaId !== person.areaId}
            label={t('area')}
          />
          <RangeSelect value={choice} onChange={setChoice} custom={custom} onCustom={setCustom} areaId={areaId} />
          <Button icon={<DownloadOutlined />} href={asked && api.alarmLoadCsvUrl(asked)} disabled={!asked}>
            {t('csv')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <span className="muted">{t('about')}</span>
        {asked && <QueryState query={query}>{(load) => <Load load={load} />}</QueryState>}
      </div>
    </Page>
  );
}

function Load({ load }: { load: AlarmLoad }) {
  const { t } = useTranslation('load');
  const { format } = useSiteTime();
  const day = (at: string) => `${format(at, 'day')} ${format(at, 'minute')}`;
  return (
    <div className="stack">
      <div className="load-summary">
        <strong>{t('summary', { count: load.alarms, from: day(load.from), to: day(load.to) })}</strong>
        <span className="muted">
          {load.operators > 0 ? t('operators', { count: load.operators }) : t('noOperators')}
        </span>
      </div>
      {load.alarms === 0 && (
        <Panel>
          <Calm good title={t('calm')} text={t('calmText')} />
        </Panel>
      )}
      <Figures figures={load.figures} />
      {load.alarms > 0 && (
        <>
          <Panel title={t('chart')}>
            <Suspense fallback={<Skeleton active className="chart" />}>
              <LoadChart load={load} />
            </Suspense>
            <div className="muted chart-foot">
              <span>
                {load.floods.length === 0
                  ? t('noFloods')
                  : t('floods', {
                      count: load.floods.length,
                      list: load.floods
                        .slice(0, 5)
                        .map(({ from, to }) => `${day(from)} – ${format(to, 'minute')}`)
                        .join(' · '),
                    })}
              </span>
            </div>
          </Panel>
          <Worst worst={load.worst} />
          <Precision load={load} />
        </>
      )}
    </div>
  );
}
