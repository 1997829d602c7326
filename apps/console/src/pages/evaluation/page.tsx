import { BookOutlined, DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Segmented, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Evaluation, type EvaluationGrouping, evaluationGroupings } from '@sc/contracts';
import { evaluationQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { usePerson } from '../../app/session.js';
import { AreaSelect } from '../../components/area-select.js';
import { Page, Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { serverNow, useSiteTime } from '../../lib/site-time.js';
import { Definitions } from './definition.js';
import { EvaluationTable } from './evaluation-table.js';
import { type FigureKind, figureKinds } from './figures.js';
import { PeriodSelect } from './period-select.js';
import {
  comparedWith,
  type Comparison,
  comparisons,
  type Days,
  daysOf,
  instants,
  type PeriodChoice,
} from './periods.js';
import { SideBySide } from './side-by-side.js';
import '../../styles/evaluation.css';

/** How cases were handled: per person, team, grid, community, category and month. */
export function EvaluationPage() {
  const { t } = useTranslation('evaluation');
  const person = usePerson();
  const { timeZone } = useSiteTime();
  const [now] = useState(serverNow);
  const [by, setBy] = useState<EvaluationGrouping>('grid');
  const [areaId, setAreaId] = useState<string>(person.areaId);
  const [choice, setChoice] = useState<PeriodChoice>('last-30');
  const [custom, setCustom] = useState<Days>();
  const [comparison, setComparison] = useState<Comparison>('none');
  const days = daysOf(choice, now, timeZone) ?? custom ?? daysOf('last-30', now, timeZone)!;
  const other = comparedWith(days, comparison);
  const compared = other && instants(other, timeZone);
  const asked = {
    by,
    areaId,
    ...instants(days, timeZone),
    ...(compared ? { compareFrom: compared.from, compareTo: compared.to } : {}),
  };
  const query = useQuery(evaluationQuery(asked));
  return (
    <Page
      title={t('title')}
      extra={
        <>
          <Select
            aria-label={t('by')}
            style={{ width: 130 }}
            value={by}
            onChange={setBy}
            options={evaluationGroupings.map((value) => ({ value, label: t(`grouping.${value}`) }))}
          />
          <AreaSelect
            value={areaId}
            onChange={(id) => setAreaId(id ?? person.areaId)}
            allowClear={areaId !== person.areaId}
            label={t('area')}
          />
          <PeriodSelect value={choice} onChange={setChoice} days={days} onCustom={setCustom} />
          <Select
            aria-label={t('compare')}
            style={{ width: 170 }}
            value={comparison}
            onChange={setComparison}
            options={comparisons.map((value) => ({ value, label: t(`comparing.${value}`) }))}
          />
          <Button icon={<DownloadOutlined />} href={api.evaluationCsvUrl(asked)}>
            {t('csv')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <span className="muted">{t('about')}</span>
        <QueryState query={query}>{(evaluation) => <Figures key={evaluation.by} evaluation={evaluation} />}</QueryState>
      </div>
    </Page>
  );
}

function Figures({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation('evaluation');
  const { format } = useSiteTime();
  const [kind, setKind] = useState<FigureKind>('time');
  const [chosen, setChosen] = useState<string[]>([]);
  const [told, setTold] = useState(false);
  const { compareFrom, compareTo, total } = evaluation;
  const summary =
    compareFrom && compareTo
      ? t('summaryCompared', {
          from: format(evaluation.from),
          to: format(evaluation.to),
          compareFrom: format(compareFrom),
          compareTo: format(compareTo),
        })
      : t('summary', { from: format(evaluation.from), to: format(evaluation.to) });
  const isEmpty = !total.values.count.value && !total.compared?.count.value;
  return (
    <>
      {evaluation.own && <Alert type="info" showIcon title={t('own')} />}
      {isEmpty ? (
        <Panel>
          <Calm title={t('calm')} text={t('calmText')} />
        </Panel>
      ) : (
        <>
          <div className="evaluation-bar">
            <Segmented<FigureKind>
              aria-label={t('kind')}
              value={kind}
              onChange={setKind}
              options={figureKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            />
            <Button icon={<BookOutlined />} onClick={() => setTold(true)}>
              {t('definitions')}
            </Button>
            <span className="muted">{summary}</span>
          </div>
          <EvaluationTable evaluation={evaluation} kind={kind} chosen={chosen} onChoose={setChosen} />
          {evaluation.left > 0 && <p className="muted">{t('left', { count: evaluation.left })}</p>}
          <SideBySide evaluation={evaluation} chosen={chosen} onClear={() => setChosen([])} />
          <Definitions definitions={evaluation.definitions} open={told} onClose={() => setTold(false)} />
        </>
      )}
    </>
  );
}
