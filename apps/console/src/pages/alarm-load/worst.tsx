import type { BadActor } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../../components/page.js';
import { useText } from '../../lib/use-words.js';
import { useFigureValue } from './use-figure-value.js';

/** The rules and devices that told most, with what to mend first. */
export function Worst({ worst }: { worst: readonly BadActor[] }) {
  const { t } = useTranslation('load');
  return (
    <Panel title={t('worst')}>
      {worst.length === 0 && <span className="muted">{t('noWorst')}</span>}
      <ol className="load-worst">
        {worst.map((one) => (
          <Actor key={`${one.ruleId} ${one.deviceId}`} one={one} />
        ))}
      </ol>
    </Panel>
  );
}

function Actor({ one }: { one: BadActor }) {
  const { t } = useTranslation('load');
  const text = useText();
  const words = useFigureValue();
  return (
    <li>
      <div className="load-worst-head">
        <strong>{t('folded.count', { count: one.alarms })}</strong>
        <span className="grow">
          <Link to={`/rules/${one.ruleId}`} title={t('openRule')}>
            {text(one.ruleTitle)}
          </Link>{' '}
          ·{' '}
          <Link to={`/devices/${one.deviceId}`} title={t('openDevice')}>
            {one.deviceName}
          </Link>
        </span>
        <span className="load-share" aria-hidden>
          <span style={{ width: `${Math.max(1, one.share * 100)}%` }} />
        </span>
      </div>
      <div className="muted">
        {[
          text(one.areaName),
          t('share', { share: words(one.share, 'share') }),
          one.chattered > 0 && t('chattered', { count: one.chattered }),
          one.judgedTrue + one.judgedFalse > 0 &&
            t('ofJudged', { right: one.judgedTrue, wrong: one.judgedFalse, test: one.judgedTest }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      <div className="load-mend">{text(one.mend.text)}</div>
    </li>
  );
}
