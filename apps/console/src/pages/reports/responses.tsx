import type { Report } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useDuration, useText } from '../../lib/use-words.js';
import { ResponseChart } from './response-chart.js';

/** How long people took, measure by measure: of all, and how it went over time. */
export function Responses({ report: { responses, definitions } }: { report: Report }) {
  const { t } = useTranslation('reports');
  const text = useText();
  const duration = useDuration();
  const words = (seconds: number | null) => (seconds === null ? '–' : duration(seconds * 1000));
  const named = (code: string) => definitions.find((one) => one.code === code)!;
  return (
    <>
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{t('measure')}</th>
            <th scope="col">{t('measured')}</th>
            <th scope="col">{t('median')}</th>
            <th scope="col">{t('p90')}</th>
          </tr>
        </thead>
        <tbody>
          {responses.map(({ measure, total }) => (
            <tr key={measure}>
              <th scope="row">
                {text(named(measure).title)}
                <div className="muted report-small">{text(named(measure).definition)}</div>
              </th>
              <td data-name={t('measured')}>{total.count}</td>
              <td data-name={t('median')}>{words(total.median)}</td>
              <td data-name={t('p90')}>{words(total.p90)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="report-charts">
        {responses
          .filter(({ pieces }) => pieces.length > 1)
          .map((times) => (
            <figure key={times.measure}>
              <figcaption>{text(named(times.measure).title)}</figcaption>
              <ResponseChart times={times} name={text(named(times.measure).title)} />
            </figure>
          ))}
      </div>
    </>
  );
}
