import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { HandoverDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { handoverQuery } from '../../api/handovers.js';
import { Facts, Page, Panel } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import '../../styles/handovers.css';
import { HandoverActions } from './actions.js';
import { Happened } from './happened.js';
import { HandoverState, ShiftTime } from './parts.js';
import { GoneRemarks, Remarks } from './remarks.js';
import { Standing } from './standing.js';

/** One hand-over: what happened, what stands, what people say of it; for a screen and for a sheet of paper. */
export function HandoverPage() {
  const { t } = useTranslation('handovers');
  const { handoverId = '' } = useParams();
  const query = useQuery(handoverQuery(handoverId));
  const shown = query.data;
  return (
    <Page
      title={t('title')}
      back={{ to: '/handovers', label: t('back') }}
      extra={
        shown && (
          <>
            <HandoverActions handover={shown} />
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              {t('print')}
            </Button>
          </>
        )
      }
    >
      <QueryState query={query}>
        {(handover) => (
          <div className="stack handover">
            <Head handover={handover} />
            <Remarks handover={handover} />
            <Standing handover={handover} />
            <GoneRemarks handover={handover} />
            <Happened handover={handover} />
            <Steps handover={handover} />
          </div>
        )}
      </QueryState>
    </Page>
  );
}

function Head({ handover }: { handover: HandoverDetail }) {
  const { t } = useTranslation('handovers');
  const { format } = useSiteTime();
  const place = usePlace();
  const text = useText();
  const { giver, receiver, team, snapshot } = handover;
  const kept = handover.handedOverAt !== null;
  return (
    <Panel title={<ShiftTime of={handover} />} extra={<HandoverState state={handover.state} />}>
      <Facts
        items={[
          [t('place'), place(handover.areaId, handover.areaName)],
          [t('team'), team && text(team.name)],
          [t('openedBy'), `${handover.openedBy.name} · ${format(handover.openedAt)}`],
          [t('giver'), giver && kept && `${giver.name} · ${format(handover.handedOverAt!)}`],
          [
            t('receiver'),
            receiver &&
              kept &&
              `${receiver.name}${handover.endedAt ? ` · ${format(handover.endedAt)}` : ` · ${t(`state.${handover.state}`)}`}`,
          ],
        ]}
      />
      <p className="muted handover-as-of">
        {kept || handover.endedAt ? t('asOf', { time: format(snapshot.takenAt) }) : t('live')}
        {!handover.planned && ` ${t('unplanned')}`}
      </p>
      {kept && (
        <div className="handover-sign" aria-hidden>
          {[giver, receiver].map((who, index) => (
            <span key={index}>
              {t(index === 0 ? 'giver' : 'receiver')} {who?.name} · {t('signature')}: ____________________
            </span>
          ))}
        </div>
      )}
    </Panel>
  );
}

function Steps({ handover: { steps } }: { handover: HandoverDetail }) {
  const { t } = useTranslation('handovers');
  const { format } = useSiteTime();
  if (steps.length === 0) return null;
  return (
    <Panel title={t('steps')}>
      <ol className="handover-steps">
        {steps.map(({ action, at, by, to, words }, index) => (
          <li key={index}>
            <span className="muted">{format(at)}</span>
            <span>
              <strong>{t(`step.${action}`, { by: by.name, to: to?.name ?? '' })}</strong>
              {words && <span className="handover-words">{words}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
