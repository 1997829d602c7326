import { DownloadOutlined, EnvironmentOutlined } from '@ant-design/icons';
import { fleetProblems, fleetSorts } from '@sc/contracts';
import { Button, Input, Select } from 'antd';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fleetQuery, useDomains } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { AreaSelect } from '../../components/area-select.js';
import { LoadMore } from '../../components/load-more.js';
import { Page, Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { SavedFilters } from '../../components/saved-filters.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useText } from '../../lib/use-words.js';
import '../../styles/fleet.css';
import { Counts } from './counts.js';
import { FleetList } from './list.js';
import { Sums } from './sums.js';
import { useFleetFilter } from './use-fleet-filter.js';
import { useProblemWords } from './use-problem-words.js';

/** How the devices are themselves: what is silent, unsteady, low, wrong; where, and of which kind. */
export function FleetPage() {
  const { t } = useTranslation(['fleet', 'desk']);
  const text = useText();
  const words = useProblemWords();
  const domains = useDomains();
  const { format } = useSiteTime();
  const { filter, set } = useFleetFilter();
  const query = useInfiniteQuery({ ...fleetQuery(filter), placeholderData: keepPreviousData });
  return (
    <Page
      title={t('title')}
      back={{ to: '/devices', label: t('desk:devices.back') }}
      extra={
        <>
          <Input.Search
            key={filter.q ?? ''}
            aria-label={t('search')}
            placeholder={t('search')}
            className="fleet-search"
            maxLength={120}
            allowClear
            defaultValue={filter.q}
            onSearch={(value) => set('q', value.trim())}
          />
          <Select
            aria-label={t('desk:devices.filterDomain')}
            style={{ width: 140 }}
            allowClear
            placeholder={t('desk:devices.anyDomain')}
            value={filter.domain}
            onChange={(value?: string) => set('domain', value)}
            options={domains.map((d) => ({ value: d.name, label: text(d.title) }))}
          />
          <AreaSelect
            value={filter.areaId}
            onChange={(value) => set('area', value)}
            placeholder={t('desk:workOrders.anyArea')}
            label={t('desk:devices.filterArea')}
          />
          <SavedFilters page="fleet" />
          <Link to="/map?layers=areas,devices,alarms,blind-spots">
            <Button icon={<EnvironmentOutlined />}>{t('blindSpots')}</Button>
          </Link>
          <Button icon={<DownloadOutlined />} href={api.fleetCsvUrl(filter)}>
            {t('csv')}
          </Button>
        </>
      }
    >
      <QueryState query={query}>
        {({ pages }) => {
          const [first] = pages;
          if (!first) return null;
          const items = pages.flatMap((page) => page.items);
          const isFiltered = Boolean(filter.areaId ?? filter.domain ?? filter.q);
          const empty =
            first.counts.devices === 0 && !isFiltered ? (
              <Calm title={t('noDevices')} text={t('noDevicesText')} />
            ) : first.counts.devices > 0 && first.counts.well === first.counts.devices && filter.problem !== 'none' ? (
              <Calm good title={t('calm')} text={t('calmText')} />
            ) : (
              <Calm title={t('noneFound')} />
            );
          return (
            <div className="stack">
              <span className="muted">
                {t('about')} {t('asOf', { time: format(first.asOf, 'time') })}
              </span>
              <Counts counts={first.counts} problem={filter.problem} onProblem={(problem) => set('problem', problem)} />
              <Panel
                title={t('list')}
                extra={
                  <>
                    <Select
                      aria-label={t('filter.problem')}
                      style={{ width: 170 }}
                      value={filter.problem ?? ''}
                      onChange={(value) => set('problem', value)}
                      options={[
                        { value: '', label: t('filter.all') },
                        { value: 'any', label: t('filter.any') },
                        { value: 'none', label: t('filter.none') },
                        ...fleetProblems.map((value) => ({ value, label: words.name(value) })),
                      ]}
                    />
                    <Select
                      aria-label={t('sort')}
                      style={{ width: 190 }}
                      value={filter.sort ?? 'worst'}
                      onChange={(value) => set('sort', value === 'worst' ? undefined : value)}
                      options={fleetSorts.map((value) => ({ value, label: t(`sorts.${value}`) }))}
                    />
                  </>
                }
              >
                {filter.problem && filter.problem !== 'any' && filter.problem !== 'none' && (
                  <p className="muted">{words.meaning(filter.problem)}</p>
                )}
                <FleetList devices={items} empty={empty} />
                <LoadMore query={query} />
              </Panel>
              {first.counts.devices > 0 && (
                <Sums fleet={first} onGrid={(id) => set('area', id)} onDomain={(name) => set('domain', name)} />
              )}
            </div>
          );
        }}
      </QueryState>
    </Page>
  );
}
