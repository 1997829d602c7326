import type { Round } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePerson } from '../../app/session.js';
import { useNow, useSiteTime } from '../../lib/site-time.js';
import { useDuration, useText } from '../../lib/use-words.js';
import { CopyNote, FieldCalm, FieldState } from '../parts.js';
import { useFieldPlace } from '../use-field-place.js';
import { myRoundsQuery } from './cached.js';

export function FieldRoundsPage() {
  const { t } = useTranslation('rounds');
  const query = useQuery(myRoundsQuery(usePerson().id));
  return (
    <>
      <h1 className="field-title">{t('field.title')}</h1>
      <FieldState query={query}>
        {({ value, copyFrom }) => (
          <>
            <CopyNote from={copyFrom} />
            {value.length === 0 ? (
              <FieldCalm title={t('field.calm')} text={t('field.calmText')} />
            ) : (
              <ul className="field-cards">
                {value.map((round) => (
                  <RoundCard key={round.id} round={round} />
                ))}
              </ul>
            )}
          </>
        )}
      </FieldState>
    </>
  );
}

function RoundCard({ round }: { round: Round }) {
  const { t } = useTranslation('rounds');
  const text = useText();
  const place = useFieldPlace();
  const { answered, required } = round.progress;
  return (
    <li>
      <Link to={`/field/rounds/${round.id}`} className="field-card">
        <div className="field-card-row">
          <strong>{text(round.title)}</strong>
          <span className="field-state">{round.assigneeId ? t(`state.${round.state}`) : t('field.free')}</span>
        </div>
        <span>{place(round.areaId, round.areaName)}</span>
        <div className="field-card-row muted">
          <span>{t('answered', { answered, required })}</span>
          <RoundTime round={round} />
        </div>
      </Link>
    </li>
  );
}

/** When it begins; once it may be done, how long there is left. */
export function RoundTime({ round }: { round: Pick<Round, 'startsAt' | 'dueAt'> }) {
  const { t } = useTranslation('rounds');
  const now = useNow(15);
  const duration = useDuration();
  const { format } = useSiteTime();
  if (now < Date.parse(round.startsAt)) return <span>{t('field.begins', { time: format(round.startsAt) })}</span>;
  const left = Date.parse(round.dueAt) - now;
  return <span className="field-due">{t('field.left', { time: duration(Math.max(0, left)) })}</span>;
}
