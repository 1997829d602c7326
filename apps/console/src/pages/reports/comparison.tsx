import { type EvaluationFigureCode, type EvaluationQuery, smallNumber } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { evaluationQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { QueryState } from '../../components/query-state.js';
import { useEvaluationValue } from '../../lib/use-evaluation-value.js';
import { useText } from '../../lib/use-words.js';
import { Section } from './section.js';

/** What managers look at first; the page Evaluation has the others. */
const casesFirst: readonly EvaluationFigureCode[] = [
  'count',
  'overdue',
  'response-rate',
  'on-time-handling',
  'on-time-closing',
  'rework-rate',
  'satisfied-rate',
  'close-median',
];
export const ofResidents: readonly EvaluationFigureCode[] = [
  'resident-score',
  'resident-ratings',
  'reopened-rate',
  'answer-median',
];

interface Props {
  query: EvaluationQuery;
  title: string;
  /** What stands below the table. */
  definition: string;
  codes?: readonly EvaluationFigureCode[];
}

/** Grids beside each other, or months in a row: the figures of evaluation, the best value of a row marked in words. */
export function Comparison({ query: asked, title, definition, codes = casesFirst }: Props) {
  const { t } = useTranslation(['reports', 'evaluation']);
  const text = useText();
  const words = useEvaluationValue();
  const query = useQuery(evaluationQuery(asked));
  return (
    <Section title={title} csv={api.evaluationCsvUrl(asked)} definition={definition}>
      <QueryState query={query}>
        {({ rows, total, definitions, by }) => {
          if (rows.length === 0) return <p className="muted">{t('none')}</p>;
          const shown = [...rows.slice(0, 12), total];
          const nameOf = (row: (typeof rows)[number]) =>
            row === total ? t('all') : row.name ? text(row.name) : (row.key ?? t(`evaluation:none.${by}`));
          return (
            <div className="hour-map-scroll" role="region" aria-label={title} tabIndex={0}>
              <table className="report-table report-comparison">
                <thead>
                  <tr>
                    <th scope="col">{t('figure')}</th>
                    {shown.map((row) => (
                      <th key={row === total ? '*' : (row.key ?? '')} scope="col">
                        {nameOf(row)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {definitions
                    .filter(({ code }) => codes.includes(code))
                    .toSorted((a, b) => codes.indexOf(a.code) - codes.indexOf(b.code))
                    .map((figure) => (
                      <tr key={figure.code}>
                        <th scope="row" title={text(figure.definition)}>
                          {text(figure.title)}
                        </th>
                        {shown.map((row) => {
                          const { value, of } = row.values[figure.code];
                          const isCounted = figure.code !== 'count' && (value !== null || of > 0);
                          return (
                            <td key={row === total ? '*' : (row.key ?? '')}>
                              {words(value, figure.unit)}
                              {isCounted && (
                                <div className="muted report-small">
                                  {t('evaluation:of', { count: of })}
                                  {value === null && ` · ${t('evaluation:small', { n: smallNumber })}`}
                                </div>
                              )}
                            </td>
                          );
                        })}
                      </tr>
                    ))}
                </tbody>
              </table>
              {rows.length > 12 && <p className="muted">{t('moreRows', { count: rows.length - 12 })}</p>}
            </div>
          );
        }}
      </QueryState>
    </Section>
  );
}
