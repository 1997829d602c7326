import { severities, type Domain } from '@sc/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SeverityIcon } from '../../components/severity-badge.js';
import { useTheme } from '../../app/theme.js';
import { useText } from '../../lib/use-words.js';
import { connections, type MapFilter } from './choice.js';
import { caseMark, clusterMark, deviceMark, drawMark, hatchMark } from './draw-mark.js';
import { palettes, type Palette } from './palette.js';

/** What the marks mean, drawn by what draws them; only what is on. */
export function Legend({ filter, domains }: { filter: MapFilter; domains: readonly Domain[] }) {
  const { t } = useTranslation(['map', 'desk', 'words', 'calendars']);
  const text = useText();
  const colours = palettes[useTheme()];
  const { layers } = filter;
  const [devices, cases, reports] = [layers.has('devices'), layers.has('cases'), layers.has('reports')];
  return (
    <ul className="map-legend">
      <li>
        <span className="severity severity-extreme">
          <SeverityIcon severity="extreme" size={12} />
        </span>
        {t('legend.urgent')}
      </li>
      {layers.has('alarms') &&
        severities.slice(1, 4).map((severity) => (
          <li key={severity}>
            <Sign mark={deviceMark('', 'online', severity)} colours={colours} />
            {t(`words:severity.${severity}`)}
          </li>
        ))}
      {devices &&
        connections.map((state) => (
          <li key={state}>
            <Sign mark={deviceMark('', state)} colours={colours} />
            {t(`words:connection.${state}`)}
          </li>
        ))}
      {devices &&
        domains.map((domain) => (
          <li key={domain.name}>
            <Sign mark={deviceMark(domain.name, 'online')} colours={colours} />
            {text(domain.title)}
          </li>
        ))}
      {(devices || layers.has('alarms')) && (
        <li>
          <Sign mark={clusterMark('moderate', true)} colours={colours} />
          {t('legend.cluster')}
        </li>
      )}
      {(cases || reports) &&
        (['normal', 'warning', 'overdue'] as const).map((light) => (
          <li key={light}>
            {cases && <Sign mark={caseMark(light, false)} colours={colours} />}
            {reports && <Sign mark={caseMark(light, true)} colours={colours} />}
            {t('legend.case', { light: t(`calendars:light.${light}`) })}
          </li>
        ))}
      {layers.has('areas') && (
        <>
          <li>
            <span className="map-swatch" style={{ borderColor: colours.gridLine, background: colours.grid }} />
            {t('desk:map.dutyGrids')}
          </li>
          <li>
            <span className="map-swatch" style={{ borderColor: colours.buildingLine, background: colours.building }} />
            {t('desk:map.buildings')}
          </li>
        </>
      )}
      {layers.has('blind-spots') && (
        <li>
          <Sign mark={hatchMark} colours={colours} />
          {t('layer.blind-spots')}
        </li>
      )}
    </ul>
  );
}

function Sign({ mark, colours }: { mark: string; colours: Palette }) {
  const url = useMemo(() => {
    const image = drawMark(mark, colours);
    const canvas = document.createElement('canvas');
    if (!image) return '';
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    return canvas.toDataURL();
  }, [mark, colours]);
  return <img src={url} alt="" width={22} height={22} />;
}
