import type { DeviceDetail } from '@sc/contracts';
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Popover, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { devicesByNameQuery, useDomains } from '../../../api/queries.js';
import { useTheme } from '../../../app/theme.js';
import { linePalette } from '../../../components/use-chart.js';
import { useText } from '../../../lib/use-words.js';
import type { Series } from './use-series.js';
import { mostOthers, sameSeries, type SeriesRef } from './view.js';

interface Props {
  device: DeviceDetail;
  main: SeriesRef;
  series: Series[];
  others: SeriesRef[];
  metrics: { value: string; label: string }[];
  onOthers: (others: SeriesRef[]) => void;
}

/** What is drawn, by colour, and what can be laid over it: earlier days, another metric, another device. */
export function Compare({ device, main, series, others, metrics, onOthers }: Props) {
  const { t } = useTranslation('history');
  const palette = linePalette(useTheme());
  return (
    <ul className="history-series" aria-label={t('drawn')}>
      {series.map((one, index) => (
        <li key={`${one.ref.deviceId} ${one.ref.metric} ${one.ref.daysBack}`}>
          <span
            className="history-swatch"
            style={{ borderTopColor: palette[index], borderTopStyle: one.ref.daysBack > 0 ? 'dashed' : 'solid' }}
          />
          <span>{one.name}</span>
          {index > 0 && (
            <Button
              type="text"
              icon={<CloseOutlined />}
              aria-label={t('remove', { name: one.name })}
              onClick={() => onOthers(others.filter((ref) => !sameSeries(ref, one.ref)))}
            />
          )}
        </li>
      ))}
      {others.length < mostOthers && (
        <li>
          <Add device={device} main={main} others={others} metrics={metrics} onOthers={onOthers} />
        </li>
      )}
    </ul>
  );
}

function Add({ device, main, others, metrics, onOthers }: Omit<Props, 'series'>) {
  const { t } = useTranslation('history');
  const [open, setOpen] = useState(false);
  const add = (ref: SeriesRef) => {
    setOpen(false);
    if (!sameSeries(ref, main) && !others.some((one) => sameSeries(one, ref))) onOthers([...others, ref]);
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      title={t('compare')}
      destroyOnHidden
      content={
        <div className="stack history-compare">
          <div className="row-wrap">
            {[1, 7].map((daysBack) => (
              <Button key={daysBack} onClick={() => add({ ...main, daysBack })}>
                {t('daysBack', { count: daysBack })}
              </Button>
            ))}
          </div>
          <Select
            aria-label={t('otherMetric')}
            placeholder={t('otherMetric')}
            value={null}
            onChange={(metric: string | null) => metric && add({ deviceId: device.id, metric, daysBack: 0 })}
            options={metrics.filter(({ value }) => value !== main.metric)}
          />
          <OtherDevice device={device} metric={main.metric} onAdd={add} />
        </div>
      }
    >
      <Button icon={<PlusOutlined />}>{t('compare')}</Button>
    </Popover>
  );
}

/** Devices of the same kind, which have the same metric; found by name or id. */
function OtherDevice({
  device,
  metric,
  onAdd,
}: {
  device: DeviceDetail;
  metric: string;
  onAdd: (ref: SeriesRef) => void;
}) {
  const { t } = useTranslation('history');
  const text = useText();
  const [search, setSearch] = useState('');
  const domain = useDomains().find(({ name }) => name === device.domain);
  const query = useQuery(devicesByNameQuery(device.domain, search.trim()));
  return (
    <Select
      aria-label={t('otherDevice')}
      placeholder={t('otherDevice')}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={query.isFetching}
      value={null}
      notFoundContent={query.isPending ? null : t('noDevice', { domain: domain ? text(domain.title) : device.domain })}
      onChange={(deviceId: string | null) => deviceId && onAdd({ deviceId, metric, daysBack: 0 })}
      options={(query.data?.items ?? [])
        .filter(({ id }) => id !== device.id)
        .map(({ id, name }) => ({ value: id, label: `${name} · ${id}` }))}
    />
  );
}
