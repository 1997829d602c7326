import type { Round, RoundQuery } from '@sc/contracts';
import { Segmented } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { roundsQuery } from '../../api/rounds.js';
import { LoadMore } from '../../components/load-more.js';
import { Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { RoundStateTag } from './state-tag.js';

const views = ['open', 'missed', 'ended'] as const satisfies RoundQuery['state'][];

export function RoundList() {
  const { t } = useTranslation('rounds');
  const [view, setView] = useState<(typeof views)[number]>('open');
  const query = useInfiniteQuery(roundsQuery(view));
  const empty = view === 'open' ? t('noneOpen') : view === 'missed' ? t('noneMissed') : t('none');
  return (
    <Panel
      extra={
        <Segmented
          aria-label={t('tabs.rounds')}
          value={view}
          onChange={setView}
          options={views.map((value) => ({ value, label: t(`views.${value}`) }))}
        />
      }
    >
      <QueryState query={query}>
        {({ pages }) => {
          const rounds = pages.flatMap(({ items }) => items);
          if (!rounds.length) return <Calm good={view === 'missed'} title={empty} text={t('noneText')} />;
          return (
            <ul className="rounds">
              {rounds.map((round) => (
                <RoundRow key={round.id} round={round} />
              ))}
            </ul>
          );
        }}
      </QueryState>
      <LoadMore query={query} />
    </Panel>
  );
}

function RoundRow({ round }: { round: Round }) {
  const { t } = useTranslation('rounds');
  const text = useText();
  const place = usePlace();
  const { format } = useSiteTime();
  return (
    <li>
      <RoundStateTag state={round.state} />
      <div className="rounds-what">
        <strong>
          <Link to={`/rounds/${round.id}`}>{text(round.title)}</Link>
        </strong>
        <span>{place(round.areaId, round.areaName)}</span>
        <span className="muted">
          {t('from', { time: format(round.startsAt) })} · {t('until', { time: format(round.dueAt) })}
        </span>
      </div>
      <div className="rounds-side">
        <span>{round.assigneeName ?? (round.state === 'planned' ? t('nobody') : '')}</span>
        <RoundFigures progress={round.progress} />
      </div>
    </li>
  );
}

/** How far it is, and what in it wants to be seen. */
export function RoundFigures({ progress }: Pick<Round, 'progress'>) {
  const { t } = useTranslation('rounds');
  const { answered, required, failed, skipped, withoutScan } = progress;
  return (
    <span className="rounds-figures">
      <span>{t('answered', { answered, required })}</span>
      {failed > 0 && <strong className="counts-hot">{t('failed', { count: failed })}</strong>}
      {skipped > 0 && <span>{t('skipped', { count: skipped })}</span>}
      {withoutScan > 0 && <span className="rounds-unproven">{t('withoutScanCount', { count: withoutScan })}</span>}
    </span>
  );
}
