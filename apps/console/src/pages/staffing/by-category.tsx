import { Table } from 'antd';
import type { StaffingResult } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useText } from '../../lib/use-words.js';
import { useSpread } from './use-spread.js';

const steps = ['accept', 'handle'] as const;

/** For each kind of work the share accepted and handled in time, a column for each way. */
export function ByCategory({ result }: { result: StaffingResult }) {
  const { t } = useTranslation('staffing');
  const text = useText();
  const { share } = useSpread();
  const onTime = (name: string, step: (typeof steps)[number], category: string) => {
    const outcome = result.variants.find((variant) => variant.name === name)?.outcome;
    const found = outcome?.steps.find((one) => one.step === step && one.category === category)?.onTime;
    return found ? share(found.median) : '–';
  };
  return (
    <Table
      size="small"
      rowKey="category"
      dataSource={result.categories}
      pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 240 + result.variants.length * 220 }}
      columns={[
        {
          title: t('category'),
          key: 'category',
          width: 170,
          render: (_, { category, title }) => (title ? text(title) : category),
        },
        { title: t('cases'), key: 'cases', dataIndex: 'cases', width: 70 },
        ...result.variants.map(({ name }) => ({
          title: name,
          key: name,
          children: steps.map((step) => ({
            title: t(`figures.${step}`),
            key: `${name} ${step}`,
            width: 110,
            render: (_: unknown, { category }: { category: string }) => onTime(name, step, category),
          })),
        })),
      ]}
    />
  );
}
