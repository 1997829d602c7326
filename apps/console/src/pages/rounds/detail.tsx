import type { RoundDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { roundQuery } from '../../api/rounds.js';
import { Facts, Page, Panel } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import '../../styles/rounds.css';
import { RoundActions } from './actions.js';
import { AnswerLine } from './answer-line.js';
import { RoundFigures } from './round-list.js';
import { RoundStateTag } from './state-tag.js';

export function RoundPage() {
  const { t } = useTranslation('rounds');
  const { roundId = '' } = useParams();
  const text = useText();
  const query = useQuery(roundQuery(roundId));
  return (
    <Page
      title={query.data ? text(query.data.title) : t('title')}
      back={{ to: '/rounds', label: t('backToRounds') }}
      extra={query.data && <RoundActions round={query.data} />}
    >
      <QueryState query={query}>{(round) => <Content round={round} />}</QueryState>
    </Page>
  );
}

function Content({ round }: { round: RoundDetail }) {
  const { t } = useTranslation('rounds');
  const text = useText();
  const place = usePlace();
  const { format } = useSiteTime();
  return (
    <div className="stack">
      <Panel>
        <div className="rounds-head">
          <RoundStateTag state={round.state} />
          <RoundFigures progress={round.progress} />
        </div>
        <Facts
          items={[
            [t('form.area'), place(round.areaId, round.areaName)],
            [t('form.when'), `${format(round.startsAt)} – ${format(round.dueAt)}`],
            [t('form.who'), round.assigneeName ?? (round.state === 'planned' ? t('nobody') : null)],
            [
              t('state.done'),
              round.state === 'done' && round.endedAt && `${format(round.endedAt)} · ${round.endedByName}`,
            ],
          ]}
        />
      </Panel>
      <Panel title={t('checkPoints')}>
        <ol className="round-points">
          {round.checkPoints.map((point) => {
            const last = point.scans.at(-1);
            return (
              <li key={point.id}>
                <h3>{text(point.name)}</h3>
                <p className="muted">
                  {[point.areaId && place(point.areaId, point.areaName), point.placement].filter(Boolean).join(' · ')}
                  {point.deviceId && (
                    <>
                      {' '}
                      <Link to={`/devices/${point.deviceId}`}>{point.deviceName ?? point.deviceId}</Link>
                    </>
                  )}
                </p>
                <p className="muted">
                  {last
                    ? t('scannedAt', { time: format(last.at), name: last.byName })
                    : point.codeMark
                      ? t('notScanned')
                      : t('noCode')}
                </p>
                <ul className="round-items">
                  {point.items.map((one) => (
                    <AnswerLine key={one.item.key} item={one} orderPath="/work-orders" />
                  ))}
                </ul>
              </li>
            );
          })}
        </ol>
      </Panel>
      <Panel title={t('story')}>
        <ul className="round-story">
          {round.steps.map((step, index) => (
            <li key={index}>
              <span className="muted">{format(step.at)}</span>
              <span>
                {t(`action.${step.action}`)}
                {step.toName && `: ${step.toName}`}
                {step.byName && ` · ${step.byName}`}
                {step.note && ` · ${step.note}`}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
