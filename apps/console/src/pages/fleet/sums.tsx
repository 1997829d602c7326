import { type Fleet, type FleetCounts, fleetProblems } from '@sc/contracts';
import { Button, Segmented, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDomains } from '../../api/queries.js';
import { Panel } from '../../components/page.js';
import { useText } from '../../lib/use-words.js';
import { useProblemWords } from './use-problem-words.js';

type By = 'grid' | 'domain';
interface Row extends FleetCounts {
  key: string;
  name: string;
  choose: (() => void) | undefined;
}
interface Props {
  fleet: Fleet;
  onGrid: (id: string) => void;
  onDomain: (name: string) => void;
}

/** The same counts place by place, or by kind of device. */
export function Sums({ fleet, onGrid, onDomain }: Props) {
  const { t } = useTranslation('fleet');
  const text = useText();
  const words = useProblemWords();
  const domains = useDomains();
  const [by, setBy] = useState<By>('grid');
  const rows: Row[] =
    by === 'grid'
      ? fleet.grids.map(({ gridId, gridName, ...counts }) => ({
          ...counts,
          key: gridId ?? '',
          name: gridName ? text(gridName) : t('noGrid'),
          choose: gridId === null ? undefined : () => onGrid(gridId),
        }))
      : fleet.domains.map(({ domain, ...counts }) => {
          const known = domains.find(({ name }) => name === domain);
          return { ...counts, key: domain, name: known ? text(known.title) : domain, choose: () => onDomain(domain) };
        });
  return (
    <Panel
      title={t('sums')}
      extra={
        <Segmented<By>
          aria-label={t('sums')}
          value={by}
          onChange={setBy}
          options={(['grid', 'domain'] as const).map((value) => ({ value, label: t(`by.${value}`) }))}
        />
      }
    >
      <Table<Row>
        size="small"
        rowKey="key"
        dataSource={rows}
        pagination={{ pageSize: 12, showSizeChanger: false, hideOnSinglePage: true }}
        scroll={{ x: 1120 }}
        columns={[
          {
            title: t(`by.${by}`),
            width: 220,
            render: (_, row) =>
              row.choose ? (
                <Button type="link" className="fleet-name" onClick={row.choose}>
                  {row.name}
                </Button>
              ) : (
                row.name
              ),
          },
          { title: t('devices'), width: 90, align: 'right', render: (_, row) => row.devices },
          { title: t('well'), width: 90, align: 'right', render: (_, row) => row.well },
          ...fleetProblems.map((problem) => ({
            title: words.name(problem),
            width: 90,
            align: 'right' as const,
            render: (_: unknown, row: Row) =>
              row.problems[problem] > 0 ? <strong>{row.problems[problem]}</strong> : <span className="muted">0</span>,
          })),
        ]}
      />
    </Panel>
  );
}
