import { QrcodeOutlined } from '@ant-design/icons';
import type { Device } from '@sc/contracts';
import { Badge, Button, Grid, Input, Select, Table, type TableColumnsType } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { devicesQuery, useDomains } from '../../api/queries.js';
import { useMay } from '../../app/session.js';
import { Age } from '../../components/age.js';
import { AreaSelect } from '../../components/area-select.js';
import { ExportButton } from '../../components/export/export-button.js';
import { ImportButton } from '../../components/import/import-button.js';
import { LoadMore } from '../../components/load-more.js';
import { Page } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { rowKeys } from '../../components/row-keys.js';
import { SavedFilters } from '../../components/saved-filters.js';
import { ConnectionMark } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import '../../styles/cards.css';
import { DeviceCards } from './device-cards.js';
import { labelsPath, mostLabels } from './labels-path.js';
import { RegisterDeviceForm } from './register-form.js';

const connections = ['online', 'offline', 'never-seen'] as const;

export function DevicesPage() {
  const { t } = useTranslation(['desk', 'words', 'site']);
  const text = useText();
  const navigate = useNavigate();
  const domains = useDomains();
  const place = usePlace();
  const mayRegister = useMay('admin');
  const wide = Grid.useBreakpoint().md ?? true;
  const [chosen, setChosen] = useState<string[]>([]);
  const choose = (ids: string[]) => setChosen(ids.slice(0, mostLabels));
  const [registering, setRegistering] = useState(false);
  const [params, setParams] = useSearchParams();
  const filter = {
    q: params.get('q') ?? undefined,
    areaId: params.get('area') ?? undefined,
    domain: params.get('domain') ?? undefined,
    connection: connections.find((c) => c === params.get('connection')),
  };
  const query = useInfiniteQuery({ ...devicesQuery(filter), placeholderData: (old) => old });
  const set = (key: string, value: string | undefined) =>
    setParams(
      (old) => {
        if (value) old.set(key, value);
        else old.delete(key);
        return old;
      },
      { replace: true },
    );

  const columns = useMemo<TableColumnsType<Device>>(() => {
    const domainName = (name: string) => {
      const domain = domains.find((d) => d.name === name);
      return domain ? text(domain.title) : name;
    };
    return [
      {
        title: t('devices.device'),
        width: 256,
        ellipsis: true,
        render: (_, d) => (
          <>
            <Link data-row to={`/devices/${d.id}`} title={d.name} onClick={(event) => event.stopPropagation()}>
              {d.name}
            </Link>
            <div className="alarm-sub">{d.id}</div>
          </>
        ),
      },
      { title: t('devices.connection'), width: 120, render: (_, d) => <ConnectionMark device={d} /> },
      { title: t('devices.domain'), width: 120, ellipsis: true, render: (_, d) => domainName(d.domain) },
      { title: t('devices.area'), width: 200, ellipsis: true, render: (_, d) => place(d.areaId) },
      { title: t('devices.placement'), width: 190, ellipsis: true, render: (_, d) => d.placement },
      {
        title: t('devices.lastSeen'),
        width: 130,
        render: (_, d) => (d.lastSeenAt ? <Age since={d.lastSeenAt} /> : <span className="muted">–</span>),
      },
      {
        title: t('devices.activeAlarms'),
        width: 120,
        render: (_, d) =>
          d.activeAlarms > 0 ? (
            <Badge count={d.activeAlarms} color="var(--sc-extreme)" />
          ) : (
            <span className="muted">0</span>
          ),
      },
    ];
  }, [t, text, place, domains]);

  const devices = query.data?.pages.flatMap((p) => p.items) ?? [];
  const empty = Object.values(filter).some(Boolean) ? (
    <Calm title={t('devices.noneFound')} />
  ) : (
    <Calm title={t('devices.empty')} text={t('devices.emptyText')} />
  );
  return (
    <Page
      title={t('devices.title')}
      extra={
        <>
          <Input.Search
            // A kept filter brings its own words.
            key={filter.q ?? ''}
            aria-label={t('devices.searchHint')}
            placeholder={t('devices.searchHint')}
            style={{ width: 200 }}
            maxLength={120}
            allowClear
            defaultValue={filter.q}
            onSearch={(value) => set('q', value.trim())}
          />
          <Select
            aria-label={t('devices.filterDomain')}
            style={{ width: 140 }}
            allowClear
            placeholder={t('devices.anyDomain')}
            value={filter.domain}
            onChange={(value?: string) => set('domain', value)}
            options={domains.map((d) => ({ value: d.name, label: text(d.title) }))}
          />
          <Select
            aria-label={t('devices.filterConnection')}
            style={{ width: 150 }}
            allowClear
            placeholder={t('devices.anyConnection')}
            value={filter.connection}
            onChange={(value?: string) => set('connection', value)}
            options={connections.map((c) => ({ value: c, label: t(`words:connection.${c}`) }))}
          />
          <AreaSelect
            value={filter.areaId}
            onChange={(value) => set('area', value)}
            placeholder={t('workOrders.anyArea')}
            label={t('devices.filterArea')}
          />
          <SavedFilters page="devices" />
          {chosen.length > 0 && (
            <Link to={labelsPath(chosen)}>
              <Button icon={<QrcodeOutlined />}>{t('site:labels.print', { count: chosen.length })}</Button>
            </Link>
          )}
          <ExportButton scope={{ deviceIds: chosen, areaId: filter.areaId, rangeMs: 86_400_000 }} />
          {mayRegister && <ImportButton kind="devices" />}
          {mayRegister && (
            <Button type="primary" onClick={() => setRegistering(true)}>
              {t('devices.register')}
            </Button>
          )}
        </>
      }
    >
      <QueryState query={query}>
        {() => (
          <div className="panel" role="group" aria-label={t('devices.title')} onKeyDown={rowKeys}>
            {wide ? (
              <>
                <Table
                  size="small"
                  rowKey="id"
                  columns={columns}
                  rowSelection={{
                    // Its checkbox would stand a second time in a hidden row that the table measures by.
                    hideSelectAll: true,
                    selectedRowKeys: chosen,
                    preserveSelectedRowKeys: true,
                    onChange: (keys) => choose(keys.map(String)),
                    getCheckboxProps: (d) => ({ 'aria-label': t('site:labels.select', { name: d.name }) }) as object,
                  }}
                  dataSource={devices}
                  pagination={false}
                  scroll={{ x: 1100 }}
                  onRow={(d) => ({ onClick: () => void navigate(`/devices/${d.id}`), style: { cursor: 'pointer' } })}
                  locale={{ emptyText: empty }}
                />
                {devices.length > 0 && (
                  <div className="panel-pad">
                    <Button size="small" onClick={() => choose(devices.map((d) => d.id))}>
                      {t('site:labels.all')}
                    </Button>
                  </div>
                )}
              </>
            ) : (
              <DeviceCards devices={devices} empty={empty} />
            )}
            <LoadMore query={query} />
          </div>
        )}
      </QueryState>
      {registering && <RegisterDeviceForm onClose={() => setRegistering(false)} />}
    </Page>
  );
}
