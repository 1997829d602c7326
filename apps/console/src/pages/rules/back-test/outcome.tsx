import { Alert } from 'antd';
import type { BackTest, BackTestResult } from '@sc/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../components/page.js';
import { Calm } from '../../../components/query-state.js';
import { useSiteTime } from '../../../lib/site-time.js';
import { useDuration } from '../../../lib/use-words.js';
import { BackTestAlarms } from './alarms.js';
import { DayBars } from './day-bars.js';
import { Lanes } from './lanes.js';

interface Props {
  run: BackTest;
  result: BackTestResult;
}

/** Figures, then when and where, then alarm by alarm. */
export function BackTestOutcome({ run, result }: Props) {
  const { t } = useTranslation('back-test');
  const number = useNumber();
  const { totals, devices, readings, events } = result;
  if (readings + events + totals.would + totals.was === 0)
    return (
      <>
        <Caveats run={run} result={result} />
        <Calm title={t('noData')} text={t('noDataText', { devices })} />
      </>
    );
  if (totals.would + totals.was === 0)
    return (
      <>
        <Caveats run={run} result={result} />
        <Calm good title={t('nothing')} text={t('nothingText', { n: number(readings), devices })} />
      </>
    );
  return (
    <>
      <Caveats run={run} result={result} />
      <Figures result={result} />
      <Panel title={t('perDay')}>
        <DayBars run={run} result={result} />
      </Panel>
      <Panel title={t('perDevice')}>
        <Lanes run={run} result={result} />
      </Panel>
      <Panel title={t('differences')}>
        <BackTestAlarms run={run} result={result} />
      </Panel>
    </>
  );
}

function Caveats({ run, result: { coveredFrom, wasCut, ruleErrors } }: Props) {
  const { t } = useTranslation('back-test');
  const { format } = useSiteTime();
  const said = [
    coveredFrom > run.from && t('covered', { time: format(coveredFrom) }),
    wasCut && t('wasCut'),
    ruleErrors > 0 && t('ruleErrors', { n: ruleErrors }),
  ].filter((text) => text !== false);
  return said.map((text) => <Alert key={text} role="status" type="warning" showIcon title={text} />);
}

function Figures({ result: { totals, days, devices, readings, events } }: { result: BackTestResult }) {
  const { t } = useTranslation('back-test');
  const { timeZone } = useSiteTime();
  const duration = useDuration();
  const number = useNumber();
  const active = (minutes: number) => t('minutes', { time: duration(minutes * 60_000) });
  const most = (of: 'wouldIn10Minutes' | 'wasIn10Minutes') => Math.max(0, ...days.map((day) => day[of]));
  const figures: [string, string, number, ReactNode][] = [
    ['back-test-would', t('would'), totals.would, active(totals.wouldMinutes)],
    ['back-test-was', t('was'), totals.was, active(totals.wasMinutes)],
    ['back-test-both', t('both'), totals.both, null],
    ['back-test-only-new', t('onlyNew'), totals.onlyNew, null],
    ['back-test-only-old', t('onlyOld'), totals.onlyOld, null],
  ];
  return (
    <Panel>
      <dl className="back-test-figures">
        {figures.map(([mark, name, count, more]) => (
          <div key={name} className={mark}>
            <dt>{name}</dt>
            <dd>
              <strong>{number(count)}</strong>
            </dd>
            {more && <dd className="muted">{more}</dd>}
          </div>
        ))}
      </dl>
      <p className="muted">
        {t('busiest', { would: most('wouldIn10Minutes'), was: most('wasIn10Minutes') })}
        {' · '}
        {t('looked', { readings: number(readings), events: number(events), devices, zone: timeZone })}
      </p>
    </Panel>
  );
}

function useNumber(): (value: number) => string {
  const { i18n } = useTranslation();
  return (value) => new Intl.NumberFormat(i18n.language).format(value);
}
