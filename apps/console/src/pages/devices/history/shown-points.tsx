import { DownloadOutlined } from '@ant-design/icons';
import { Button, Table } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useValueText } from '../../../components/cause.js';
import { useSiteTime } from '../../../lib/site-time.js';
import type { Point } from './points.js';
import { tableCsv, tableRows } from './shown-table.js';
import type { Series } from './use-series.js';

/** The points of the chart as a table, for who reads with the ears or wants the numbers; and as a file. */
export function ShownPoints({ series, label, fileName }: { series: Series[]; label: string; fileName: string }) {
  const { t } = useTranslation('history');
  const { format } = useSiteTime();
  const value = useValueText();
  const rows = useMemo(() => tableRows(series.map(({ points }) => points)), [series]);
  const words = series.flatMap((one) => one.words.map((word) => ({ ...word, name: one.name })));
  const said = (point: Point | undefined, of: Series) => {
    if (!point) return <span className="muted">–</span>;
    const number = (n: number) =>
      value(of.isSwitch && of.resolution.windowMs === undefined ? n === 1 : Number(n.toPrecision(6)), of.metric);
    return of.resolution.windowMs === undefined ? (
      number(point.mean)
    ) : (
      <>
        {number(point.mean)} <span className="muted">({`${number(point.low)} – ${number(point.high)}`})</span>
      </>
    );
  };
  const windowed = series.some(({ resolution }) => resolution.windowMs !== undefined);
  const save = () => {
    const url = URL.createObjectURL(
      new Blob(
        [
          tableCsv(
            rows,
            series.map(({ name }) => name),
            windowed,
          ),
        ],
        { type: 'text/csv' },
      ),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div className="stack">
      <div className="row-wrap">
        <span className="muted">{t(windowed ? 'tableWindows' : 'tableReadings')}</span>
        <Button icon={<DownloadOutlined />} onClick={save} disabled={rows.length === 0}>
          {t('saveTable')}
        </Button>
      </div>
      <Table
        size="small"
        aria-label={label}
        rowKey="at"
        dataSource={rows}
        pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
        scroll={{ x: 220 + 200 * series.length }}
        locale={{ emptyText: <span className="muted">{t('nothing')}</span> }}
        columns={[
          { title: t('time'), width: 200, render: (_, row) => format(row.at) },
          ...series.map((one, index) => ({
            title: one.name,
            width: 200,
            render: (_: unknown, row: { values: (Point | undefined)[] }) => said(row.values[index], one),
          })),
        ]}
      />
      {words.length > 0 && (
        <ul className="mini-list">
          {words.slice(-100).map(({ at, value: word, name }) => (
            <li key={`${name} ${at}`}>
              <span className="grow">{word}</span>
              <span className="muted">{format(at)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
