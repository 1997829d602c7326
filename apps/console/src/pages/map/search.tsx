import { AutoComplete, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../lib/use-words.js';
import type { Pick } from './choice.js';
import { findOnMap } from './find.js';
import type { MapData } from './use-data.js';

/** Goes to a device, a place or an open order; arrows and Enter are enough. */
export function MapSearch({ data, onPick }: { data: MapData; onPick: (pick: Pick) => void }) {
  const { t } = useTranslation('map');
  const text = useText();
  const [words, setWords] = useState('');
  const { allDevices, areas, allOrders } = data;
  const found = useMemo(
    () =>
      findOnMap(words, {
        devices: allDevices,
        areas,
        orders: allOrders,
        nameOf: ({ name }) => text(name),
        titleOf: ({ title }) => text(title),
      }),
    [words, allDevices, areas, allOrders, text],
  );
  return (
    <AutoComplete
      className="map-search"
      value={words}
      onChange={setWords}
      defaultActiveFirstOption
      popupMatchSelectWidth={360}
      notFoundContent={words.trim() ? t('search.none') : null}
      options={found.map(({ kind, id, label, hint }) => ({
        value: `${kind}:${id}`,
        label: (
          <span className="map-found">
            <span className="muted">{t(`search.${kind}`)}</span>
            <span className="grow">{label}</span>
            <span className="muted">{hint}</span>
          </span>
        ),
      }))}
      onSelect={(value: string) => {
        const one = found.find(({ kind, id }) => `${kind}:${id}` === value);
        if (!one) return;
        setWords(one.label);
        onPick({ kind: one.kind, id: one.id });
      }}
    >
      <Input.Search placeholder={t('search.placeholder')} aria-label={t('search.label')} allowClear />
    </AutoComplete>
  );
}
