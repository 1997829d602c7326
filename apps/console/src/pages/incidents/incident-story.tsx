import type { IncidentDetail } from '@sc/contracts';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { picturesQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { Photos } from '../../components/photos.js';
import { type StoryAside, Story } from '../../components/story.js';
import { useSiteTime } from '../../lib/site-time.js';
import { peaksOf } from './peaks.js';
import { useIncidentReadings } from './use-incident-readings.js';

/** Pictures of so many alarms are asked for; who was there first says most. */
const mostAlarms = 10;

/** Readings, alarms, pictures, people and orders in one order of time. */
export function IncidentStory({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation(['control', 'cameras']);
  const { format } = useSiteTime();
  const { query, metric, nameOf } = useIncidentReadings(incident);
  const cameraAlarms = incident.alarms.filter(({ domain }) => domain === 'camera').slice(0, mostAlarms);
  const pictures = useQueries({ queries: cameraAlarms.map(({ id }) => picturesQuery('alarm', id)) })
    .flatMap(({ data }) => data?.items ?? [])
    .filter(({ state }) => state === 'stored');
  const asides: StoryAside[] = [
    ...peaksOf(query.data?.items ?? []).map(({ deviceId, at, value }) => ({
      at,
      kind: 'reading',
      title: t('incident.highest', { value: `${value} ${metric?.unit ?? ''}`.trim() }),
      who: nameOf(deviceId),
    })),
    ...pictures.map(({ id, takenAt, deviceId }) => ({
      at: takenAt,
      kind: 'picture',
      title: t('incident.picture'),
      who: nameOf(deviceId),
      body: (
        <Photos urlOf={api.pictureUrl} photos={[{ id, alt: t('cameras:pictures.alt', { time: format(takenAt) }) }]} />
      ),
    })),
  ];
  return <Story entries={incident.timeline} asides={asides} />;
}
