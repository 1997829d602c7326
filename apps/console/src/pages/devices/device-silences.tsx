import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deviceOutOfServiceQuery, maintenanceWindowsQuery } from '../../api/queries.js';
import { useMay } from '../../app/session.js';
import { Panel } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { OutOfServiceList } from '../maintenance/out-of-service-list.js';
import { WindowList } from '../maintenance/window-list.js';

/** Maintenance that covers the device, also of the places it is in, and what of it is out of service. */
export function DeviceSilences({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation('device');
  const windows = useQuery(maintenanceWindowsQuery('open', deviceId));
  const outs = useQuery(deviceOutOfServiceQuery(deviceId));
  const mayEnd = useMay('admin', 'operator', 'manager');
  return (
    <>
      <Panel title={t('maintenance')}>
        <QueryState query={windows}>
          {({ items }) => <WindowList windows={items} all={false} mayEnd={mayEnd} />}
        </QueryState>
      </Panel>
      <Panel title={t('outOfService')}>
        <QueryState query={outs}>{({ items }) => <OutOfServiceList items={items} />}</QueryState>
      </Panel>
    </>
  );
}
