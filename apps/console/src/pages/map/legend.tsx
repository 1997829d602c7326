import { useTranslation } from 'react-i18next';
import { SeverityIcon } from '../../components/severity-badge.js';
import { useTheme } from '../../app/theme.js';
import { palettes } from './palette.js';

export function Legend() {
  const { t } = useTranslation(['desk', 'words']);
  const colours = palettes[useTheme()];
  return (
    <aside className="map-legend" aria-label={t('map.legend')}>
      <h2>{t('map.legend')}</h2>
      <ul>
        {(['online', 'offline', 'never-seen'] as const).map((connection) => (
          <li key={connection}>
            <span className={`conn conn-${connection}`}>{t(`words:connection.${connection}`)}</span>
          </li>
        ))}
        <li>
          <span className="severity severity-extreme">
            <SeverityIcon severity="extreme" size={12} />
          </span>
          {t('map.activeAlarm')}
        </li>
        <li>
          <span className="map-swatch" style={{ borderColor: colours.gridLine, background: colours.grid }} />
          {t('map.dutyGrids')}
        </li>
        <li>
          <span className="map-swatch" style={{ borderColor: colours.buildingLine, background: colours.building }} />
          {t('map.buildings')}
        </li>
      </ul>
    </aside>
  );
}
