import { PrinterOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { type Report, type ReportPiece, reportPieces, type ReportQuery, smallNumber } from '@sc/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reportCsvUrl, reportQuery } from '../../api/reports.js';
import { usePerson } from '../../app/session.js';
import { AreaSelect } from '../../components/area-select.js';
import { Page } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { serverNow, useSiteTime } from '../../lib/site-time.js';
import { useText } from '../../lib/use-words.js';
import { PeriodSelect } from '../evaluation/period-select.js';
import { type Days, daysOf, instants, type PeriodChoice } from '../evaluation/periods.js';
import { Comparison, ofResidents } from './comparison.js';
import { HourMap } from './hour-map.js';
import { monthsBefore } from './months-before.js';
import { KindTable, RuleTable, WorstTable } from './quality.js';
import { Responses } from './responses.js';
import { Section } from './section.js';
import '../../styles/reports.css';

/** What happened in a period, for a screen and for a sheet of paper. */
export function ReportsPage() {
  const { t } = useTranslation('reports');
  const person = usePerson();
  const { timeZone } = useSiteTime();
  const [now] = useState(serverNow);
  const [areaId, setAreaId] = useState<string>(person.areaId);
  const [choice, setChoice] = useState<PeriodChoice>('last-30');
  const [custom, setCustom] = useState<Days>();
  const [every, setEvery] = useState<ReportPiece>('week');
  const days = daysOf(choice, now, timeZone) ?? custom ?? daysOf('last-30', now, timeZone)!;
  const time = instants(days, timeZone);
  const asked: ReportQuery = { areaId, every, ...time };
  const query = useQuery(reportQuery(asked));
  const year = instants({ from: monthsBefore(days.to, 12), to: days.to }, timeZone);
  return (
    <Page
      title={t('title')}
      extra={
        <>
          <AreaSelect
            value={areaId}
            onChange={(id) => setAreaId(id ?? person.areaId)}
            allowClear={areaId !== person.areaId}
            label={t('area')}
          />
          <PeriodSelect value={choice} onChange={setChoice} days={days} onCustom={setCustom} />
          <Select
            aria-label={t('every')}
            style={{ width: 120 }}
            value={every}
            onChange={setEvery}
            options={reportPieces.map((value) => ({ value, label: t(`pieces.${value}`) }))}
          />
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('print')}
          </Button>
        </>
      }
    >
      <div className="stack report">
        <QueryState query={query}>{(report) => <ReportHead report={report} />}</QueryState>
        <Comparison query={{ by: 'grid', areaId, ...time }} title={t('grids')} definition={t('comparisonText')} />
        <Comparison query={{ by: 'month', areaId, ...year }} title={t('months')} definition={t('comparisonText')} />
        {(['grid', 'month'] as const).map((by) => (
          <Comparison
            key={by}
            query={{ by, areaId, ...(by === 'grid' ? time : year) }}
            title={t(`residents.${by}`)}
            definition={t('residents.text', { n: smallNumber })}
            codes={ofResidents}
          />
        ))}
        {query.data && <ReportBody report={query.data} asked={asked} />}
      </div>
    </Page>
  );
}

function ReportHead({ report }: { report: Report }) {
  const { t } = useTranslation('reports');
  const { format } = useSiteTime();
  const text = useText();
  return (
    <p className="report-about">
      {t('about', {
        area: text(report.areaName),
        from: format(report.from),
        to: format(report.to),
        at: format(report.at),
        zone: report.timeZone,
      })}
    </p>
  );
}

function ReportBody({ report, asked }: { report: Report; asked: ReportQuery }) {
  const { t } = useTranslation('reports');
  const text = useText();
  const defined = (code: Report['definitions'][number]['code']) =>
    text(report.definitions.find((one) => one.code === code)!.definition);
  const { quality } = report;
  return (
    <>
      <Section title={t('alarmHours')} csv={reportCsvUrl(asked, 'alarm-hours')}>
        <HourMap counts={report.alarmHours} name={t('alarmHours')} />
      </Section>
      <Section title={t('caseHours')} csv={reportCsvUrl(asked, 'case-hours')} definition={defined('hours')}>
        <HourMap counts={report.caseHours} name={t('caseHours')} />
      </Section>
      <Section title={t('kinds')} csv={reportCsvUrl(asked, 'kinds')} definition={defined('quality')}>
        <KindTable quality={quality} />
      </Section>
      <Section title={t('worst')} csv={reportCsvUrl(asked, 'worst')} definition={defined('worst')}>
        <WorstTable quality={quality} />
      </Section>
      <Section title={t('responses')} csv={reportCsvUrl(asked, 'responses')}>
        <Responses report={report} />
      </Section>
      <Section title={t('rules')} csv={reportCsvUrl(asked, 'rules')}>
        <RuleTable quality={quality} />
      </Section>
    </>
  );
}
