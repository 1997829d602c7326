import { Button, Select } from 'antd';
import type { Handover, HandoverQuery } from '@sc/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { handoverNowQuery, handoversQuery } from '../../api/handovers.js';
import { DaySpan, momentsOf } from '../../components/day-span.js';
import { LoadMore } from '../../components/load-more.js';
import { Page, Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import '../../styles/handovers.css';
import { OwnShift } from './own-shift.js';
import { HandoverState, ShiftTime } from './parts.js';

const states = ['all', 'open', 'accepted'] as const;

/** What shifts handed over to each other: one's own, what waits, and all that was. */
export function HandoversPage() {
  const { t } = useTranslation('handovers');
  const now = useQuery(handoverNowQuery);
  return (
    <Page title={t('title')}>
      <div className="stack">
        <p className="muted">{t('about')}</p>
        <QueryState query={now}>
          {(told) => (
            <>
              {told.waiting.length > 0 && (
                <Panel title={t('waiting')}>
                  <HandoverList items={told.waiting} label={t('waiting')} />
                </Panel>
              )}
              <OwnShift now={told} />
            </>
          )}
        </QueryState>
        <Kept />
      </div>
    </Page>
  );
}

function Kept() {
  const { t } = useTranslation('handovers');
  const { timeZone } = useSiteTime();
  const [state, setState] = useState<HandoverQuery['state']>('all');
  const [days, setDays] = useState({ from: '', to: '' });
  const list = useInfiniteQuery(handoversQuery({ state, ...momentsOf(days, timeZone) }));
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <Panel
      title={t('list')}
      extra={
        <>
          <Select
            aria-label={t('which')}
            style={{ width: 130 }}
            value={state}
            onChange={setState}
            options={states.map((value) => ({ value, label: t(`filter.${value}`) }))}
          />
          <DaySpan value={days} onChange={setDays} />
        </>
      }
    >
      <QueryState query={{ ...list, data: items }}>
        {(found) =>
          found.length === 0 ? (
            <Calm title={t('none')} text={t('noneText')} />
          ) : (
            <HandoverList items={found} label={t('list')} />
          )
        }
      </QueryState>
      <LoadMore query={list} />
    </Panel>
  );
}

function HandoverList({ items, label }: { items: readonly Handover[]; label: string }) {
  const { t } = useTranslation('handovers');
  const place = usePlace();
  const text = useText();
  const navigate = useNavigate();
  return (
    <ul className="windows handover-list" aria-label={label}>
      {items.map((one) => (
        <li key={one.id}>
          <div>
            <HandoverState state={one.state} />
          </div>
          <div className="window-what">
            <Link to={`/handovers/${one.id}`}>
              <strong>
                <ShiftTime of={one} />
              </strong>
            </Link>
            <span>
              {place(one.areaId, one.areaName)}
              {one.team && ` · ${text(one.team.name)}`}
            </span>
            <span className="muted">
              {one.giver ? `${one.giver.name} → ${one.receiver?.name ?? ''}` : `${t('openedBy')}: ${one.openedBy.name}`}
              {one.notes > 0 && ` · ${t('remarkCount', { count: one.notes })}`}
            </span>
          </div>
          <div className="window-side">
            <Button onClick={() => void navigate(`/handovers/${one.id}`)}>{t('look')}</Button>
          </div>
        </li>
      ))}
    </ul>
  );
}
