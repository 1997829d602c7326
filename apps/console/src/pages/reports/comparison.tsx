import type { EvaluationFigureCode, EvaluationQuery } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { evaluationQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { QueryState } from '../../components/query-state.js';
import { useEvaluationValue } from '../../lib/use-evaluation-value.js';
import { useText } from '../../lib/use-words.js';
import { Section } from './section.js';

/** What managers look at first; the page Evaluation has the others. */
const codes: readonly EvaluationFigureCode[] = [
  'count',
  'overdue',
  'response-rate',
  'on-time-handling',
  'on-time-closing',
  'rework-rate',
  'satisfied-rate',
  'close-median',
];

/** Grids beside each other, or months in a row: the figures of evaluation, the best value of a row marked in words. */
export function Comparison({ query: asked, title }: { query: EvaluationQuery; title: string }) {
  const { t } = useTranslation(['reports', 'evaluation']);
  const text = useText();
  const words = useEvaluationValue();
  const query = useQuery(evaluationQuery(asked));
  return (
    <Section title={title} csv={api.evaluationCsvUrl(asked)} definition={t('comparisonText')}>
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
                    .map((definition) => (
                      <tr key={definition.code}>
                        <th scope="row" title={text(definition.definition)}>
                          {text(definition.title)}
                        </th>
                        {shown.map((row) => {
                          const { value, of } = row.values[definition.code];
                          return (
                            <td key={row === total ? '*' : (row.key ?? '')}>
                              {words(value, definition.unit)}
                              {definition.code !== 'count' && value !== null && (
                                <div className="muted report-small">{t('evaluation:of', { count: of })}</div>
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
