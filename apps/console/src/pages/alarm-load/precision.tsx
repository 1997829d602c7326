import type { AlarmLoad } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../../components/page.js';
import { useText } from '../../lib/use-words.js';
import { useFigureValue } from './use-figure-value.js';

type Judged = AlarmLoad['rules'][number] | AlarmLoad['devices'][number];
const mostShown = 10;

/** How often each rule and device was right. */
export function Precision({ load }: { load: AlarmLoad }) {
  const { t } = useTranslation('load');
  const text = useText();
  const judged = <T extends Judged>(all: readonly T[]): T[] =>
    all
      .filter(({ precision }) => precision !== null)
      .toSorted((a, b) => b.judgedFalse - a.judgedFalse)
      .slice(0, mostShown);
  const rules = judged(load.rules);
  const devices = judged(load.devices);
  return (
    <Panel title={t('precision')}>
      <p className="muted">{rules.length > 0 ? t('precisionText') : t('noneJudged')}</p>
      {rules.length > 0 && (
        <div className="load-precision">
          <List
            title={t('byRule')}
            items={rules.map((rule) => ({ ...rule, to: `/rules/${rule.ruleId}`, name: text(rule.title) }))}
          />
          <List
            title={t('byDevice')}
            items={devices.map((device) => ({ ...device, to: `/devices/${device.deviceId}` }))}
          />
        </div>
      )}
    </Panel>
  );
}

function List({ title, items }: { title: string; items: readonly (Judged & { to: string; name: string })[] }) {
  const { t } = useTranslation('load');
  const words = useFigureValue();
  return (
    <div>
      <h3>{title}</h3>
      <ul className="mini-list">
        {items.map(({ to, name, precision, judgedTrue, judgedFalse, judgedTest }) => (
          <li key={to}>
            <span className="grow">
              <Link to={to}>{name}</Link>
              <div className="muted">{t('ofJudged', { right: judgedTrue, wrong: judgedFalse, test: judgedTest })}</div>
            </span>
            <strong>{precision === null ? '' : words(precision, 'share')}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
