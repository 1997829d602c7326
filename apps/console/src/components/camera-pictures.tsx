import type { Picture } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { lookUpApi, picturesQuery } from '../api/look-ups.js';
import { useSiteTime } from '../lib/site-time.js';
import { Photos } from './photos.js';

interface Props {
  of: 'alarm' | 'device';
  id: string;
  /** Says so when there is none; elsewhere nothing is shown then. */
  sayNone?: boolean;
}

/** What the camera saw: pictures that are here, and why others are not. A picture never holds up what it stands beside. */
export function CameraPictures({ of, id, sayNone = false }: Props) {
  const { t, i18n } = useTranslation('cameras');
  // One that this console does not know, such as `status-404`, stays its code.
  const reasonText = (reason: string | null) => {
    const key = `pictures.reason.${reason}`;
    return i18n.exists(key, { ns: 'cameras' }) ? t(key as 'pictures.reason.timeout') : (reason ?? '–');
  };
  const { format } = useSiteTime();
  const items = useQuery(picturesQuery(of, id)).data?.items ?? [];
  const stored = items.filter(({ state }) => state === 'stored');
  const others = [...new Map(items.filter(({ state }) => state !== 'stored').map((one) => [keyOf(one), one])).values()];
  if (items.length === 0) return sayNone ? <span className="muted">{t('pictures.none')}</span> : null;
  return (
    <div className="stack-tight">
      {stored.length > 0 && (
        <Photos
          urlOf={lookUpApi.pictureUrl}
          photos={stored.map((one) => ({ id: one.id, alt: t('pictures.alt', { time: format(one.takenAt) }) }))}
        />
      )}
      {others.map((one) => (
        <span key={keyOf(one)} className="muted" role="status">
          {one.state !== 'stored' && t(`pictures.state.${one.state}`, { reason: reasonText(one.reason) })}
        </span>
      ))}
    </div>
  );
}

/** Ten pictures that failed for one reason are told of once. */
const keyOf = ({ state, reason }: Picture) => `${state} ${state === 'pending' ? '' : (reason ?? '')}`;
