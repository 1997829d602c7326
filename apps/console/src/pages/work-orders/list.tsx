import type { WorkOrder } from '@sc/contracts';
import { Grid, Table, type TableColumnsType } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { workOrdersQuery } from '../../api/queries.js';
import { Age } from '../../components/age.js';
import { OrderLight } from '../../components/order-light.js';
import { LoadMore } from '../../components/load-more.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { WorkOrderStateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { OrderCard } from './order-card.js';
import { type OrderFilter, sharedQuery } from './use-order-filter.js';

/** A table on the desk, cards on a phone. */
export function OrderList({ filter }: { filter: OrderFilter }) {
  const { t } = useTranslation('desk');
  const wide = Grid.useBreakpoint().md ?? true;
  const { scope, state, sort } = filter;
  const shared = sharedQuery(filter);
  const query = useInfiniteQuery(workOrdersQuery({ state: scope, sort, ...shared, ...(state ? { step: state } : {}) }));
  const isFiltered = Boolean(state) || scope === 'all' || Object.keys(shared).length > 0;
  const empty = isFiltered ? (
    <Calm title={t('workOrders.noneFound')} />
  ) : (
    <Calm good title={t('workOrders.calm')} text={t('workOrders.calmText')} />
  );
  return (
    <QueryState query={query}>
      {(data) => {
        const orders = data.pages.flatMap((page) => page.items);
        return (
          <>
            {wide ? <OrderTable orders={orders} empty={empty} /> : <OrderCards orders={orders} empty={empty} />}
            <LoadMore query={query} />
          </>
        );
      }}
    </QueryState>
  );
}

interface Props {
  orders: WorkOrder[];
  empty: ReactNode;
}

function OrderCards({ orders, empty }: Props) {
  if (orders.length === 0) return <div className="panel">{empty}</div>;
  return (
    <ul className="order-cards">
      {orders.map((order) => (
        <li key={order.id}>
          <OrderCard order={order} state />
        </li>
      ))}
    </ul>
  );
}

function OrderTable({ orders, empty }: Props) {
  const { t } = useTranslation(['desk', 'calendars']);
  const text = useText();
  const place = usePlace();
  const navigate = useNavigate();
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
    <div className="panel">
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={orders}
        pagination={false}
        scroll={{ x: 1150 }}
        onRow={(o) => ({ onClick: () => void navigate(`/work-orders/${o.id}`), style: { cursor: 'pointer' } })}
        locale={{ emptyText: empty }}
      />
    </div>
  );
}
