import { Table, type TableColumnType } from 'antd';
import type { Evaluation, EvaluationDefinition, EvaluationFigureCode, EvaluationRow } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useText } from '../../lib/use-words.js';
import { FigureTitle } from './definition.js';
import { FigureValue } from './figure-value.js';
import { compareValues, type FigureKind, figuresOfKind } from './figures.js';

/** Rows have no key where the cases have none. */
export const keyOf = ({ key }: EvaluationRow): string => key ?? '';

export function useRowName(by: Evaluation['by']): (row: EvaluationRow) => string {
  const { t } = useTranslation('evaluation');
  const text = useText();
  return ({ key, name }) => (name ? text(name) : (key ?? t(`none.${by}`)));
}

interface Props {
  evaluation: Evaluation;
  kind: FigureKind;
  chosen: readonly string[];
  onChoose: (keys: string[]) => void;
}

/** A row each, the figures of one kind; all of them together in the last row. */
export function EvaluationTable({ evaluation, kind, chosen, onChoose }: Props) {
  const { t } = useTranslation('evaluation');
  const nameOf = useRowName(evaluation.by);
  const definitions = new Map(evaluation.definitions.map((definition) => [definition.code, definition]));
  const codes: EvaluationFigureCode[] = ['count', ...figuresOfKind[kind]];
  const value = (definition: EvaluationDefinition, row: EvaluationRow) => (
    <FigureValue
      definition={definition}
      value={row.values[definition.code]}
      compared={row.compared?.[definition.code]}
    />
  );
  const columns: TableColumnType<EvaluationRow>[] = [
    {
      title: t(`grouping.${evaluation.by}`),
      key: 'name',
      fixed: 'start',
      width: 150,
      render: (_, row) => <strong>{nameOf(row)}</strong>,
      sorter: (a, b) => nameOf(a).localeCompare(nameOf(b)),
    },
    ...codes.flatMap((code): TableColumnType<EvaluationRow>[] => {
      const definition = definitions.get(code);
      if (!definition) return [];
      return [
        {
          title: <FigureTitle definition={definition} />,
          key: code,
          width: 150,
          render: (_, row) => value(definition, row),
          sorter: (a, b, order) => compareValues(a.values[code], b.values[code], order),
          showSorterTooltip: false,
        },
      ];
    }),
  ];
  return (
    <Table<EvaluationRow>
      size="small"
      rowKey={keyOf}
      dataSource={evaluation.rows}
      columns={columns}
      pagination={{ pageSize: 25, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 200 + codes.length * 150 }}
      rowSelection={{
        // A box for all would stand in the hidden row that measures columns, too, where nothing may take the focus.
        hideSelectAll: true,
        selectedRowKeys: [...chosen],
        onChange: (keys) => onChoose(keys.map(String)),
        columnWidth: 40,
        getCheckboxProps: (row) => ({ 'aria-label': nameOf(row) }) as object,
      }}
      summary={() => (
        <Table.Summary.Row>
          <Table.Summary.Cell index={0} />
          <Table.Summary.Cell index={1}>
            <strong>{t('total')}</strong>
          </Table.Summary.Cell>
          {codes.map((code, index) => (
            <Table.Summary.Cell key={code} index={index + 2}>
              {definitions.has(code) && value(definitions.get(code)!, evaluation.total)}
            </Table.Summary.Cell>
          ))}
        </Table.Summary.Row>
      )}
    />
  );
}
