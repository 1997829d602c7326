import type { WorkOrder, WorkOrderState } from '@sc/contracts';
import { type Light, lights, workOrderStates } from '@sc/contracts';
import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented, Select, Table, type TableColumnsType } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { workOrdersQuery } from '../../api/queries.js';
import { Age } from '../../components/age.js';
import { AreaSelect } from '../../components/area-select.js';
import { OrderLight } from '../../components/order-light.js';
import { LoadMore } from '../../components/load-more.js';
import { Page } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { WorkOrderStateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { ReportCase } from './report-case.js';

export function WorkOrdersPage() {
  const { t } = useTranslation(['desk', 'words', 'calendars', 'cases']);
  const text = useText();
  const place = usePlace();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [reporting, setReporting] = useState(false);
  const scope = params.get('scope') === 'all' ? 'all' : 'open';
  const state = workOrderStates.find((s) => s === params.get('state'));
  const areaId = params.get('area') ?? undefined;
  const light = lights.find((one) => one === params.get('light'));
  const sort = params.get('sort') === 'due' ? 'due' : 'newest';
  const query = useInfiniteQuery(workOrdersQuery({ state: scope, areaId, light, sort }));
  // Filters live in the address: a reload or a shared link shows the same list.
  const set = (key: string, value: string | undefined) =>
    setParams(
      (old) => {
        if (value) old.set(key, value);
        else old.delete(key);
        return old;
      },
      { replace: true },
    );

  const columns = useMemo<TableColumnsType<WorkOrder>>(
    () => [
      {
        title: t('workOrders.number'),
        width: 120,
        render: (_, o) => <Link to={`/work-orders/${o.id}`}>{o.number}</Link>,
      },
      { title: t('alarms.severity'), width: 130, render: (_, o) => <SeverityBadge severity={o.severity} /> },
      { title: t('workOrders.order'), width: 200, ellipsis: true, render: (_, o) => text(o.title) },
      { title: t('workOrders.area'), width: 170, ellipsis: true, render: (_, o) => place(o.areaId, o.areaName) },
      { title: t('workOrders.state'), width: 120, render: (_, o) => <WorkOrderStateTag state={o.state} /> },
      {
        title: t('workOrders.assignee'),
        width: 110,
        ellipsis: true,
        render: (_, o) => o.assigneeName ?? <span className="muted">{t('workOrders.nobody')}</span>,
      },
      { title: t('calendars:clock'), width: 200, render: (_, o) => <OrderLight clock={o.clock} /> },
      { title: t('workOrders.created'), width: 100, render: (_, o) => <Age since={o.createdAt} /> },
    ],
    [t, text, place],
  );

  return (
    <Page
      title={t('workOrders.title')}
      extra={
        <>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setReporting(true)}>
            {t('cases:report')}
          </Button>
          <Segmented
            value={scope}
            options={[
              { value: 'open', label: t('workOrders.open') },
              { value: 'all', label: t('workOrders.all') },
            ]}
            onChange={(value) => set('scope', value === 'all' ? 'all' : undefined)}
          />
          <Select<WorkOrderState>
            aria-label={t('workOrders.stateFilter')}
            style={{ width: 150 }}
            allowClear
            placeholder={t('workOrders.anyState')}
            value={state}
            options={workOrderStates.map((s) => ({ value: s, label: t(`words:workOrderState.${s}`) }))}
            onChange={(value) => set('state', value)}
          />
          <Select<Light>
            aria-label={t('calendars:lightFilter')}
            style={{ width: 130 }}
            allowClear
            placeholder={t('calendars:anyLight')}
            value={light}
            options={lights.map((value) => ({ value, label: t(`calendars:light.${value}`) }))}
            onChange={(value) => set('light', value)}
          />
          <Select
            aria-label={t('calendars:sort')}
            style={{ width: 160 }}
            value={sort}
            options={[
              { value: 'newest', label: t('calendars:newest') },
              { value: 'due', label: t('calendars:dueFirst') },
            ]}
            onChange={(value) => set('sort', value === 'due' ? 'due' : undefined)}
          />
          <AreaSelect
            value={areaId}
            onChange={(value) => set('area', value)}
            placeholder={t('workOrders.anyArea')}
            label={t('workOrders.areaFilter')}
          />
        </>
      }
    >
      {reporting && <ReportCase path="/work-orders" onClose={() => setReporting(false)} />}
      <QueryState query={query}>
        {(data) => {
          const all = data.pages.flatMap((page) => page.items);
          const rows = state ? all.filter((o) => o.state === state) : all;
          const filtered = Boolean(state || areaId || light || scope === 'all');
          return (
            <div className="panel">
              <Table
                size="small"
                rowKey="id"
                columns={columns}
                dataSource={rows}
                pagination={false}
                scroll={{ x: 1150 }}
                onRow={(o) => ({ onClick: () => void navigate(`/work-orders/${o.id}`), style: { cursor: 'pointer' } })}
                locale={{
                  emptyText: filtered ? (
                    <Calm title={t('workOrders.noneFound')} />
                  ) : (
                    <Calm good title={t('workOrders.calm')} text={t('workOrders.calmText')} />
                  ),
                }}
              />
              <LoadMore query={query} />
            </div>
          );
        }}
      </QueryState>
    </Page>
  );
}
