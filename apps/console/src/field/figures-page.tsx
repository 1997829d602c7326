import { type Evaluation, type EvaluationFigureCode, smallNumber } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePerson } from '../app/session.js';
import { useSiteTime } from '../lib/site-time.js';
import { useEvaluationValue } from '../lib/use-evaluation-value.js';
import { useText } from '../lib/use-words.js';
import { fieldFiguresQuery } from './looked-up.js';
import { figuresQueryOf, type Month, months, ownRow } from './figures.js';
import { CopyNote, FieldCalm, FieldState } from './parts.js';

/** What says something about one person's work; the desk has the rest. */
const shownFigures: EvaluationFigureCode[] = [
  'count',
  'open',
  'response-rate',
  'on-time-handling',
  'returned',
  'rework-rate',
  'score',
  'satisfied-rate',
  'accept-median',
  'handle-median',
];

/** How one's own cases went: nobody sees others here. */
export function FieldFiguresPage() {
  const { t } = useTranslation(['field', 'evaluation']);
  const me = usePerson().id;
  const { timeZone } = useSiteTime();
  const [month, setMonth] = useState<Month>('this-month');
  const query = useQuery(fieldFiguresQuery(me, figuresQueryOf(month, timeZone)));
  return (
    <>
      <Link to="/field/me" className="field-back">
        ‹ {t('me')}
      </Link>
      <h1 className="field-title">{t('figures')}</h1>
      <div className="field-choices field-inset" role="group" aria-label={t('evaluation:period')}>
        {months.map((one) => (
          <button
            key={one}
            type="button"
            className="field-button"
            aria-pressed={one === month}
            onClick={() => setMonth(one)}
          >
            {t(`evaluation:periods.${one}`)}
          </button>
        ))}
      </div>
      <FieldState query={query}>
        {({ value, copyFrom }) => (
          <>
            <CopyNote from={copyFrom} />
            <Figures evaluation={value} me={me} />
          </>
        )}
      </FieldState>
    </>
  );
}

function Figures({ evaluation, me }: { evaluation: Evaluation; me: string }) {
  const { t } = useTranslation(['field', 'evaluation']);
  const text = useText();
  const words = useEvaluationValue();
  const row = ownRow(evaluation, me);
  if (!row || row.values.count.value === 0) return <FieldCalm title={t('figuresNone')} text={t('figuresNoneText')} />;
  return (
    <ul className="field-cards">
      {evaluation.definitions
        .filter(({ code }) => shownFigures.includes(code))
        .toSorted((a, b) => shownFigures.indexOf(a.code) - shownFigures.indexOf(b.code))
        .map((definition) => {
          const { value, of } = row.values[definition.code];
          const isSmall = value !== null && definition.unit !== 'count' && of < smallNumber;
          return (
            <li key={definition.code} className="field-card">
              <div className="field-card-row">
                <span>{text(definition.title)}</span>
                <strong className="field-figure">{words(value, definition.unit)}</strong>
              </div>
              {definition.unit !== 'count' && (
                <span className="muted">
                  {t('evaluation:of', { count: of })}
                  {isSmall && ` · ${t('evaluation:smallText', { n: smallNumber })}`}
                </span>
              )}
              <details>
                <summary>{t('figuresMeaning')}</summary>
                <p>{text(definition.definition)}</p>
                <p className="muted">{text(definition.formula)}</p>
              </details>
            </li>
          );
        })}
    </ul>
  );
}
