import type { JudgedAlarms, Report } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDomains } from '../../api/queries.js';
import { useText } from '../../lib/use-words.js';

interface Row extends JudgedAlarms {
  key: string;
  name: string;
  detail?: string;
  to?: string;
}

export function KindTable({ quality }: { quality: Report['quality'] }) {
  const { t } = useTranslation('reports');
  const text = useText();
  const domains = useDomains();
  const nameOf = (name: string) => {
    const domain = domains.find((one) => one.name === name);
    return domain ? text(domain.title) : name;
  };
  const rows = quality.kinds.map((kind): Row => ({ ...kind, key: kind.domain, name: nameOf(kind.domain) }));
  return <QualityTable first={t('kind')} rows={[...rows, { ...quality.total, key: '*', name: t('all') }]} />;
}

export function RuleTable({ quality }: { quality: Report['quality'] }) {
  const { t } = useTranslation('reports');
  const text = useText();
  const rows = quality.rules.map((rule): Row => {
    const { ruleId: key, title } = rule;
    return { ...rule, key, name: text(title), to: `/rules/${key}` };
  });
  return (
    <>
      <QualityTable first={t('rule')} rows={rows} />
      {quality.left > 0 && <p className="muted">{t('left', { count: quality.left })}</p>}
    </>
  );
}

export function WorstTable({ quality }: { quality: Report['quality'] }) {
  const { t } = useTranslation('reports');
  const text = useText();
  if (quality.worst.length === 0) return <p className="muted">{t('noneFalse')}</p>;
  const rows = quality.worst.map((pair): Row => {
    const key = `${pair.ruleId} ${pair.deviceId}`;
    return { ...pair, key, name: pair.deviceName, detail: text(pair.title), to: `/devices/${pair.deviceId}` };
  });
  return <QualityTable first={t('device')} rows={rows} />;
}

/** Shares as a bar and as numbers; what nobody judged stays grey. */
function QualityTable({ first, rows }: { first: string; rows: Row[] }) {
  const { t, i18n } = useTranslation('reports');
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  if (rows.every(({ alarms }) => alarms === 0)) return <p className="muted">{t('none')}</p>;
  return (
    <table className="report-table report-quality">
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">{t('alarms')}</th>
          <th scope="col">{t('judged.true')}</th>
          <th scope="col">{t('judged.false')}</th>
          <th scope="col">{t('judged.test')}</th>
          <th scope="col">{t('precision')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, detail, to, alarms, judgedTrue, judgedFalse, judgedTest, precision }) => (
          <tr key={key} className={key === '*' ? 'report-total' : undefined}>
            <th scope="row">
              {to ? <Link to={to}>{name}</Link> : name}
              {detail && <div className="muted">{detail}</div>}
              <span className="report-bar" aria-hidden>
                <span className="report-true" style={{ flexGrow: judgedTrue }} />
                <span className="report-false" style={{ flexGrow: judgedFalse }} />
                <span className="report-test" style={{ flexGrow: judgedTest }} />
                <span style={{ flexGrow: alarms - judgedTrue - judgedFalse - judgedTest }} />
              </span>
            </th>
            <td data-name={t('alarms')}>{alarms}</td>
            <td data-name={t('judged.true')}>{judgedTrue}</td>
            <td data-name={t('judged.false')}>{judgedFalse}</td>
            <td data-name={t('judged.test')}>{judgedTest}</td>
            <td data-name={t('precision')}>{precision === null ? '–' : percent.format(precision)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
