import { AppstoreOutlined, PlusOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page.js';
import '../../styles/board.css';
import { OrderBoard } from './board.js';
import { OrderFilterBar } from './filter-bar.js';
import { OrderList } from './list.js';
import { ReportCase } from './report-case.js';
import { useOrderFilter } from './use-order-filter.js';

export function WorkOrdersPage() {
  const { t } = useTranslation(['desk', 'board', 'cases']);
  const [filter, set] = useOrderFilter();
  const [reporting, setReporting] = useState(false);
  return (
    <Page
      title={t('workOrders.title')}
      extra={
        <>
          <Segmented
            aria-label={t('board:view')}
            value={filter.view}
            options={[
              { value: 'list', label: t('board:list'), icon: <UnorderedListOutlined /> },
              { value: 'board', label: t('board:board'), icon: <AppstoreOutlined /> },
            ]}
            onChange={(value) => set('view', value === 'board' ? 'board' : undefined)}
          />
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setReporting(true)}>
            {t('cases:report')}
          </Button>
        </>
      }
    >
      {reporting && <ReportCase path="/work-orders" onClose={() => setReporting(false)} />}
      <OrderFilterBar />
      {filter.view === 'board' ? <OrderBoard filter={filter} /> : <OrderList filter={filter} />}
    </Page>
  );
}
