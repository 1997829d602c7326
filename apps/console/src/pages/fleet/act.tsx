import { MoreOutlined } from '@ant-design/icons';
import type { FleetDevice } from '@sc/contracts';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../app/session.js';
import { TakeOut } from '../devices/take-out.js';
import { ReportCase } from '../work-orders/report-case.js';
import { useProblemWords } from './use-problem-words.js';

/** What can be done about a device from here: look, have somebody sent, stop listening to it. */
export function Act({ device }: { device: FleetDevice }) {
  const { t } = useTranslation('fleet');
  const navigate = useNavigate();
  const words = useProblemWords();
  const [doing, setDoing] = useState<'takeOut' | 'report'>();
  const mayTakeOut = useMay('admin', 'manager') && device.outOfServiceSince === null;
  const problems = device.problems.map(words.name).join(', ') || t('ok');
  const items = (['open', 'report', 'takeOut'] as const)
    .filter((key) => key !== 'takeOut' || mayTakeOut)
    .map((key) => ({ key, label: t(key) }));
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items,
          onClick: ({ key }) =>
            key === 'open' ? void navigate(`/devices/${device.id}`) : setDoing(key === 'report' ? 'report' : 'takeOut'),
        }}
      >
        <Button type="text" icon={<MoreOutlined />} aria-label={t('act', { name: device.name })} />
      </Dropdown>
      {doing === 'takeOut' && <TakeOut device={device} onClose={() => setDoing(undefined)} />}
      {doing === 'report' && (
        <ReportCase
          path="/work-orders"
          about={{
            areaId: device.areaId,
            ...(device.placement ? { placement: device.placement } : {}),
            description: t('reportText', { name: device.name, id: device.id, problems }),
          }}
          onClose={() => setDoing(undefined)}
        />
      )}
    </>
  );
}
