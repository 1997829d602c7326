import type { Device } from '@sc/contracts';
import { Button, Checkbox, Popover, Select } from 'antd';
import { BlockOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useDomains } from '../../api/queries.js';
import { AreaSelect } from '../../components/area-select.js';
import { useText } from '../../lib/use-words.js';
import { connections, mapLayers, type MapFilter, type MapLayer } from './choice.js';
import { Legend } from './legend.js';
import type { ChoiceChange } from './use-choice.js';

interface Props {
  filter: MapFilter;
  onChange: (part: ChoiceChange) => void;
}

/** What is shown: layers, an area, kinds and connections of devices. */
export function LayerPanel({ filter, onChange }: Props) {
  const { t } = useTranslation(['map', 'words']);
  const text = useText();
  const domains = useDomains();
  const toggle = (layer: MapLayer, on: boolean) =>
    onChange((now) => ({ layers: new Set(mapLayers.filter((each) => (each === layer ? on : now.layers.has(each)))) }));
  return (
    <>
      <AreaSelect
        value={filter.areaId}
        onChange={(areaId) => onChange({ areaId })}
        placeholder={t('wholeSite')}
        label={t('onlyIn')}
        width={170}
      />
      <Popover
        trigger="click"
        placement="bottom"
        content={
          <div className="map-layers">
            <fieldset>
              <legend>{t('layers')}</legend>
              {mapLayers.map((layer) => (
                <Checkbox
                  key={layer}
                  checked={filter.layers.has(layer)}
                  onChange={({ target }) => toggle(layer, target.checked)}
                >
                  {t(`layer.${layer}`)}
                </Checkbox>
              ))}
              <p className="muted">{t('urgentAlways')}</p>
            </fieldset>
            <Select<string[]>
              mode="multiple"
              aria-label={t('kinds')}
              placeholder={t('allKinds')}
              value={[...filter.kinds]}
              onChange={(kinds) => onChange({ kinds: new Set(kinds) })}
              options={domains.map(({ name, title }) => ({ value: name, label: text(title) }))}
            />
            <Select<Device['connection'][]>
              mode="multiple"
              aria-label={t('states')}
              placeholder={t('allStates')}
              value={[...filter.states]}
              onChange={(states) => onChange({ states: new Set(states) })}
              options={connections.map((state) => ({ value: state, label: t(`words:connection.${state}`) }))}
            />
          </div>
        }
      >
        <Button icon={<BlockOutlined />}>{t('layers')}</Button>
      </Popover>
      <Popover trigger="click" placement="bottom" content={<Legend filter={filter} domains={domains} />}>
        <Button>{t('legend.title')}</Button>
      </Popover>
    </>
  );
}
