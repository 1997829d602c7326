import { type RoundDetail, roundLimits } from '@sc/contracts';
import { Button } from 'antd-mobile';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { keys } from '../../api/keys.js';
import { ownRoundsApi } from '../../api/own-rounds.js';
import { usePerson } from '../../app/session.js';
import { useNow } from '../../lib/site-time.js';
import { useProblemText, useText } from '../../lib/use-words.js';
import '../../styles/field-rounds.css';
import { CopyNote, FieldState } from '../parts.js';
import { useFieldPlace } from '../use-field-place.js';
import { fieldRoundQuery } from './cached.js';
import { RoundTime } from './list.js';
import { FieldPoint } from './point.js';

export function FieldRoundPage() {
  const { t } = useTranslation('rounds');
  const { roundId = '' } = useParams();
  const query = useQuery(fieldRoundQuery(roundId));
  return (
    <>
      <Link className="field-back" to="/field/rounds">
        ‹ {t('field.title')}
      </Link>
      <FieldState query={query}>
        {({ value, copyFrom }) => (
          <>
            <CopyNote from={copyFrom} />
            <Content round={value} />
          </>
        )}
      </FieldState>
    </>
  );
}

function Content({ round }: { round: RoundDetail }) {
  const { t } = useTranslation('rounds');
  const text = useText();
  const place = useFieldPlace();
  const me = usePerson().id;
  const now = useNow(15);
  const { answered, required } = round.progress;
  const isOpen = round.state === 'planned' || round.state === 'started';
  // The phone knows the time too: without a network nobody else can say that the round has begun.
  const isNow = now >= Date.parse(round.startsAt) - roundLimits.earlyMinutes * 60_000 && now <= Date.parse(round.dueAt);
  const mayAnswer = isOpen && isNow && round.assigneeId === me;
  return (
    <article className="field-order">
      <header>
        <div className="field-card-row">
          <span className="field-state">{t(`state.${round.state}`)}</span>
          {isOpen && <RoundTime round={round} />}
        </div>
        <h1>{text(round.title)}</h1>
        <p className="field-place">{place(round.areaId, round.areaName)}</p>
        <p className="muted">{t('answered', { answered, required })}</p>
        {round.state === 'done' && <p role="status">{t('field.complete')}</p>}
        {isOpen && !isNow && <p className="muted">{t('field.notYet')}</p>}
        {mayAnswer && <p className="muted">{t('field.scanHint')}</p>}
        {round.allowedActions.includes('take') && <Take id={round.id} />}
      </header>
      {round.checkPoints.map((point) => (
        <FieldPoint key={point.id} roundId={round.id} point={point} mayAnswer={mayAnswer} />
      ))}
    </article>
  );
}

function Take({ id }: { id: string }) {
  const { t } = useTranslation('rounds');
  const queries = useQueryClient();
  const problemText = useProblemText();
  const take = useMutation({
    mutationFn: () => ownRoundsApi.assign(id),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.allRounds }),
  });
  return (
    <div className="field-actions">
      <Button block color="primary" size="large" loading={take.isPending} onClick={() => take.mutate()}>
        {t('take')}
      </Button>
      {take.error && (
        <p className="field-overdue" role="alert">
          {problemText(take.error).line}
        </p>
      )}
    </div>
  );
}
