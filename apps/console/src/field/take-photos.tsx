import type { AttachmentKind } from '@sc/contracts';
import { Toast } from 'antd-mobile';
import { CameraOutline } from 'antd-mobile-icons';
import { useEffect, useMemo, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../app/session.js';
import type { OutboxPhoto } from './outbox-items.js';
import { shrinkPhoto } from './photo.js';
import { hereNow } from './position.js';

export type TakenPhoto = Omit<OutboxPhoto, 'attachmentId'>;

interface Props {
  photos: readonly TakenPhoto[];
  kind: Exclude<AttachmentKind, 'voice'>;
  /** What these photos show, where there are several kinds. */
  label?: string;
  most: number;
  onChange: (change: (old: TakenPhoto[]) => TakenPhoto[]) => void;
  /** A picture is being made small: what is sent now would go without it. */
  onReading: (reading: boolean) => void;
}

/** Photos of one kind: the camera, what was taken, and a way to take it back. */
export function TakePhotos({ photos, kind, label, most, onChange, onReading }: Props) {
  const { t } = useTranslation('field');
  const { id } = usePerson();
  const [reading, setReading] = useState(false);
  const urls = useMemo(() => photos.map(({ blob }) => URL.createObjectURL(blob)), [photos]);
  useEffect(() => () => urls.forEach((url) => URL.revokeObjectURL(url)), [urls]);
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    event.target.value = '';
    setReading(true);
    onReading(true);
    for (const file of files) {
      try {
        const [small, position] = await Promise.all([shrinkPhoto(file), hereNow(id)]);
        // The moment at which it was taken stays with it while it waits for the network.
        const blob = new File([small], 'photo', { type: small.type, lastModified: Date.now() });
        onChange((old) => [...old, { blob, kind, position }].slice(0, most));
      } catch {
        Toast.show({ icon: 'fail', content: t('photoFailed') });
      }
    }
    setReading(false);
    onReading(false);
  };
  return (
    <div className="field-photos" role="group" aria-label={label ?? t('photos')}>
      {label && <strong className="field-photos-label">{label}</strong>}
      {urls.map((url, index) => (
        <span key={url} className="field-photo">
          <img src={url} alt={t('photoAlt', { n: index + 1 })} />
          <button
            type="button"
            aria-label={`${t('removePhoto')} ${index + 1}`}
            onClick={() => onChange((old) => old.filter((_, i) => i !== index))}
          >
            ×
          </button>
        </span>
      ))}
      {photos.length < most && (
        <label className={`field-camera ${reading ? 'field-camera-busy' : ''}`}>
          <CameraOutline fontSize={28} aria-hidden />
          <span>{t('addPhoto')}</span>
          <input
            type="file"
            accept="image/*"
            capture="environment"
            aria-label={label ? `${t('addPhoto')}: ${label}` : undefined}
            onChange={(event) => void take(event)}
          />
        </label>
      )}
    </div>
  );
}
