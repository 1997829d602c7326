import { Button, Segmented } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { maintenanceWindowsQuery, outOfServiceQuery } from '../../api/queries.js';
import { useMay } from '../../app/session.js';
import { Page, Panel } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { AddWindow } from './add-window.js';
import { OutOfServiceList } from './out-of-service-list.js';
import { WindowList } from './window-list.js';

/** What calls nobody for a time, or until somebody takes it back. */
export function MaintenancePage() {
  const { t } = useTranslation('silences');
  const [state, setState] = useState<'open' | 'all'>('open');
  const [adding, setAdding] = useState(false);
  const windows = useQuery(maintenanceWindowsQuery(state));
  const out = useQuery(outOfServiceQuery);
  const mayAdd = useMay('admin', 'operator', 'manager');
  return (
    <Page
      title={t('windows.title')}
      extra={
        mayAdd && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('windows.add')}
          </Button>
        )
      }
    >
      <div className="stack">
        <Panel
          title={t('windows.running')}
          extra={
            <Segmented
              aria-label={t('windows.running')}
              value={state}
              onChange={setState}
              options={(['open', 'all'] as const).map((value) => ({ value, label: t(`windows.${value}`) }))}
            />
          }
        >
          <QueryState query={windows}>
            {({ items }) => <WindowList windows={items} all={state === 'all'} mayEnd={mayAdd} />}
          </QueryState>
        </Panel>
        <Panel title={t('out.title')}>
          <QueryState query={out}>{({ items }) => <OutOfServiceList items={items} />}</QueryState>
        </Panel>
      </div>
      {adding && <AddWindow onClose={() => setAdding(false)} />}
    </Page>
  );
}
