import type { WorkOrderBoard } from '@sc/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { orderBoardQuery } from '../../api/queries.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { nextCard } from './next-card.js';
import { OrderCard } from './order-card.js';
import { type OrderFilter, sharedQuery } from './use-order-filter.js';

/** What is open by the step it stands at. Arrow keys go from card to card. */
export function OrderBoard({ filter }: { filter: OrderFilter }) {
  const { t } = useTranslation(['desk', 'board']);
  const query = useQuery({ ...orderBoardQuery(sharedQuery(filter)), placeholderData: keepPreviousData });
  return (
    <QueryState query={query}>
      {({ columns }) =>
        columns.every(({ count }) => count === 0) ? (
          <div className="panel">
            {Object.keys(sharedQuery(filter)).length > 0 ? (
              <Calm title={t('workOrders.noneFound')} />
            ) : (
              <Calm good title={t('workOrders.calm')} text={t('workOrders.calmText')} />
            )}
          </div>
        ) : (
          <div className="board" role="region" aria-label={t('board:board')} tabIndex={0} onKeyDown={moveOn}>
            {columns.map((column) => (
              <Column key={column.step} column={column} filter={filter} />
            ))}
          </div>
        )
      }
    </QueryState>
  );
}

function Column({ column, filter }: { column: WorkOrderBoard['columns'][number]; filter: OrderFilter }) {
  const { t } = useTranslation(['board', 'words']);
  const { step, count, items } = column;
  const name = t(`words:workOrderState.${step}`);
  const rest = new URLSearchParams({
    state: step,
    ...(filter.light ? { light: filter.light } : {}),
    ...(filter.severity ? { severity: filter.severity } : {}),
    ...(filter.areaId ? { area: filter.areaId } : {}),
    ...(filter.isMine ? { mine: 'yes' } : {}),
  });
  return (
    <section className={count ? 'board-column' : 'board-column board-empty'} aria-label={`${name}: ${count}`}>
      <h2 className="board-head">
        {name} <span className="board-count">{count}</span>
      </h2>
      {step === 'closed' && <p className="board-note">{t('closedLately')}</p>}
      <ul className="board-cards" data-column={step}>
        {items.map((order) => (
          <li key={order.id}>
            <OrderCard order={order} />
          </li>
        ))}
      </ul>
      {count > items.length && (
        <Link className="board-rest" to={`/work-orders?${rest.toString()}`}>
          {t('rest', { count: count - items.length })}
        </Link>
      )}
    </section>
  );
}

function moveOn(event: KeyboardEvent<HTMLElement>): void {
  const columns = [...event.currentTarget.querySelectorAll('[data-column]')].map((column) => [
    ...column.querySelectorAll<HTMLElement>('[data-card]'),
  ]);
  const card = nextCard(columns, document.activeElement, event.key);
  if (!card) return;
  event.preventDefault();
  card.focus();
  card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
