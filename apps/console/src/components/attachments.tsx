import type { Attachment } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { ordersApi } from '../api/orders.js';
import { useSiteTime } from '../lib/site-time.js';
import { Photos } from './photos.js';

/** Photos and voice notes of a case, each with when and where it was made; of what has expired, that it existed. */
export function Attachments({ attachments }: { attachments: Attachment[] }) {
  const { t } = useTranslation(['desk', 'cases']);
  const stamp = useStamp();
  const kept = attachments.filter(({ expiredAt }) => !expiredAt);
  const photos = kept.filter(({ kind }) => kind !== 'voice');
  const expired = attachments.length - kept.length;
  return (
    <>
      {photos.length > 0 && (
        <Photos
          photos={photos.map((photo) => ({
            id: photo.id,
            alt: t('workOrders.photoAlt', {
              name: photo.uploadedBy ?? t('cases:sources.resident'),
              time: stamp(photo),
            }),
            caption: [photo.kind !== 'other' && t(`workOrders.kinds.${photo.kind}`), stamp(photo)]
              .filter(Boolean)
              .join(' · '),
          }))}
        />
      )}
      {kept
        .filter(({ kind }) => kind === 'voice')
        .map((voice) => (
          <figure key={voice.id} className="voice-note">
            <figcaption>
              {t('workOrders.voiceBy', { name: voice.uploadedBy ?? t('cases:sources.resident'), time: stamp(voice) })}
            </figcaption>
            <audio controls preload="none" src={ordersApi.attachmentUrl(voice.id)} />
          </figure>
        ))}
      {expired > 0 && <p className="muted">{t('workOrders.expired', { count: expired })}</p>}
    </>
  );
}

/** Shown beside the picture, not burnt into it: the picture stays the evidence it was. */
function useStamp() {
  const { format } = useSiteTime();
  return ({ takenAt, uploadedAt, position }: Attachment): string =>
    [format(takenAt ?? uploadedAt), position && `${position[1].toFixed(5)}, ${position[0].toFixed(5)}`]
      .filter(Boolean)
      .join(' · ');
}
