import { Button, Table } from 'antd';
import type { Evaluation, EvaluationDefinition } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.js';
import { FigureTitle } from './definition.js';
import { keyOf, useRowName } from './evaluation-table.js';
import { FigureValue } from './figure-value.js';

interface Props {
  evaluation: Evaluation;
  chosen: readonly string[];
  onClear: () => void;
}

/** The chosen rows as columns with all their figures. */
export function SideBySide({ evaluation, chosen, onClear }: Props) {
  const { t } = useTranslation('evaluation');
  const nameOf = useRowName(evaluation.by);
  const rows = evaluation.rows.filter((row) => chosen.includes(keyOf(row)));
  if (!rows.length) return <p className="muted">{t('choose')}</p>;
  return (
    <Panel title={t('side')} extra={<Button onClick={onClear}>{t('clear')}</Button>}>
      <Table<EvaluationDefinition>
        size="small"
        rowKey="code"
        dataSource={evaluation.definitions}
        pagination={false}
        scroll={{ x: 190 + rows.length * 150 }}
        columns={[
          {
            title: t('figure'),
            key: 'figure',
            fixed: 'start',
            width: 170,
            render: (_, definition) => <FigureTitle definition={definition} />,
          },
          ...[...rows, evaluation.total].map((row) => ({
            title: row === evaluation.total ? t('total') : nameOf(row),
            key: row === evaluation.total ? '*' : keyOf(row),
            width: 150,
            render: (_: unknown, definition: EvaluationDefinition) => (
              <FigureValue
                definition={definition}
                value={row.values[definition.code]}
                compared={row.compared?.[definition.code]}
              />
            ),
          })),
        ]}
      />
    </Panel>
  );
}
